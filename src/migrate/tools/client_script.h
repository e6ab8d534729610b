#pragma once

#include <string>

#include "dialect/dialect.h"
#include "migrate/tools/unit.h"

namespace relata::migrate {

/// A section as a script for the database's own client (psql, mariadb, sqlite3): in a transaction
/// where it can be in one.
[[nodiscard]] std::string client_section(const Dialect& dialect, const Section& section);

}  // namespace relata::migrate
