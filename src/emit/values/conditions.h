#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "emit/values/rows.h"
#include "model/expression.h"

namespace relata::emit {

/// A CHECK of a table, or of a domain that one of its columns has, in terms that can be worked out
/// on a row.
struct RowCheck {
  std::string name;
  Expression meaning;                ///< Of columns of the table, NULLs as SQL has them.
  std::vector<std::size_t> columns;  ///< Places in the row, ascending, each once.
};

/// The checks of a table that programs can try, and the names of those that the database alone can.
struct RowChecks {
  std::vector<RowCheck> checks;
  std::vector<std::string> database_only;
};

/// A check that only lists the values of a closed set is left out: the column's type says it.
[[nodiscard]] RowChecks row_checks(const RowType& row);

/// Which members of a row may be NULL in the program: `guarded[place]`. The condition is true where
/// the check does not fail (SQL lets NULL pass), in an expression without unknown truth values:
/// only conditions, comparisons of values that are not NULL, is_null and is_not_null of columns,
/// in, matches_like, and columns that are truth values.
[[nodiscard]] Expression passing_condition(const RowCheck& check, const RowType& row,
                                           const std::vector<bool>& guarded);

/// Whether the expression is a condition rather than a value.
[[nodiscard]] bool is_condition(const Expression& expression);

/// The bounds that a check sets for one column, where it does nothing else.
struct Bound {
  Operation operation = Operation::less;  ///< less, less_or_equal, greater, greater_or_equal.
  std::string number;
  bool of_length = false;  ///< Of the text's length in characters.
};
/// Empty when the check says something else.
[[nodiscard]] std::vector<Bound> bounds_of(const RowCheck& check);

/// Whether a check can stand with its column: it looks at no other one, and not at whether that is
/// NULL.
[[nodiscard]] bool is_of_column(const RowCheck& check, const RowType& row);

/// A regular expression of JavaScript or Python that finds what the pattern of LIKE matches. `end`
/// is the language's end of a text ("$"); `any_case`: letters of ASCII in either case.
[[nodiscard]] std::string like_expression(std::string_view pattern, bool any_case,
                                          std::string_view end);

/// What a value is where values are compared or computed.
enum class Comparable { number, wide, decimal, text, boolean, date, time, moment, literal, other };
[[nodiscard]] Comparable comparable(const Value& value);
[[nodiscard]] Comparable comparable(const Expression& value, const RowType& row);
/// The text without ".000" at its end.
[[nodiscard]] std::string_view without_zero_fraction(std::string_view text);
/// Whether a literal is a date, time or moment in its plain form: "2024-01-31", "09:30:00",
/// "2024-01-31 09:30:00", perhaps with zeros for the fraction of a second.
[[nodiscard]] bool is_plain_moment(std::string_view text, Comparable kind);

}  // namespace relata::emit
