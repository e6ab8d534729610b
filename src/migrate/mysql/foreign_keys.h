#pragma once

#include <map>
#include <string>
#include <vector>

#include "migrate/mysql/table_delta.h"
#include "model/schema.h"

namespace relata::migrate::mysql {

/// A foreign key with the table that it belongs to.
struct TableKey {
  const Table* table = nullptr;
  const ForeignKey* key = nullptr;
};

/// What becomes of foreign keys, and how tables that come and go are made with theirs.
struct KeyPlan {
  std::vector<TableKey> dropped;  ///< Before everything else, by their tables.
  std::vector<TableKey> added;    ///< When all they lead to is there.
  /// Those that stand in the CREATE TABLE of a table that comes, or that goes and must come back.
  std::map<const Table*, std::vector<const ForeignKey*>> within;
  std::vector<const Table*> made;  ///< New tables, each after those that it refers to.
  std::vector<const Table*> gone;  ///< Tables that go, in the order in which they are dropped.
};

/// `deltas`: of the tables that both schemas have, by name.
[[nodiscard]] KeyPlan plan_keys(const Schema& from, const Schema& to,
                                const std::map<QualifiedName, TableDelta>& deltas);

}  // namespace relata::migrate::mysql
