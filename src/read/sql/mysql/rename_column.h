#pragma once

#include <string>
#include <string_view>

#include "read/sql/mysql/database.h"

namespace relata::sql::mysql {

/// Every mention of the column in the table's keys, constraints, generated columns and partitions,
/// and in the foreign keys of other tables, becomes the new name. The column itself has it already.
void rename_column_mentions(Database& database, TableState& state, const std::string& from,
                            const std::string& to);

/// The names in SQL text that are that column's, renamed.
[[nodiscard]] std::string with_column_renamed(std::string_view sql, std::string_view from,
                                              std::string_view to);

}  // namespace relata::sql::mysql
