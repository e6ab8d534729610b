#pragma once

#include <vector>

#include "dialect/dialect.h"
#include "migrate/tools/unit.h"

namespace relata::migrate {

/// Whether the section drops a table of SQLite, which deletes the rows that refer to it unless
/// foreign keys are off (https://www.sqlite.org/foreignkeys.html, section 5).
[[nodiscard]] bool disturbs_keys(const Dialect& dialect, const Section& section);

/// Statements that fail where foreign keys are on: PRAGMA foreign_keys does nothing in a
/// transaction.
[[nodiscard]] std::vector<Command> keys_guard();

}  // namespace relata::migrate
