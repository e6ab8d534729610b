#pragma once

#include <string>

#include "migrate/plan.h"

namespace relata::migrate::postgres {

/// A step that brings the rows of a table up to date while others work. `key`: see Backfill. Its
/// statements do it by ranges of the table's blocks, each in a transaction of its own, for those
/// who cannot do it by key; on a partitioned table all at once.
[[nodiscard]] Step backfill_step(std::string title, const Table& table, std::string set,
                                 std::string where);

/// The columns by which the rows of a table can be walked through: of its primary key, or of a
/// unique constraint without NULLs; else none.
[[nodiscard]] std::vector<std::string> walking_key(const Table& table);

}  // namespace relata::migrate::postgres
