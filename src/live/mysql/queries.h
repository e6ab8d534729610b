#pragma once

#include <string>
#include <vector>

#include "live/mysql/catalog.h"

namespace relata::live::mysql {

// The catalog queries, a fixed number whatever the database holds. Each gives the columns that the
// function of the same name in Catalog reads. `database` is the database's name as a literal of
// SQL. Sources: MariaDB Knowledge Base, "Information Schema Tables"; MySQL 8.0 manual, chapter 26.

[[nodiscard]] std::string database_query(const std::string& database);
[[nodiscard]] std::string tables_query(const std::string& database);
[[nodiscard]] std::string columns_query(const Server& server, const std::string& database);
[[nodiscard]] std::string indexes_query(const Server& server, const std::string& database);
[[nodiscard]] std::string foreign_keys_query(const std::string& database);
[[nodiscard]] std::string checks_query(const Server& server, const std::string& database);
[[nodiscard]] std::string partitions_query(const std::string& database);
[[nodiscard]] std::string views_query(const Server& server, const std::string& database);
/// SHOW CREATE VIEW of one view.
[[nodiscard]] std::string view_query(const std::string& name);
[[nodiscard]] std::string triggers_query(const std::string& database);
[[nodiscard]] std::string routines_query(const std::string& database);
[[nodiscard]] std::string parameters_query(const std::string& database);
/// MariaDB's own table of routines, which alone has their parameters as they were written; not
/// everybody may read it.
[[nodiscard]] std::string stored_routines_query(const std::string& database);
[[nodiscard]] std::string events_query(const std::string& database);
/// One statement for all sequences, which are tables with a row each.
[[nodiscard]] std::string sequences_query(const std::vector<std::string>& names);

}  // namespace relata::live::mysql
