#pragma once

#include <string>
#include <vector>

#include "dialect/mysql_clauses.h"
#include "migrate/mysql/foreign_keys.h"
#include "migrate/mysql/table_delta.h"
#include "migrate/plan.h"

namespace relata::migrate::mysql {

/// One ALTER TABLE of all these changes of one table.
[[nodiscard]] Step alter_step(const TableDelta& delta, const std::vector<const Change*>& changes);

/// Gives rows without a value the one that the column has by default from now on, or stops where
/// there is none and rows lack one.
[[nodiscard]] Step filling_step(const TableDelta& delta, const Filling& filling);

/// Fails, saying `promise`, where the query finds a row. Nobody waits for it.
[[nodiscard]] Action assertion(const std::string& promise, const std::string& query);

/// Adds foreign keys of one table. Of a large one the server is told not to look at the rows, which
/// would hold writes up; they are looked at afterwards.
[[nodiscard]] std::vector<Step> connect_steps(const std::vector<TableKey>& keys, bool large);
/// Drops foreign keys of one table; the way back is that of connect_steps().
[[nodiscard]] std::vector<Step> disconnect_steps(const std::vector<TableKey>& keys, bool large);

[[nodiscard]] Step create_table_step(const Table& table,
                                     const std::vector<const ForeignKey*>& keys);
[[nodiscard]] Step drop_table_step(const Table& table, const std::vector<const ForeignKey*>& keys);

}  // namespace relata::migrate::mysql
