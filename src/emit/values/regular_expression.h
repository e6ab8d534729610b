#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/expression.h"

namespace relata::emit {

/// A regular expression of PostgreSQL for JavaScript (with the flags s and u) and Python (with
/// re.DOTALL); nothing where it has something that they do not have, or have otherwise: classes
/// that depend on the locale, references back, options. `end` is the language's end of a text.
/// https://www.postgresql.org/docs/current/functions-matching.html#POSIX-SYNTAX-DETAILS
[[nodiscard]] std::optional<std::string> portable_regular_expression(std::string_view pattern,
                                                                     std::string_view end);

/// A condition that a column's text matches a regular expression: `text` is PostgreSQL's pattern,
/// the only argument the column, `canonical` "i" where the case of letters means nothing.
[[nodiscard]] bool is_regular_expression(const Expression& expression);

/// What a check in PostgreSQL's canonical form says, where it says that texts match regular
/// expressions, perhaps joined by AND, OR and NOT with whether columns are NULL.
[[nodiscard]] std::optional<Expression> regular_expression_check(std::string_view canonical);

}  // namespace relata::emit
