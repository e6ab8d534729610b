#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relata::sql {

/// What the name of a Flyway migration says: "V1.2__add_users.sql"
/// (https://documentation.red-gate.com/flyway/flyway-concepts/migrations).
struct FlywayName {
  char kind;            ///< 'V' versioned, 'U' undo, 'B' baseline, 'R' repeatable.
  std::string version;  ///< With '.' between its parts; empty for 'R'.
  std::string description;
};
[[nodiscard]] std::optional<FlywayName> flyway_version(std::string_view file_name);

/// The files that Flyway runs on an empty database, in its order: the last baseline, the versions
/// after it, then what is repeatable by description.
[[nodiscard]] std::vector<std::string> flyway_order(const std::vector<std::string>& paths);

}  // namespace relata::sql
