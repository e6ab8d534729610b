#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dialect/convert_steps.h"
#include "dialect/translate.h"
#include "model/schema.h"

namespace relata {

/// What every engine can do under its own name: the text of a default that only calls a function.
/// Nothing when the text is not one of them; an empty text when the target has no such function.
[[nodiscard]] std::optional<Expression> well_known_default(std::string_view sql,
                                                           const SqlDialect& source,
                                                           const SqlDialect& target);

/// The literal (number, string, truth value, NULL, the current moment) that the text is, whatever
/// casts and parentheses stand around it.
[[nodiscard]] std::optional<Expression> literal_meaning(std::string_view sql, const Lexis& lexis);

/// An expression in neutral terms or the target's SQL, or why it cannot be.
struct Meaning {
  std::optional<Expression> expression;
  std::string obstacle;
};

/// Reads expressions of one table's columns.
class MeaningReader {
 public:
  MeaningReader(Conversion& conversion, Table& table);

  /// A condition or a value that the target can compute in a row of the table.
  [[nodiscard]] Meaning of(const Expression& expression) const;

 private:
  [[nodiscard]] Meaning of(const Expression& expression, int depth) const;
  [[nodiscard]] Meaning comparison(Expression expression) const;
  [[nodiscard]] const Column* column_of(const Expression& expression) const;

  Conversion& conversion_;
  Table& table_;
  KnownNames names_;
};

}  // namespace relata
