#pragma once

#include <span>
#include <string>

#include "read/sql/postgres/reader.h"

namespace relata::sql::postgres {

/// The types of a routine's input arguments, as pg_proc.proargtypes shows them: "integer, text".
[[nodiscard]] std::string argument_types(const Reader& reader,
                                         std::span<PgQuery__Node* const> arguments);
/// The routine that a statement means; without arguments the only one of its name.
[[nodiscard]] Routine* find_routine(Reader& reader, const PgQuery__ObjectWithArgs& object);
/// CREATE FUNCTION with what ALTER FUNCTION has set.
[[nodiscard]] std::string with_routine_options(const std::string& sql, const std::string& options);

}  // namespace relata::sql::postgres
