#pragma once

#include <string>
#include <vector>

#include "dialect/mysql_clauses.h"
#include "migrate/mysql/foreign_keys.h"
#include "migrate/mysql/table_delta.h"
#include "migrate/plan.h"

namespace relata::migrate::mysql {

/// Lets the action run as if the server's own client had sent it, where its texts depend on the
/// session's character set and no file says which: MariaDB's takes utf8mb3, MySQL's utf8mb4
/// (MariaDB Knowledge Base, "mariadb Command-Line Client", default-character-set). `set` and
/// `collation` where they are known.
void run_in_names(Action& action, const std::string& set = {}, const std::string& collation = {});

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
