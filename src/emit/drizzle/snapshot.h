#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "base/json_writer.h"
#include "emit/drizzle/plan.h"

namespace relata::emit::drizzle {

/// What the first snapshot of a project names as the one before it.
inline constexpr std::string_view no_snapshot = "00000000-0000-0000-0000-000000000000";

/// What drizzle-kit 0.31 would write beside a migration from this schema.ts, to the letter but for
/// its random id, so that `drizzle-kit generate` finds nothing to do. `previous`: the id of the
/// snapshot before it.
[[nodiscard]] std::string snapshot(const Plan& plan, std::string_view previous = no_snapshot);

// Everything but version, dialect and ids (generatePgSnapshot() and its like in drizzle-kit).

void write_postgres_snapshot(const Plan& plan, JsonWriter& json);
void write_mysql_snapshot(const Plan& plan, JsonWriter& json);
void write_sqlite_snapshot(const Plan& plan, JsonWriter& json);

// What more than one of them writes.

/// "_meta" of MySQL and SQLite.
void write_meta(JsonWriter& json);
void write_checks(const PlannedTable& table, JsonWriter& json);
/// "foreignKeys" of MySQL and SQLite.
void write_foreign_keys(const Plan& plan, const PlannedTable& table, JsonWriter& json);
/// "indexes" of what MySQL and SQLite have beside the tables: which parts are expressions.
void write_expressions(const Plan& plan, JsonWriter& json);
/// Items in the order of their constants, in which esbuild, and so drizzle-kit, sees exports.
template <class Item>
[[nodiscard]] std::vector<const Item*> by_constant(const std::vector<Item>& items) {
  std::vector<const Item*> sorted;
  for (const Item& item : items) sorted.push_back(&item);
  std::sort(sorted.begin(), sorted.end(),
            [](const Item* a, const Item* b) { return a->constant < b->constant; });
  return sorted;
}
/// The name of a foreign key, also of one that has none.
[[nodiscard]] std::string foreign_key_name(const Plan& plan, const PlannedTable& table,
                                           const PlannedForeignKey& key);

}  // namespace relata::emit::drizzle
