#include "design/expand.h"

#include <utility>

#include "base/text.h"
#include "design/expansion.h"

namespace relata::design {
namespace {

SessionSettings session_settings(const Plan& plan, const Schema& schema) {
  SessionSettings session;
  bool policies = false;
  bool audited = false;
  for (const Table& table : schema.tables) {
    policies = policies || table.row_level_security;
    audited = audited || table.intent.audited;
  }
  if (policies) session.role = "app_user";
  if (plan.root) {
    session.tenant = "app.current_" + plan.tenant + "_id";
    session.tenant_type = plan.entities[*plan.root].key.front().type;
  }
  if (plan.actor && (policies || audited) && plan.entities[*plan.actor].key.size() == 1) {
    const EntityPlan& actor = plan.entities[*plan.actor];
    session.actor = "app.current_" + snake_case(actor.entity->name) + "_id";
    session.actor_type = actor.key.front().type;
  }
  return session;
}

}  // namespace

Schema expand(const Design& design, const ExpandOptions& options, DiagnosticSink& sink) {
  const CompleteDesign completed = complete(design, options, sink);
  const Plan plan = make_plan(completed, options, sink);
  Schema schema;
  schema.name = completed.design.name;
  for (const EntityPlan& entity : plan.entities) {
    if (!entity.stored) continue;
    Table table = build_table(plan, entity, sink);
    add_foreign_keys(table, plan, entity);
    for (Table& lookup : add_lookups(table, plan, entity))
      schema.tables.push_back(std::move(lookup));
    add_exclusive_arcs(table, entity);
    add_keys_and_wishes(table, plan, entity, sink);
    if (table.intent.audit_log) finish_audit_log(table, plan);
    add_tenancy(table, plan, entity);
    add_soft_delete(table, entity);
    add_audit_trigger(table, plan, entity);
    if (!entity.history || entity.key.size() != 1) {
      schema.tables.push_back(std::move(table));
      continue;
    }
    Table history = add_history(table, plan, entity);
    add_tenancy(history, plan, entity);
    schema.tables.push_back(std::move(table));
    schema.tables.push_back(std::move(history));
  }
  add_referenced_uniques(schema);
  index_foreign_keys(schema);
  name_everything(schema);
  describe_tables(schema, plan);
  for (const EntityPlan& entity : plan.entities) {
    if (entity.stored) add_former_names(schema, entity);
  }
  schema.session = session_settings(plan, schema);
  schema.code = design.code;
  return schema;
}

}  // namespace relata::design
