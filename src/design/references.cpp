#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "design/expansion.h"

namespace relata::design {
namespace {

/// Verbs under which the parts do not outlive the whole. "has" is not among them: a customer has
/// orders, and they stay when the customer goes.
constexpr std::array<std::string_view, 10> containing_verbs{
    "contain", "contains",   "consist_of", "consists_of", "is_made_up_of",
    "part_of", "is_part_of", "comprise",   "comprises",   "is_composed_of"};

bool contains_parts(const Relationship& r) {
  const std::string label = snake_case(r.label);
  return std::find(containing_verbs.begin(), containing_verbs.end(), label) !=
         containing_verbs.end();
}

ReferentialAction on_delete(const Relationship& r, const Entity& holder, bool required, bool role) {
  switch (r.on_delete) {
    case OnDelete::cascade:
      return ReferentialAction::cascade;
    case OnDelete::restrict:
      return ReferentialAction::restrict;
    case OnDelete::set_null:
      return required ? ReferentialAction::no_action : ReferentialAction::set_null;
    case OnDelete::unspecified:
      break;
  }
  if (!required) return ReferentialAction::set_null;
  const bool part =
      r.identifying || holder.kind == EntityKind::junction || (contains_parts(r) && !role);
  return part ? ReferentialAction::cascade : ReferentialAction::no_action;
}

class Collector {
 public:
  Collector(Plan& plan, DiagnosticSink& sink) : plan_(plan), sink_(sink) {}

  void run() {
    for (const EntityPlan& entity : plan_.entities) {
      if (!entity.entity->subtype_of.empty() && entity.stored) add_supertype(entity);
    }
    for (const Relationship& r : plan_.design->relationships) add_relationship(r);
    for (EntityPlan& entity : plan_.entities) {
      for (const PolymorphicReference& p : entity.entity->polymorphic) add_arms(entity, p);
    }
    for (EntityPlan& entity : plan_.entities) find_pair(entity);
  }

 private:
  EntityPlan& planned(std::string_view name) {
    return plan_.entities[plan_.by_name.find(name)->second];
  }
  std::size_t place(std::string_view name) const { return plan_.by_name.find(name)->second; }

  void add_supertype(const EntityPlan& entity) {
    Reference reference;
    reference.target = place(entity.entity->subtype_of);
    reference.name = snake_case(entity.entity->subtype_of);
    reference.required = true;
    reference.shares_key = true;
    reference.on_delete = ReferentialAction::cascade;
    reference.origin = entity.entity->origin;
    reference.origin.rule = "pattern/subtype";
    planned(entity.entity->name).references.push_back(std::move(reference));
  }

  static Reference reference_to(const RelationshipEnd& end, std::size_t target,
                                const Relationship& r) {
    Reference reference;
    reference.target = target;
    reference.role = !end.role.empty() && end.role != snake_case(end.entity);
    reference.name = end.role.empty() ? snake_case(end.entity) : end.role;
    // A role that a person wrote as its column.
    if (reference.name.size() > 3 && reference.name.ends_with("_id"))
      reference.name.resize(reference.name.size() - 3);
    reference.column = r.column;
    reference.formerly = r.formerly;
    reference.origin = r.origin;
    return reference;
  }

  void add_relationship(const Relationship& r) {
    if (r.left.multiplicity.many() && r.right.multiplicity.many()) return add_junction(r);
    const bool only_left_required =
        r.left.multiplicity.minimum > 0 && r.right.multiplicity.minimum == 0;
    const bool one_to_one = !r.left.multiplicity.many() && !r.right.multiplicity.many();
    const bool left_holds = one_to_one ? !only_left_required : r.left.multiplicity.many();
    const RelationshipEnd& holder = left_holds ? r.left : r.right;
    const RelationshipEnd& target = left_holds ? r.right : r.left;
    Reference reference = reference_to(target, place(target.entity), r);
    if (holder.entity == target.entity && target.role.empty()) {
      reference.name = one_to_one ? "related_" + reference.name : "parent";
      reference.role = true;
    }
    reference.required = target.multiplicity.minimum > 0;
    // The first row of a hierarchy has nothing to refer to.
    if (holder.entity == target.entity) reference.required = false;
    reference.unique = one_to_one;
    reference.identifying = r.identifying;
    EntityPlan& entity = planned(holder.entity);
    if (r.on_delete == OnDelete::set_null && reference.required) {
      sink_.warning("design-set-null-of-required",
                    "'" + holder.entity + "." + reference.name +
                        "' is required and cannot become empty when its target is deleted",
                    r.origin.source, r.origin.span,
                    "make the reference optional, or choose restrict or cascade");
    }
    reference.on_delete = on_delete(r, *entity.entity, reference.required, reference.role);
    add(entity, std::move(reference));
  }

  void add_junction(const Relationship& r) {
    EntityPlan& junction = planned(r.via);
    Reference left = reference_to(r.left, place(r.left.entity), r);
    Reference right = reference_to(r.right, place(r.right.entity), r);
    if (left.name == right.name) {
      right.name = "related_" + right.name;
      right.role = true;
    }
    if (plan_.root == right.target) std::swap(left, right);
    for (Reference* end : {&left, &right}) {
      end->required = true;
      end->pair = true;
      end->on_delete = on_delete(r, *junction.entity, true, end->role);
      if (r.on_delete == OnDelete::unspecified) end->on_delete = ReferentialAction::cascade;
      add(junction, std::move(*end));
    }
  }

  /// Exclusive arcs: one optional reference for each target.
  void add_arms(EntityPlan& entity, const PolymorphicReference& p) {
    for (const std::string& target : p.targets) {
      Reference arm;
      arm.target = place(target);
      arm.name = snake_case(target);
      if (holds(entity, arm.name)) arm.name = p.name + "_" + arm.name;
      arm.role = true;
      arm.group = p.name;
      arm.on_delete = p.required ? ReferentialAction::cascade : ReferentialAction::set_null;
      arm.origin = p.origin;
      add(entity, std::move(arm));
    }
  }

  static bool holds(const EntityPlan& entity, std::string_view name) {
    return std::any_of(entity.references.begin(), entity.references.end(),
                       [&](const Reference& r) { return r.name == name; });
  }

  /// A relationship that is stated twice ("a project has tasks", "a task belongs to a project") is
  /// one reference; two targets under one role are told apart by the target's name.
  void add(EntityPlan& entity, Reference reference) {
    for (Reference& present : entity.references) {
      if (present.name != reference.name || present.shares_key) continue;
      if (present.target == reference.target && present.group == reference.group) {
        present.required = present.required || reference.required;
        present.unique = present.unique && reference.unique;
        present.pair = present.pair || reference.pair;
        present.identifying = present.identifying || reference.identifying;
        if (reference.on_delete == ReferentialAction::cascade || present.required)
          present.on_delete = stricter(present.on_delete, reference.on_delete);
        return;
      }
      reference.name += "_" + snake_case(plan_.entities[reference.target].entity->name);
      reference.role = true;
      return add(entity, std::move(reference));
    }
    entity.references.push_back(std::move(reference));
  }

  static ReferentialAction stricter(ReferentialAction a, ReferentialAction b) {
    if (a == ReferentialAction::cascade || b == ReferentialAction::cascade)
      return ReferentialAction::cascade;
    return a == ReferentialAction::set_null ? b : a;
  }

  /// What a junction links, when it was written as two relationships to one.
  void find_pair(EntityPlan& entity) {
    if (entity.entity->kind != EntityKind::junction && !entity.membership) return;
    auto& references = entity.references;
    if (std::any_of(references.begin(), references.end(), [](const auto& r) { return r.pair; }))
      return order_pair(references);
    const bool identified = std::any_of(references.begin(), references.end(),
                                        [](const auto& r) { return r.identifying; });
    std::vector<Reference*> ends;
    for (Reference& r : references) {
      if (identified ? r.identifying : r.required && r.group.empty()) ends.push_back(&r);
    }
    if (ends.size() > 2) {
      // The tenant that all rows have is not what the row links.
      std::erase_if(ends, [&](const Reference* r) { return plan_.root == r->target; });
    }
    if (ends.size() < 2) return;
    for (Reference* r : ends) r->pair = true;
    order_pair(references);
  }

  /// The tenant's end comes first: lookups name it always.
  void order_pair(std::vector<Reference>& references) const {
    std::stable_partition(references.begin(), references.end(),
                          [&](const Reference& r) { return r.pair && plan_.root == r.target; });
  }

  Plan& plan_;
  DiagnosticSink& sink_;
};

}  // namespace

void collect_references(Plan& plan, DiagnosticSink& sink) { Collector(plan, sink).run(); }

}  // namespace relata::design
