#include <algorithm>
#include <utility>

#include "base/text.h"
#include "design/expansion.h"
#include "design/types.h"

namespace relata::design {
namespace {

/// Whether every audited row belongs to a tenant.
bool all_audited_have_tenant(const Plan& plan) {
  return std::all_of(plan.entities.begin(), plan.entities.end(), [](const EntityPlan& e) {
    return !e.stored || !e.audit || e.root || !e.tenant_column.empty();
  });
}

Column column(std::string name, TypeKind type, bool nullable, std::string comment = {}) {
  Column column;
  column.name = std::move(name);
  column.type = simple_type(type);
  column.nullable = nullable;
  column.comment = std::move(comment);
  column.origin.rule = "pattern/audit";
  return column;
}

void add(Table& table, Column added) {
  if (table.find_column(added.name) == nullptr) table.columns.push_back(std::move(added));
}

void add_index(Table& table, std::string name, const std::vector<std::string>& columns) {
  Index index;
  index.name = table.name + "_" + std::move(name) + "_idx";
  for (const std::string& part : columns)
    index.parts.push_back({expression::column(part), false, {}});
  index.origin.rule = "pattern/audit";
  table.indexes.push_back(std::move(index));
}

bool refers(const EntityPlan& entity, const std::string& column) {
  return std::any_of(entity.references.begin(), entity.references.end(), [&](const Reference& r) {
    return r.columns == std::vector{column} && column != entity.tenant_column;
  });
}

/// Password hashes, tokens and ciphertext do not belong into a second table.
bool is_secret(const Column& column) {
  if (column.origin.rule == "pattern/encryption") return true;
  const std::vector<std::string> words = words_of(column.name);
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return word == "password" || word == "passwd" || word == "secret" || word == "token" ||
           word == "ciphertext" || word == "passphrase";
  });
}

}  // namespace

void add_audit_log_columns(Table& table, const Plan& plan, const EntityPlan& entity) {
  table.intent.audit_log = true;
  // Without the conventions it is the plain table that the text names.
  if (plan.options.bare && !entity.entity->fields.empty()) return;
  for (Column& present : table.columns) {
    // The log must hold what nobody in particular did, and what happened to shared rows.
    if (refers(entity, present.name)) present.nullable = true;
    if (present.name == table.intent.tenant_column && !all_audited_have_tenant(plan)) {
      present.nullable = true;
      present.comment += "; NULL for rows that no " + plan.tenant + " owns";
    }
  }
  if (plan.actor) {
    const EntityPlan& actor = plan.entities[*plan.actor];
    const std::string name = snake_case(actor.entity->name) + "_id";
    if (actor.key.size() == 1) {
      Column user =
          column(name, TypeKind::text, true, "Who did it; NULL when the session named nobody");
      user.type = actor.key.front().type;
      add(table, std::move(user));
    }
  }
  Field action;
  action.name = "action";
  action.type.kind = FieldKind::enumeration;
  action.type.values = {"create", "update", "delete"};
  action.required = true;
  action.origin.rule = "pattern/audit";
  DiagnosticSink nothing_to_report;
  add_field(table, plan, plan.entities[*plan.audit_log], action, nothing_to_report);
  add(table, column("entity_type", TypeKind::text, false, "What was changed: task, project"));
  add(table, column("entity_id", TypeKind::text, false,
                    "Key of the changed row, which may be gone since"));
  add(table, column("before", TypeKind::json, true, "The row before; NULL for a new one"));
  add(table, column("after", TypeKind::json, true, "The row after; NULL for a deleted one"));
  add(table, column("ip_address", TypeKind::inet, true));
  Column created = column("created_at", TypeKind::timestamp_tz, false);
  created.default_value = expression::leaf(Operation::now);
  add(table, std::move(created));
}

void finish_audit_log(Table& table, const Plan& plan) {
  if (plan.options.bare) return;
  if (!table.intent.tenant_column.empty())
    add_index(table, plan.tenant, {table.intent.tenant_column});
  add_index(table, "entity", {"entity_type", "entity_id"});
  add_index(table, "created", {"created_at"});
  table.triggers.push_back({table.name + "_append_only", AppendOnly{}, table.origin});
  if (!plan.actor) return;
  const EntityPlan& actor = plan.entities[*plan.actor];
  const std::string name = snake_case(actor.entity->name) + "_id";
  const bool keyed = std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(),
                                 [&](const ForeignKey& key) { return key.columns.back() == name; });
  if (table.find_column(name) == nullptr || keyed) return;
  ForeignKey key;
  key.columns = {name};
  key.table = actor.table;
  key.referenced = {actor.key.front().name};
  key.origin.rule = "pattern/audit";
  table.foreign_keys.push_back(std::move(key));
}

void add_audit_trigger(Table& table, const Plan& plan, const EntityPlan& entity) {
  if (!entity.audit || !plan.audit_log) return;
  const EntityPlan& log = plan.entities[*plan.audit_log];
  WriteAudit audit;
  audit.log_table = log.table;
  audit.entity_type = snake_case(entity.entity->name);
  audit.key_column = entity.key.front().name;
  audit.log_tenant_column = log.tenant_column;
  if (plan.actor)
    audit.log_actor_column = snake_case(plan.entities[*plan.actor].entity->name) + "_id";
  if (!log.tenant_column.empty())
    audit.tenant_column = entity.root ? entity.key.front().name : entity.tenant_column;
  for (const Column& column : table.columns) {
    if (!is_secret(column)) audit.columns.push_back(column.name);
  }
  table.intent.audited = true;
  Origin origin;
  origin.rule = "pattern/audit";
  table.triggers.push_back({table.name + "_write_audit", std::move(audit), origin});
}

}  // namespace relata::design
