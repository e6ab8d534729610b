#include <algorithm>
#include <utility>

#include "base/text.h"
#include "design/expansion.h"
#include "design/naming.h"
#include "design/types.h"

namespace relata::design {
namespace {

constexpr std::string_view application_role = "app_user";

/// Decides which entities belong to one tenant.
class Scoping {
 public:
  explicit Scoping(Plan& plan)
      : plan_(plan), decided_(plan.entities.size()), scoped_(plan.entities.size(), false) {}

  void run() {
    for (std::size_t i = 0; i < plan_.entities.size(); ++i) decided_[i] = decision(i);
    bool changed = true;
    while (changed) {
      changed = false;
      for (std::size_t i = 0; i < plan_.entities.size(); ++i) {
        if (scoped_[i] || !decided_[i].value_or(true)) continue;
        if (!decided_[i] && !is_reached(i)) continue;
        scoped_[i] = changed = true;
      }
      changed = reach_across_junctions() || changed;
      changed = reach_supertypes() || changed;
    }
  }

  [[nodiscard]] bool scoped(std::size_t i) const { return scoped_[i]; }

 private:
  /// What is certain without looking at the paths; nothing when they decide.
  std::optional<bool> decision(std::size_t i) const {
    const EntityPlan& entity = plan_.entities[i];
    if (!entity.stored || entity.root) return false;
    if (entity.entity->patterns.tenant_scoped) return *entity.entity->patterns.tenant_scoped;
    if (entity.entity->kind == EntityKind::audit_log) return true;
    // A person may be a member of several tenants; one who belongs to exactly one is its row.
    const bool member_exists = !plan_.design->patterns.tenancy->member.empty();
    const bool belongs = std::any_of(
        entity.references.begin(), entity.references.end(),
        [&](const Reference& r) { return plan_.root == r.target && r.required && !r.role; });
    if (plan_.actor == i && (member_exists || !belongs)) return false;
    if (plan_.root_is_added) return true;
    return std::nullopt;
  }

  bool is_reached(std::size_t i) const {
    const auto& references = plan_.entities[i].references;
    return std::any_of(references.begin(), references.end(), [&](const Reference& r) {
      return plan_.root == r.target || scoped_[r.target];
    });
  }

  /// Labels that are put on a tenant's tasks are the tenant's.
  bool reach_across_junctions() {
    bool changed = false;
    for (const EntityPlan& junction : plan_.entities) {
      const auto& references = junction.references;
      const bool from_scoped =
          std::any_of(references.begin(), references.end(),
                      [&](const Reference& r) { return r.pair && scoped_[r.target]; });
      if (!from_scoped) continue;
      for (const Reference& r : references) {
        if (!r.pair || scoped_[r.target] || decided_[r.target]) continue;
        scoped_[r.target] = changed = true;
      }
    }
    return changed;
  }

  /// What stands for a tenant's tasks and projects alike is the tenant's.
  bool reach_supertypes() {
    bool changed = false;
    for (std::size_t i = 0; i < plan_.entities.size(); ++i) {
      for (const Reference& r : plan_.entities[i].references) {
        if (!scoped_[i] || !plan_.entities[r.target].stands_for_others) continue;
        if (scoped_[r.target] || decided_[r.target]) continue;
        scoped_[r.target] = changed = true;
      }
    }
    return changed;
  }

  Plan& plan_;
  std::vector<std::optional<bool>> decided_;
  std::vector<bool> scoped_;
};

Expression is_current(std::string column, Operation setting) {
  return expression::call(Operation::equal,
                          {expression::column(std::move(column)), expression::leaf(setting)});
}

/// The words that ask for tenancy, and the pattern that answers them.
Origin tenancy_origin(const Plan& plan) {
  Origin origin = plan.design->patterns.tenancy->origin;
  origin.rule = "pattern/tenancy";
  return origin;
}

Policy policy(std::string name, PolicyCommand command, const Plan& plan) {
  Policy policy;
  policy.name = std::move(name);
  policy.command = command;
  policy.roles = {std::string(application_role)};
  policy.origin = tenancy_origin(plan);
  return policy;
}

const Reference* reference_to(const EntityPlan& entity, std::optional<std::size_t> target) {
  for (const Reference& reference : entity.references) {
    if (target == reference.target && reference.columns.size() == 1) return &reference;
  }
  return nullptr;
}

const EntityPlan* membership_of(const Plan& plan) {
  for (const EntityPlan& entity : plan.entities) {
    if (entity.membership) return &entity;
  }
  return nullptr;
}

/// Before a tenant is chosen a person sees which ones there are to choose from.
void add_own_membership_policy(Table& table, const Plan& plan, const EntityPlan& entity) {
  const Reference* person = reference_to(entity, plan.actor);
  if (person == nullptr) return;
  Policy own = policy(table.name + "_own", PolicyCommand::select, plan);
  own.using_rows = is_current(person->columns.front(), Operation::current_actor);
  own.comment = "A person sees their own memberships, to choose a " + plan.tenant;
  table.policies.push_back(std::move(own));
}

/// The membership's policies do not look at this table, so that the two do not call each other
/// for ever.
void add_member_sees_root_policy(Table& table, const Plan& plan, const EntityPlan& root) {
  const EntityPlan* membership = membership_of(plan);
  if (membership == nullptr) return;
  const Reference* person = reference_to(*membership, plan.actor);
  const Reference* tenant = reference_to(*membership, plan.root);
  if (person == nullptr || tenant == nullptr) return;
  Policy member = policy(table.name + "_member", PolicyCommand::select, plan);
  Expression among = expression::call(
      Operation::in_select,
      {expression::column(root.key.front().name), expression::column(tenant->columns.front()),
       is_current(person->columns.front(), Operation::current_actor)});
  among.text = membership->table;
  member.using_rows = std::move(among);
  member.comment = "A person sees the " + plural_of(plan.tenant) + " that they are a member of";
  table.policies.push_back(std::move(member));
}

std::string isolation_comment(const Plan& plan, const EntityPlan& entity) {
  if (!entity.root) return "Rows of the current " + plan.tenant + " only, to read and to write";
  return "The current " + plan.tenant +
         " only. To create one: choose its id, make it the session's current " + plan.tenant +
         ", then insert the row and its first membership";
}

}  // namespace

void scope_to_tenant(Plan& plan, DiagnosticSink& sink) {
  if (!plan.root || plan.entities[*plan.root].key.size() != 1) return;
  Scoping scoping(plan);
  scoping.run();
  const std::string key = plan.entities[*plan.root].key.front().name;
  for (std::size_t i = 0; i < plan.entities.size(); ++i) {
    EntityPlan& entity = plan.entities[i];
    if (scoping.scoped(i)) {
      entity.tenant_column = reference_column(plan.tenant, plan.tenant, key);
      continue;
    }
    const bool chosen = entity.entity->patterns.tenant_scoped.has_value();
    if (!entity.stored || entity.root || chosen || plan.actor == i) continue;
    const Origin& origin = entity.entity->origin;
    sink.note("design-shared-entity",
              "'" + entity.entity->name + "' is shared by all tenants: nothing ties it to '" +
                  plan.entities[*plan.root].entity->name + "'",
              origin.source, origin.span.empty() ? std::nullopt : std::optional(origin.span),
              "relate it to the tenant, or set tenant_scoped for it");
  }
}

void add_tenant_column(Table& table, const Plan& plan, const EntityPlan& entity) {
  if (entity.tenant_column.empty()) return;
  Column column;
  column.name = entity.tenant_column;
  column.type = plan.entities[*plan.root].key.front().type;
  column.nullable = false;
  column.comment = "The " + replace_all(plan.tenant, "_", " ") + " that the row belongs to";
  column.origin = tenancy_origin(plan);
  table.columns.push_back(std::move(column));
}

void add_membership_fields(Table& table, const Plan& plan, const EntityPlan& entity) {
  const Origin origin = tenancy_origin(plan);
  if (find_field(*entity.entity, "role") == nullptr) {
    Field role;
    role.name = "role";
    role.type.kind = FieldKind::enumeration;
    role.type.values = {"owner", "admin", "member", "viewer"};
    role.required = true;
    role.default_value = "member";
    role.origin = origin;
    DiagnosticSink nothing_to_report;
    add_field(table, plan, entity, role, nothing_to_report);
  }
  Column joined;
  joined.name = "joined_at";
  joined.type = simple_type(TypeKind::timestamp_tz);
  joined.nullable = false;
  joined.default_value = expression::leaf(Operation::now);
  joined.origin = origin;
  if (find_field(*entity.entity, "joined_at") == nullptr)
    table.columns.push_back(std::move(joined));
}

void complete_membership(Table& table) {
  for (Column& column : table.columns) {
    if (column.name != "joined_at" || column.type.kind != TypeKind::timestamp_tz) continue;
    column.nullable = false;
    if (!column.default_value) column.default_value = expression::leaf(Operation::now);
  }
}

void add_tenancy(Table& table, const Plan& plan, const EntityPlan& entity) {
  if (!plan.root || (entity.tenant_column.empty() && !entity.root)) return;
  const std::string column = entity.root ? entity.key.front().name : entity.tenant_column;
  table.row_level_security = true;
  table.row_level_security_forced = true;
  Policy isolation =
      policy(table.name + "_" + plan.tenant + "_isolation", PolicyCommand::all, plan);
  isolation.using_rows = is_current(column, Operation::current_tenant);
  isolation.with_check = isolation.using_rows;
  isolation.comment = isolation_comment(plan, entity);
  table.policies.push_back(std::move(isolation));
  if (entity.membership && table.name == entity.table)
    add_own_membership_policy(table, plan, entity);
  if (entity.root) add_member_sees_root_policy(table, plan, entity);
}

}  // namespace relata::design
