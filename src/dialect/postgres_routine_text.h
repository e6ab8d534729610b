#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace relata {

/// What CREATE FUNCTION or PROCEDURE says, by when the server looks at it.
/// Source: https://www.postgresql.org/docs/current/sql-createfunction.html
struct RoutineText {
  /// What tells the types, without the names of the arguments and the options.
  std::string signature;
  std::string bound_body;               ///< RETURN or BEGIN ATOMIC, read when the routine is made.
  std::vector<std::string> sql_bodies;  ///< Texts that the server reads later, of LANGUAGE sql.
};

[[nodiscard]] RoutineText postgres_routine_text(std::string_view sql);

}  // namespace relata
