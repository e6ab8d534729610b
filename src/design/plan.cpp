#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "base/text.h"
#include "design/expansion.h"
#include "design/naming.h"

namespace relata::design {
namespace {

/// Names under which a person who uses the system usually stands, when the design names no actor.
constexpr std::array<std::string_view, 3> usual_actors{"User", "Account", "Person"};

bool takes_part(const Design& design, std::string_view name) {
  const bool related =
      std::any_of(design.relationships.begin(), design.relationships.end(), [&](const auto& r) {
        return r.left.entity == name || r.right.entity == name || r.via == name;
      });
  const bool arm =
      std::any_of(design.entities.begin(), design.entities.end(), [&](const Entity& e) {
        return std::any_of(e.polymorphic.begin(), e.polymorphic.end(), [&](const auto& p) {
          return std::find(p.targets.begin(), p.targets.end(), name) != p.targets.end();
        });
      });
  return related || arm;
}

/// A subtype about which nothing more is known is a value and not a table.
bool is_only_a_value(const Design& design, const Entity& entity) {
  if (entity.subtype_of.empty()) return false;
  const bool has_subtypes =
      std::any_of(design.entities.begin(), design.entities.end(),
                  [&](const Entity& e) { return e.subtype_of == entity.name; });
  return entity.fields.empty() && entity.polymorphic.empty() && !has_subtypes &&
         !takes_part(design, entity.name);
}

/// Subtypes that are values become a column of the supertype's table.
void choose_discriminators(Plan& plan) {
  for (EntityPlan& sub : plan.entities) {
    if (!is_only_a_value(*plan.design, *sub.entity)) continue;
    sub.stored = false;
  }
  for (EntityPlan& super : plan.entities) {
    bool needed = false;
    std::vector<std::string> values;
    for (const EntityPlan& sub : plan.entities) {
      if (sub.entity->subtype_of != super.entity->name) continue;
      values.push_back(snake_case(sub.entity->name));
      needed = needed || !sub.stored;
    }
    if (!needed) continue;
    super.discriminates = std::move(values);
    super.discriminator = snake_case(super.entity->name) + "_type";
    for (const Field& field : super.entity->fields) {
      // "Account: type (savings, checking)" beside the subtypes says the same thing.
      if (field.name == "type" || field.name == "kind" || field.name == super.discriminator)
        super.discriminator = field.name;
    }
  }
}

void choose_patterns(EntityPlan& e, const Patterns& whole, bool is_actor) {
  const EntityPatterns& own = e.entity->patterns;
  const bool log = e.entity->kind == EntityKind::audit_log;
  const bool subtype = !e.entity->subtype_of.empty();
  const bool link = e.entity->kind == EntityKind::junction || e.membership;
  const bool record = !log && !link && !subtype;  // a row of its own that people edit
  e.timestamps = own.timestamps.value_or(whole.timestamps && !log);
  e.soft_delete = own.soft_delete.value_or(whole.soft_delete && record);
  e.version = own.version.value_or(whole.version && record);
  e.authors = own.authors.value_or(whole.authors && record && !is_actor);
  const bool has_uuid = e.entity->patterns.ids.value_or(whole.id) == IdKind::uuid7;
  e.public_id = own.public_id.value_or(whole.public_id && record && !has_uuid);
  e.audit = own.audit.value_or(whole.audit) && !log;
  e.history = own.history.value_or(false) && !log;
}

void report_missing_actor(const Plan& plan, DiagnosticSink& sink) {
  if (plan.actor) return;
  const bool wanted = std::any_of(plan.entities.begin(), plan.entities.end(),
                                  [](const EntityPlan& e) { return e.authors; });
  if (!wanted) return;
  sink.warning("design-authors-without-actor",
               "created_by_id and updated_by_id were left out: no entity is the person who writes",
               {}, {}, "add an entity User, or name the actor under tenancy");
}

}  // namespace

const EntityPlan* Plan::find(std::string_view entity) const {
  const auto found = by_name.find(entity);
  return found == by_name.end() ? nullptr : &entities[found->second];
}

Plan make_plan(const CompleteDesign& complete, const ExpandOptions& options, DiagnosticSink& sink) {
  const Design& design = complete.design;
  Plan plan;
  plan.design = &design;
  plan.options = options;
  for (const Entity& entity : design.entities) {
    EntityPlan e;
    e.entity = &entity;
    e.table = table_name(entity);
    e.stands_for_others = complete.supertypes.contains(entity.name);
    plan.by_name.emplace(entity.name, plan.entities.size());
    if (entity.kind == EntityKind::audit_log && !plan.audit_log)
      plan.audit_log = plan.entities.size();
    plan.entities.push_back(std::move(e));
  }
  plan.root_is_added = complete.root_is_added;
  if (const auto& tenancy = design.patterns.tenancy) {
    plan.root = plan.by_name.find(tenancy->root)->second;
    plan.entities[*plan.root].root = true;
    plan.tenant = snake_case(tenancy->root);
    if (!tenancy->actor.empty()) plan.actor = plan.by_name.find(tenancy->actor)->second;
    if (!tenancy->member.empty())
      plan.entities[plan.by_name.find(tenancy->member)->second].membership = true;
  }
  for (std::string_view name : usual_actors) {
    const auto found = plan.by_name.find(name);
    if (!plan.actor && !options.bare && found != plan.by_name.end()) plan.actor = found->second;
  }
  choose_discriminators(plan);
  for (std::size_t i = 0; i < plan.entities.size(); ++i)
    choose_patterns(plan.entities[i], design.patterns, plan.actor == i);
  report_missing_actor(plan, sink);
  collect_references(plan, sink);
  resolve_keys(plan);
  scope_to_tenant(plan, sink);
  return plan;
}

}  // namespace relata::design
