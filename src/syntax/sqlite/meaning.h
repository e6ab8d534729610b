#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "model/expression.h"
#include "model/table.h"

namespace relata::syntax::sqlite {

/// What an expression can name: the columns of its table by their names in lower case.
class ColumnScope {
 public:
  ColumnScope() = default;
  explicit ColumnScope(const Table& table);
  [[nodiscard]] const Column* find(std::string_view name) const;

 private:
  std::unordered_map<std::string, const Column*> columns_;
};

/// What an expression of SQLite (https://sqlite.org/lang_expr.html) means in terms that every
/// dialect can spell; nothing when it has no such meaning. Numbers that stand for truth beside a
/// boolean column become truth values. `truth`: it is a condition.
[[nodiscard]] std::optional<Expression> meaning_of(std::string_view sql, const ColumnScope& scope,
                                                   bool truth);

/// The same for what DEFAULT says of a column; nothing as well when the value would not be one of
/// the column's type elsewhere.
[[nodiscard]] std::optional<Expression> default_meaning(std::string_view sql, const Type& type);

}  // namespace relata::syntax::sqlite
