#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emit/code/column_type.h"
#include "emit/drizzle/plan.h"

namespace relata::emit::drizzle {

/// A type as its catalog spells it, in parts: "timestamp(3) with time zone" is
/// {"timestamp with time zone", "3"}, "int(10) unsigned" is {"int unsigned", "10"}.
struct SpelledType {
  std::string base;       ///< Lower case, with single blanks, without what is in parentheses.
  std::string arguments;  ///< In the parentheses.
};
[[nodiscard]] SpelledType spelled_type(std::string_view spelling);

/// The whole number that a text is; nothing when it is something else.
[[nodiscard]] std::optional<int> whole_number(std::string_view digits);

/// "{ precision: 3 }" where there is something to say.
[[nodiscard]] std::vector<Code> options(std::vector<std::pair<std::string, Code>> members);

/// A type of its own by customType().
[[nodiscard]] ColumnType custom(Plan& plan, std::string_view sql_type, CustomData data,
                                std::string_view wanted);
/// What customType() says of values of that kind.
[[nodiscard]] CustomData custom_data(const ValueType& value);

/// `'a' | 'b'` as .$type<...>().
[[nodiscard]] Code union_type(const std::vector<std::string>& values);

}  // namespace relata::emit::drizzle
