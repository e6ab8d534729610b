#pragma once

#include <string>
#include <vector>

namespace relata {

/// What an Expression node does; a dialect spells each of them.
enum class Operation {
  column,   ///< `text` names a column of the table at hand.
  string,   ///< `text` is the value of a string literal.
  number,   ///< `text` is the digits of a numeric literal.
  boolean,  ///< `text` is "true" or "false".
  null,
  now,              ///< The current moment, as a column's default.
  today,            ///< The current date.
  new_uuid7,        ///< A fresh UUIDv7 (RFC 9562), as a column's default.
  new_cuid2,        ///< A fresh CUID2-shaped id, as a column's default.
  current_tenant,   ///< The tenant id that the session set, or NULL.
  current_actor,    ///< The user id that the session set, or NULL.
  include_deleted,  ///< Whether the session asked to see soft-deleted rows.
  equal,
  not_equal,
  less,
  less_or_equal,
  greater,
  greater_or_equal,
  is_null,
  is_not_null,
  in,            ///< First argument is one of the others.
  all_of,        ///< AND.
  any_of,        ///< OR.
  negate,        ///< NOT.
  count_set,     ///< How many of the arguments are not NULL.
  length_of,     ///< Code points of a text.
  matches_like,  ///< arguments: text. LIKE with the pattern `text`; backslash escapes.
  lower,
  case_when_null,  ///< args: tested, value when tested is NULL (else NULL).
  in_select,       ///< arguments: tested, column, filter. The tested value is among that column's
              ///< values in the rows of table `text` that satisfy the filter (over its columns).
  new_uuid4,     ///< A fresh random UUID (version 4), as a column's default.
  current_time,  ///< The time of day.
  add,
  subtract,
  multiply,
  divide,  ///< The quotient with its fraction; two integers are not divided as integers.
  modulo,
  concatenate,  ///< Of texts; NULL when one of them is.
  upper,
  trimmed,    ///< Without blanks at both ends.
  absolute,   ///< Without its sign.
  rounded,    ///< To whole numbers, or to as many digits as the second argument says.
  replaced,   ///< First argument with every second replaced by the third.
  coalesce,   ///< The first argument that is not NULL.
  null_if,    ///< NULL where both arguments are equal, else the first.
  case_when,  ///< arguments: condition and value in turn, at the end perhaps the value otherwise.
  /// `text` is SQL of the dialect named in `dialect`, as it was read. An only argument is what it
  /// means in terms that every dialect can spell, where it has such a meaning.
  sql,
};

/// A small tree that each dialect can spell; what was read from SQL and cannot be said this way is
/// kept as `Operation::sql`.
struct Expression {
  Operation operation = Operation::null;
  std::string text;
  std::string dialect;  ///< For Operation::sql only.
  std::vector<Expression> arguments;
  /// For Operation::sql: the same meaning in one spelling (see SqlText::canonical).
  std::string canonical = {};

  /// SQL is compared by its canonical form, everything else by its structure.
  bool operator==(const Expression& other) const {
    if (operation != other.operation || dialect != other.dialect) return false;
    if (operation == Operation::sql) {
      return (canonical.empty() ? text : canonical) ==
             (other.canonical.empty() ? other.text : other.canonical);
    }
    return text == other.text && arguments == other.arguments;
  }
};

namespace expression {
[[nodiscard]] inline Expression leaf(Operation operation, std::string text = {}) {
  return Expression{operation, std::move(text), {}, {}, {}};
}
[[nodiscard]] inline Expression column(std::string name) {
  return leaf(Operation::column, std::move(name));
}
[[nodiscard]] inline Expression string(std::string value) {
  return leaf(Operation::string, std::move(value));
}
[[nodiscard]] inline Expression number(std::string digits) {
  return leaf(Operation::number, std::move(digits));
}
[[nodiscard]] inline Expression call(Operation operation, std::vector<Expression> arguments) {
  return Expression{operation, {}, {}, std::move(arguments), {}};
}
}  // namespace expression

}  // namespace relata
