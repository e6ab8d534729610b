#include "migrate/tool_tables.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <vector>

namespace relata::migrate {
namespace {

/// Drizzle's own namespace on PostgreSQL.
constexpr std::string_view drizzle_namespace = "drizzle";

bool has_columns(const Table& table, const std::vector<std::string_view>& names) {
  return std::equal(
      table.columns.begin(), table.columns.end(), names.begin(), names.end(),
      [](const Column& column, std::string_view name) { return column.name == name; });
}

/// Whether a tool made it, as the tools call it unless they are told otherwise.
bool is_of_tool(const Table& table) {
  constexpr std::array<std::string_view, 4> names{"__drizzle_migrations", "_prisma_migrations",
                                                  "alembic_version", "typeorm_metadata"};
  if (std::find(names.begin(), names.end(), table.name) != names.end()) return true;
  // TypeORM's name is one that others may have, too.
  return table.name == "migrations" && has_columns(table, {"id", "timestamp", "name"});
}

std::set<QualifiedName> tables_of_tools(const Schema& schema) {
  std::set<QualifiedName> names;
  for (const Table& table : schema.tables) {
    if (is_of_tool(table)) names.insert({table.schema, table.name});
  }
  return names;
}

void forget(Schema& schema, const std::set<QualifiedName>& gone) {
  if (gone.empty()) return;
  std::erase_if(schema.tables, [&](const Table& table) {
    return gone.count({table.schema, table.name}) > 0;
  });
  std::erase_if(schema.sequences,
                [&](const Sequence& sequence) { return gone.count(sequence.owned_by_table) > 0; });
  const bool lives_on =
      std::any_of(schema.tables.begin(), schema.tables.end(),
                  [](const Table& table) { return table.schema == drizzle_namespace; });
  if (lives_on) return;
  const bool was_drizzles = std::any_of(gone.begin(), gone.end(), [](const QualifiedName& name) {
    return name.schema == drizzle_namespace;
  });
  if (!was_drizzles) return;
  std::erase_if(schema.namespaces,
                [](const Namespace& space) { return space.name == drizzle_namespace; });
}

std::set<QualifiedName> without(const std::set<QualifiedName>& names,
                                const std::set<QualifiedName>& others) {
  std::set<QualifiedName> left;
  std::set_difference(names.begin(), names.end(), others.begin(), others.end(),
                      std::inserter(left, left.end()));
  return left;
}

}  // namespace

void forget_tool_tables(Schema& one, Schema& other) {
  const std::set<QualifiedName> ones = tables_of_tools(one);
  const std::set<QualifiedName> others = tables_of_tools(other);
  forget(one, without(ones, others));
  forget(other, without(others, ones));
}

}  // namespace relata::migrate
