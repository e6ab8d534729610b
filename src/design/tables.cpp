#include <algorithm>
#include <utility>

#include "base/text.h"
#include "design/expansion.h"
#include "design/naming.h"
#include "design/types.h"

namespace relata::design {
namespace {

Origin pattern_origin(std::string rule) {
  Origin origin;
  origin.rule = std::move(rule);
  return origin;
}

void add_surrogate(Table& table, const Plan& plan, const EntityPlan& entity) {
  Column id;
  id.name = entity.key.front().name;
  id.type = entity.key.front().type;
  id.nullable = false;
  id.origin = pattern_origin("pattern/id");
  switch (entity.entity->patterns.ids.value_or(plan.design->patterns.id)) {
    case IdKind::uuid7:
      id.default_value = expression::leaf(Operation::new_uuid7);
      break;
    case IdKind::cuid2:
      id.default_value = expression::leaf(Operation::new_cuid2);
      break;
    case IdKind::identity:
    case IdKind::natural:
      id.identity = Identity{};
      break;
  }
  table.columns.push_back(std::move(id));
}

std::string reference_comment(const Plan& plan, const Reference& reference) {
  const std::string target = snake_case(plan.entities[reference.target].entity->name);
  if (!reference.group.empty()) return "Set when the " + reference.group + " is a " + target;
  if (!reference.role) return {};
  return "The " + replace_all(reference.name, "_", " ") + ", a " + replace_all(target, "_", " ");
}

void add_reference_columns(Table& table, const Plan& plan, const Reference& reference) {
  const EntityPlan& target = plan.entities[reference.target];
  for (std::size_t i = 0; i < reference.columns.size(); ++i) {
    if (table.find_column(reference.columns[i]) != nullptr) continue;
    Column column;
    column.name = reference.columns[i];
    column.type = target.key[i].type;
    column.nullable = !reference.required;
    column.comment = reference_comment(plan, reference);
    column.origin = reference.origin;
    table.columns.push_back(std::move(column));
  }
}

/// Columns of a key that is not a surrogate: references and fields in the key's order.
void add_key_columns(Table& table, const Plan& plan, const EntityPlan& entity,
                     DiagnosticSink& sink) {
  for (const KeyColumn& key : entity.key) {
    if (table.find_column(key.name) != nullptr) continue;
    for (const Reference& reference : entity.references) {
      const auto& names = reference.columns;
      if (std::find(names.begin(), names.end(), key.name) != names.end())
        add_reference_columns(table, plan, reference);
    }
    if (table.find_column(key.name) != nullptr) continue;
    if (const Field* field = find_field(*entity.entity, key.name))
      add_field(table, plan, entity, *field, sink);
  }
}

void add_discriminator(Table& table, const EntityPlan& entity) {
  if (entity.discriminator.empty() || table.find_column(entity.discriminator) != nullptr) return;
  Column column;
  column.name = entity.discriminator;
  column.type = simple_type(TypeKind::text);
  column.comment = "Which kind of " + replace_all(snake_case(entity.entity->name), "_", " ") +
                   " the row is; NULL when it is none of them";
  column.origin = pattern_origin("pattern/subtype");
  table.columns.push_back(column);
  Check check;
  check.name = constraint_name(table.name, {column.name}, "check");
  check.expression = one_of(column.name, entity.discriminates);
  check.origin = column.origin;
  table.checks.push_back(std::move(check));
}

void set_not_null(Table& table, const std::string& name) {
  for (Column& column : table.columns) {
    if (column.name == name) column.nullable = false;
  }
}

}  // namespace

Table build_table(const Plan& plan, const EntityPlan& entity, DiagnosticSink& sink) {
  Table table;
  table.name = entity.table;
  table.comment = entity.entity->description;
  table.origin = entity.entity->origin;
  table.intent.entity = entity.entity->name;
  table.intent.junction = entity.entity->kind == EntityKind::junction;
  table.intent.tenant_column = entity.tenant_column;
  table.intent.tenant_root = entity.root;
  if (entity.surrogate)
    add_surrogate(table, plan, entity);
  else if (plan.options.bare || entity.tenant_column.empty())
    add_key_columns(table, plan, entity, sink);
  add_tenant_column(table, plan, entity);
  if (!entity.surrogate) add_key_columns(table, plan, entity, sink);
  for (const Reference& reference : entity.references)
    add_reference_columns(table, plan, reference);
  if (entity.membership && plan.root) add_membership_fields(table, plan, entity);
  if (plan.audit_log && &plan.entities[*plan.audit_log] == &entity)
    add_audit_log_columns(table, plan, entity);
  add_discriminator(table, entity);
  for (const Field& field : entity.entity->fields) add_field(table, plan, entity, field, sink);
  if (entity.membership && plan.root) complete_membership(table);
  add_public_id(table, entity);
  add_version(table, entity);
  add_authors(table, plan, entity);
  add_timestamps(table, entity);
  PrimaryKey key;
  for (const KeyColumn& column : entity.key) {
    key.columns.push_back(column.name);
    set_not_null(table, column.name);
  }
  table.primary_key = std::move(key);
  return table;
}

}  // namespace relata::design
