#pragma once

#include <string>
#include <string_view>

#include "migrate/rename/rename_map.h"

namespace relata::migrate {

/// SQL text as the server has it after the renames. Names are looked up as the server does: a
/// relation where one can stand, a column in the relations around it.
/// `home`: the namespace in which unqualified names are looked up first. `own`: the table whose
/// columns can be named without more; null: none.
[[nodiscard]] std::string with_renames(std::string_view sql, const RenameMap& renames,
                                       std::string_view home, const RenamedTable* own);

/// The text of a trigger of which only the table follows: "CREATE TRIGGER ... ON table".
[[nodiscard]] std::string with_renamed_trigger_table(std::string_view sql, const RenameMap& renames,
                                                     const RenamedTable& table);

}  // namespace relata::migrate
