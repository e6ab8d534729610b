#pragma once

#include <set>
#include <string>
#include <vector>

#include "migrate/mysql/cost.h"
#include "migrate/plan.h"

namespace relata::migrate::mysql {

/// When a part of a table is changed; the stages are done one after the other over all tables.
enum class Stage {
  take_down,  ///< What holds others up: foreign keys, checks, partitions.
  grow,       ///< Columns that are added, and what only the catalog notices.
  reshape,    ///< What touches the rows; one statement a table.
  derive,     ///< Virtual columns, which the server adds and drops beside nothing else.
  index,      ///< Indexes that are added or made anew.
  constrain,  ///< Checks that are added.
  partition,  ///< How rows are spread.
  connect,    ///< Foreign keys that are added.
  thin,       ///< Indexes that go.
  shed,       ///< Virtual columns that go.
  shrink,     ///< Columns that go.
};

/// One clause or more of an ALTER TABLE, and those that lead back.
struct Change {
  Stage stage = Stage::grow;
  std::string title;  ///< For people: "add the column a".
  std::vector<std::string> forward;
  Cost forward_cost = Cost::instant;
  std::vector<std::string> back;
  Cost back_cost = Cost::instant;
  std::string loss;     ///< See Step::loss.
  std::string refusal;  ///< Why it needs allow_loss; empty: it does not.
  /// Of MODIFY COLUMN: both forms of the column.
  const Column* from_column = nullptr;
  const Column* to_column = nullptr;
  bool contracts = false;        ///< Running code must have left the old form.
  bool is_partitioning = false;  ///< The clauses stand behind ALGORITHM, without a comma.
  /// The server does it beside nothing else: full-text indexes are built one at a time.
  bool alone = false;
};

/// A value that a column which becomes NOT NULL needs in every row.
struct Filling {
  std::string column;
  std::string value;  ///< What rows without one get; empty: they must have got one before.
};

/// What differs between two forms of one table, apart from its foreign keys and triggers.
struct TableDelta {
  const Table* from = nullptr;
  const Table* to = nullptr;
  Traits traits;
  std::vector<Change> changes;
  std::vector<Filling> fillings;
  std::set<std::string> retyped;  ///< Lower-case names of columns whose foreign keys must go first.
  bool key_changed = false;
  bool engine_changed = false;
  bool partitioning_changed = false;
  /// What columns have that name no character set differs. Where both tables say it, statements
  /// name it for each column; else a column takes it by the statement that changes the table.
  bool characters_changed = false;
  bool characters_known = false;
};

/// Whether columns come or go.
[[nodiscard]] bool has_other_columns(const TableDelta& delta);

/// `exact`: both schemas are files, so that USING says whether the server is to show it; a server
/// tells it of every index.
[[nodiscard]] TableDelta compare_tables(const Table& from, const Table& to, bool exact);

/// The table's options, character set, comment and system versioning.
void compare_options(TableDelta& delta);
/// Fills in characters_changed and characters_known.
void compare_characters(TableDelta& delta);
/// How the table is partitioned.
void compare_partitions(TableDelta& delta);
/// Indexes and the primary key; `gathered` are the lower-case names of columns that are changed by
/// the statement that reshapes the table, `remade` of those that are dropped and added by it.
void compare_indexes(TableDelta& delta, bool exact, const std::set<std::string>& gathered,
                     const std::set<std::string>& remade);
void compare_checks(TableDelta& delta);

/// Whether the primary keys differ in what the server shows of them.
[[nodiscard]] bool has_other_key(const Table& from, const Table& to);

}  // namespace relata::migrate::mysql
