#pragma once

#include <string>

#include "migrate/plan.h"

namespace relata::migrate::mysql {

/// How the server carries an ALTER TABLE out, from the cheapest to the dearest. It is written into
/// every statement, so that a server that would have to do more refuses. Measured on MariaDB 10.11;
/// MySQL 8.0 manual, "Online DDL Operations".
enum class Cost {
  instant,         ///< Only the catalog changes.
  metadata,        ///< The same, where MySQL counts it as INPLACE.
  widening,        ///< Only the catalog on MariaDB; MySQL copies.
  online,          ///< Builds or drops indexes beside reads and writes.
  rebuild,         ///< Writes the table anew beside reads and writes.
  long_widening,   ///< The same on MariaDB; MySQL copies.
  shared_rebuild,  ///< Writes the table anew while writes wait.
  copy,            ///< Copies row by row, while writes wait.
};

/// What one statement that does both takes.
[[nodiscard]] Cost together(Cost one, Cost other);

/// "ALGORITHM = COPY, LOCK = SHARED".
[[nodiscard]] std::string algorithm_clause(Cost cost);
/// Whether rows are touched while writes wait.
[[nodiscard]] bool holds_writes(Cost cost);
/// Fills in what the action takes, holds up, reads and writes.
void describe_cost(Action& action, Cost cost, const std::string& table);

/// What about a table makes the server take a dearer way.
struct Traits {
  bool innodb = true;
  bool compressed = false;         ///< ROW_FORMAT = COMPRESSED: no instant columns.
  bool fulltext = false;           ///< Rebuilds hold writes; no instant columns.
  bool spatial = false;            ///< Rebuilds hold writes.
  bool generated = false;          ///< A column cannot be put between others instantly.
  bool indexed_generated = false;  ///< Of a virtual column: rebuilds hold writes or copy.
  bool partitioned = false;
  bool versioned = false;  ///< WITH SYSTEM VERSIONING.
};

/// What either of the two forms of a table has.
[[nodiscard]] Traits traits_of(const Table& from, const Table& to);

/// Of writing the whole table anew; indexes that are not built beside writes hold them up.
[[nodiscard]] Cost rebuild_of(const Traits& traits);
[[nodiscard]] Cost cost_of_adding(const Column& column, const Traits& traits);
[[nodiscard]] Cost cost_of_dropping(const Column& column, const Traits& traits);
[[nodiscard]] Cost cost_of_adding(const Index& index, const Table& table, const Traits& traits);
[[nodiscard]] Cost cost_of_dropping(const Index& index, const Traits& traits);
/// Of MODIFY COLUMN; `from_table` and `to_table` have the columns' character sets.
[[nodiscard]] Cost cost_of_modifying(const Column& from, const Table& from_table, const Column& to,
                                     const Table& to_table, const Traits& traits);

/// Whether the column can take its new form by MODIFY at all: a virtual column must be dropped and
/// added where it becomes another kind of column, or another kind becomes virtual.
[[nodiscard]] bool can_modify(const Column& from, const Column& to);
/// Whether the values, or how they are stored and compared, change.
[[nodiscard]] bool changes_values(const Column& from, const Table& from_table, const Column& to,
                                  const Table& to_table);
/// What of the values the new form cannot hold, for people; empty: nothing.
[[nodiscard]] std::string narrowing(const Column& from, const Table& from_table, const Column& to,
                                    const Table& to_table);

}  // namespace relata::migrate::mysql
