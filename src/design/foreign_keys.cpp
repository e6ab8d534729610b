#include <algorithm>
#include <utility>

#include "design/expansion.h"
#include "design/naming.h"

namespace relata::design {
namespace {

std::vector<std::string> key_names(const EntityPlan& entity) {
  std::vector<std::string> names;
  for (const KeyColumn& key : entity.key) names.push_back(key.name);
  return names;
}

/// Whether both ends are rows of a tenant, so that the key must keep them in the same one.
bool stays_in_tenant(const EntityPlan& from, const EntityPlan& to) {
  return !from.tenant_column.empty() && !to.tenant_column.empty() && !to.root;
}

bool has_foreign_key(const Table& table, const std::vector<std::string>& columns) {
  return std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(),
                     [&](const ForeignKey& key) { return key.columns == columns; });
}

void add_foreign_key(Table& table, const Plan& plan, const EntityPlan& entity,
                     const Reference& reference) {
  const EntityPlan& target = plan.entities[reference.target];
  ForeignKey key;
  key.columns = reference.columns;
  key.table = target.table;
  key.referenced = key_names(target);
  key.on_delete = reference.on_delete;
  key.origin = reference.origin;
  if (stays_in_tenant(entity, target)) {
    if (key.on_delete == ReferentialAction::set_null) key.set_null_columns = key.columns;
    key.columns.insert(key.columns.begin(), entity.tenant_column);
    key.referenced.insert(key.referenced.begin(), target.tenant_column);
  }
  if (target.root && key.columns == std::vector{entity.tenant_column})
    key.on_delete = ReferentialAction::cascade;
  if (entity.entity->kind == EntityKind::audit_log && !plan.options.bare) {
    // The log outlives its tenant, and its rows do not change when what they name is deleted.
    if (target.root) return;
    key.on_delete = ReferentialAction::no_action;
    key.set_null_columns.clear();
  }
  if (!has_foreign_key(table, key.columns)) table.foreign_keys.push_back(std::move(key));
}

void add_author_keys(Table& table, const Plan& plan, const EntityPlan& entity) {
  if (!entity.authors || !plan.actor) return;
  const EntityPlan& actor = plan.entities[*plan.actor];
  for (const char* column : {"created_by_id", "updated_by_id"}) {
    if (table.find_column(column) == nullptr || has_foreign_key(table, {column})) continue;
    ForeignKey key;
    key.columns = {column};
    key.table = actor.table;
    key.referenced = key_names(actor);
    key.on_delete = ReferentialAction::set_null;
    key.origin.rule = "pattern/authors";
    if (stays_in_tenant(entity, actor)) {
      key.set_null_columns = key.columns;
      key.columns.insert(key.columns.begin(), entity.tenant_column);
      key.referenced.insert(key.referenced.begin(), actor.tenant_column);
    }
    if (!has_foreign_key(table, key.columns)) table.foreign_keys.push_back(std::move(key));
  }
}

}  // namespace

void add_foreign_keys(Table& table, const Plan& plan, const EntityPlan& entity) {
  for (const Reference& reference : entity.references)
    add_foreign_key(table, plan, entity, reference);
  add_author_keys(table, plan, entity);
  if (entity.tenant_column.empty() || entity.root || !plan.root) return;
  // The log's rows about the tenant's own deletion still name it.
  if (entity.entity->kind == EntityKind::audit_log) return;
  if (has_foreign_key(table, {entity.tenant_column})) return;
  ForeignKey key;
  key.columns = {entity.tenant_column};
  key.table = plan.entities[*plan.root].table;
  key.referenced = key_names(plan.entities[*plan.root]);
  key.on_delete = ReferentialAction::cascade;
  key.origin.rule = "pattern/tenancy";
  table.foreign_keys.insert(table.foreign_keys.begin(), std::move(key));
}

void add_referenced_uniques(Schema& schema) {
  for (const Table& table : schema.tables) {
    for (const ForeignKey& key : table.foreign_keys) {
      Table* target = schema.find_table(key.table);
      if (target == nullptr || !target->primary_key) continue;
      const auto same = [&](const std::vector<std::string>& columns) {
        return columns == key.referenced;
      };
      if (same(target->primary_key->columns) ||
          std::any_of(target->uniques.begin(), target->uniques.end(),
                      [&](const Unique& u) { return same(u.columns); }))
        continue;
      Unique unique;
      unique.columns = key.referenced;
      unique.origin.rule = "pattern/tenancy";
      target->uniques.push_back(std::move(unique));
    }
  }
}

}  // namespace relata::design
