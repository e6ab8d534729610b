#pragma once

#include <string>
#include <vector>

#include "read/sql/mysql/clauses.h"
#include "read/sql/mysql/database.h"

namespace relata::sql::mysql {

/// What one CREATE TABLE or ALTER TABLE adds, before the server has named it.
struct TableAdditions {
  std::vector<Key> keys;  ///< In the order in which they were written.
  std::vector<ForeignKey> foreign_keys;
  std::vector<Check> checks;
};

/// Puts a column into the table (at its place, in ALTER), with its character set resolved, and what
/// it says about keys into the additions.
void add_column(TableState& state, ColumnClause clause, TableAdditions& additions);
/// What a column's definition says about keys, references and checks, put into the additions and
/// taken out of the clause.
void add_inline_constraints(TableState& state, ColumnClause& clause, TableAdditions& additions);
/// The column's collation, and the type that text(n) comes to in it.
void settle_character_set(const Table& table, ColumnClause& clause);
/// A constraint and, for a foreign key, the key that the server makes for it.
void add_constraint(TableState& state, ConstraintClause clause, TableAdditions& additions);

/// Does what the server does at the end of the statement: names, NOT NULL of primary keys, keys of
/// foreign keys that another one makes needless, the order of keys. Gives a message when the
/// statement cannot be carried out, such as a key over a column that is not there; else empty.
/// Source: mysql_prepare_create_table() as described in MariaDB Knowledge Base, "CREATE TABLE",
/// "Foreign Keys", "CONSTRAINT".
[[nodiscard]] std::string complete_table(TableState& state, TableAdditions additions);

/// The engine that the options name, "InnoDB" where they name none.
[[nodiscard]] std::string engine_of(const Table& table);

}  // namespace relata::sql::mysql
