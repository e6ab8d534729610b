#pragma once

#include <string>
#include <string_view>

#include "model/type.h"

namespace relata::emit::dbml {

/// A name, in double quotes where it is no plain word or one of DBML's own.
[[nodiscard]] std::string name_text(std::string_view name);
/// A name with its namespace; an empty namespace is left out.
[[nodiscard]] std::string qualified_text(std::string_view schema, std::string_view name);
/// A text in single quotes, or in three where it has several lines. Other control characters, for
/// which DBML has no word, are blanks.
[[nodiscard]] std::string string_text(std::string_view text);
/// Whether the SQL can stand between backticks, which know no escapes.
[[nodiscard]] bool is_expression(std::string_view sql);
/// The type as people write it in DBML: varchar(20), timestamptz, "double precision".
[[nodiscard]] std::string type_text(std::string_view spelling);

}  // namespace relata::emit::dbml
