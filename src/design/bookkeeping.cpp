#include <utility>

#include "design/expansion.h"

// The columns that say when, by whom and how often a row was written.

namespace relata::design {
namespace {

Column required_column(std::string name, TypeKind type, std::string rule) {
  Column column;
  column.name = std::move(name);
  column.type = simple_type(type);
  column.nullable = false;
  column.origin.rule = std::move(rule);
  return column;
}

/// A field that a person wrote under the pattern's name keeps its place and gets the pattern's
/// default.
void add_or_complete(Table& table, Column column) {
  for (Column& present : table.columns) {
    if (present.name != column.name) continue;
    present.nullable = column.nullable;
    if (!present.default_value) present.default_value = column.default_value;
    return;
  }
  table.columns.push_back(std::move(column));
}

}  // namespace

void add_timestamps(Table& table, const EntityPlan& entity) {
  if (!entity.timestamps) return;
  Column created = required_column("created_at", TypeKind::timestamp_tz, "pattern/timestamps");
  created.default_value = expression::leaf(Operation::now);
  add_or_complete(table, created);
  // The row of a plain junction is made and deleted, never changed.
  if (!entity.surrogate && entity.entity->kind == EntityKind::junction) return;
  Column updated = created;
  updated.name = "updated_at";
  add_or_complete(table, updated);
  table.intent.updated_at_column = updated.name;
  table.triggers.push_back(
      {table.name + "_touch_updated_at", TouchUpdatedAt{updated.name}, created.origin});
}

void add_version(Table& table, const EntityPlan& entity) {
  if (!entity.version) return;
  Column version = required_column("version", TypeKind::integer, "pattern/version");
  version.default_value = expression::number("1");
  version.comment = "Counts the writes; an UPDATE names the version that it read";
  const Origin origin = version.origin;
  add_or_complete(table, std::move(version));
  table.intent.version_column = "version";
  table.triggers.push_back({table.name + "_bump_version", BumpVersion{"version"}, origin});
}

void add_public_id(Table& table, const EntityPlan& entity) {
  if (!entity.public_id || table.find_column("public_id") != nullptr) return;
  Column column = required_column("public_id", TypeKind::uuid, "pattern/public-id");
  column.default_value = expression::leaf(Operation::new_uuid7);
  column.comment = "Names the row to the world outside";
  Unique unique;
  unique.columns = {column.name};
  unique.origin = column.origin;
  table.columns.push_back(std::move(column));
  table.uniques.push_back(std::move(unique));
}

void add_authors(Table& table, const Plan& plan, const EntityPlan& entity) {
  if (!entity.authors || !plan.actor) return;
  const EntityPlan& actor = plan.entities[*plan.actor];
  if (actor.key.size() != 1) return;
  for (const auto& [name, comment] : {std::pair{"created_by_id", "Who made the row"},
                                      std::pair{"updated_by_id", "Who changed the row last"}}) {
    if (table.find_column(name) == nullptr) {
      Column column;
      column.name = name;
      column.type = actor.key.front().type;
      column.comment = comment;
      column.origin.rule = "pattern/authors";
      table.columns.push_back(std::move(column));
    }
  }
}

}  // namespace relata::design
