#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace relata::emit::typeorm {

/// An expression, given in its canonical form, as MariaDB shows it in information_schema: with as
/// few parentheses as the operators need, no blank behind commas, and its own names of functions.
/// Nothing where that is not known.
[[nodiscard]] std::optional<std::string> mariadb_spelling(std::string_view canonical);

/// The inside of a string literal as MariaDB shows it (Item::print of strings escapes these).
[[nodiscard]] std::string mariadb_literal(std::string_view canonical);

}  // namespace relata::emit::typeorm
