#pragma once

#include <string>
#include <string_view>

#include "dialect/dialect.h"
#include "dialect/piece.h"

namespace relata::migrate::postgres {

[[nodiscard]] const Dialect& dialect();
/// A name in quotation marks where it needs them.
[[nodiscard]] std::string quoted(std::string_view name);
/// The name with its namespace.
[[nodiscard]] std::string quoted(const QualifiedName& name);
/// The name of a sequence, table or type with its namespace.
template <class Object>
[[nodiscard]] std::string quoted_name(const Object& object) {
  return quoted(QualifiedName{object.schema, object.name});
}
/// "ALTER TABLE x " of the table that a piece belongs to.
[[nodiscard]] std::string alter_table(const Piece& piece);
/// What people call a piece: "column born of pets".
[[nodiscard]] std::string described(const Piece& piece);
/// A text between tags that it does not hold: "$relata$...$relata$".
[[nodiscard]] std::string dollar_quoted(std::string_view text);
/// A name of the runner's or a plan's own, from another one: not longer than the server takes.
[[nodiscard]] std::string derived_name(std::string_view name, std::string_view ending);

}  // namespace relata::migrate::postgres
