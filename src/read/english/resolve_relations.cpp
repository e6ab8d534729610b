#include <algorithm>

#include "base/text.h"
#include "read/english/concept_name.h"
#include "read/english/field_types.h"
#include "read/english/lexicon.h"
#include "read/english/resolve.h"
#include "read/english/rules.h"
#include "read/english/word_classes.h"

namespace relata::english {
namespace {

using enum WordClass;

}  // namespace

void Resolver::many_to_one(design::Design& design, const std::string& many, const std::string& one,
                           const std::string& role, bool required, const std::string& label,
                           const Trace& trace) {
  if (links_.refers(many, one, role)) return;
  design::Relationship relationship;
  relationship.left = {many, design::many_optional, ""};
  relationship.right = {one, required ? design::exactly_one : design::zero_or_one, role};
  relationship.label = label;
  relationship.origin = origin(trace);
  add_relationship(design, std::move(relationship));
}

void Resolver::add_relationship(design::Design& design, design::Relationship relationship) {
  links_.add(relationship);
  design.relationships.push_back(std::move(relationship));
}

void Resolver::add_membership(design::Design& design, const std::string& group,
                              const std::string& person, const std::string& via,
                              const Trace& trace) {
  design::Relationship relationship;
  relationship.left = {group, design::many_optional, ""};
  relationship.right = {person, design::many_optional, ""};
  relationship.via = via;
  relationship.label = "has member";
  relationship.origin = origin(trace);
  add_relationship(design, std::move(relationship));
}

void Resolver::add_participants(const Accepted& accepted, design::Entity& entity,
                                design::Design& design) {
  for (const Concept* part : accepted.parts) {
    if (part->membership && part->participants.size() == 2) {
      const Accepted* group = entity_for(part->participants.front());
      const Accepted* person = entity_for(part->participants.back());
      if (group != nullptr && person != nullptr && group != person) {
        entity.kind = design::EntityKind::junction;
        add_membership(design, group->name, person->name, entity.name, part->trace);
        continue;
      }
    }
    for (const std::string& key : part->participants) {
      const Accepted* target = entity_for(key);
      if (target == nullptr || target == &accepted) continue;
      many_to_one(design, entity.name, target->name, "", true, "", part->trace);
    }
  }
}

void Resolver::add_junction(design::Design& design, const Accepted& left, const Accepted& right,
                            const std::string& label, const Trace& trace) {
  design::Relationship relationship;
  relationship.left = {left.name, design::many_optional, ""};
  relationship.right = {right.name, design::many_optional, ""};
  relationship.label = label;
  relationship.via = left.name + right.name;
  relationship.origin = origin({"many-to-many", trace.span});
  if (names_.insert(relationship.via).second) {
    design::Entity junction;
    junction.name = relationship.via;
    junction.kind = design::EntityKind::junction;
    junction.origin = relationship.origin;
    design.entities.push_back(std::move(junction));
  }
  add_relationship(design, std::move(relationship));
}

/// Many to many between two entities by name, with a junction that is made behind `after`.
void Resolver::link(design::Design& design, const std::string& left, const std::string& right,
                    const std::string& via, const std::string& role, const Trace& trace,
                    const std::string& after) {
  design::Relationship relationship;
  relationship.left = {left, design::many_optional, ""};
  relationship.right = {right, design::many_optional, role};
  relationship.via = via;
  relationship.origin = origin(trace);
  if (links_.runs_through(via)) return;
  add_relationship(design, relationship);
  if (names_.contains(via)) return;
  Pending pending;
  pending.after = after;
  pending.entity.name = via;
  pending.entity.kind = design::EntityKind::junction;
  pending.entity.origin = relationship.origin;
  pending_.push_back(std::move(pending));
}

/// Puts the entities that were made on the way behind those that they belong to, in the order of
/// the text.
void Resolver::place_pending(design::Design& design) {
  std::unordered_map<std::string, std::vector<design::Entity>> behind;
  std::vector<design::Entity> rest;
  for (Pending& pending : pending_) {
    if (names_.insert(pending.entity.name).second)
      behind[pending.after].push_back(std::move(pending.entity));
  }
  pending_.clear();
  std::vector<design::Entity> ordered;
  const auto place = [&](design::Entity entity, const auto& self) -> void {
    const std::string name = entity.name;
    ordered.push_back(std::move(entity));
    const auto found = behind.find(name);
    if (found == behind.end()) return;
    std::vector<design::Entity> followers = std::move(found->second);
    behind.erase(found);
    for (design::Entity& follower : followers) self(std::move(follower), self);
  };
  for (design::Entity& entity : design.entities) place(std::move(entity), place);
  design.entities = std::move(ordered);
}

/// Rule 26: "users follow other users", "prerequisites, which are other courses".
void Resolver::relate_roles(design::Design& design) {
  for (const RelationEvidence& relation : evidence_.relations) {
    const Accepted* left = entity_for(relation.left);
    if (left == nullptr) continue;
    const bool many = relation.right_plural ||
                      (relation.right_per_left.stated && relation.right_per_left.maximum != 1);
    const Accepted* right = entity_for(relation.right);
    if (right == nullptr) {
      const Concept* stands_for = role_target(relation.right);
      if (stands_for == nullptr) continue;
      right = entity_for(stands_for->key);
      if (right == nullptr) continue;
      if (many) {
        link(design, left->name, right->name, left->name + pascal_case(relation.right),
             relation.right, {"other-self", relation.trace.span}, left->name);
      } else {
        many_to_one(design, left->name, right->name, relation.right, false, relation.verb,
                    {"other-self", relation.trace.span});
      }
    } else if (right == left && relation.other) {
      const std::string act = nominalize(relation.verb);
      const std::string role = "other_" + snake_case(left->name);
      if (many) {
        link(design, left->name, left->name,
             left->name + pascal_case(act.empty() ? relation.verb : act), role,
             {"other-self", relation.trace.span}, left->name);
      } else {
        many_to_one(design, left->name, left->name, role, false, relation.verb,
                    {"other-self", relation.trace.span});
      }
    }
  }
}

/// "A department is managed by one doctor": a reference in the role of the manager. It is optional
/// when the doctor, as one of the staff, must have a department first.
void Resolver::add_agents(design::Design& design) {
  for (const RelationEvidence& relation : evidence_.relations) {
    if (relation.kind != RelationKind::reference || relation.role.empty()) continue;
    const Accepted* left = entity_for(relation.left);
    const Accepted* right = entity_for(relation.right);
    if (left == nullptr || right == nullptr || left == right) continue;
    // Of what kind the people are may be said later on: any of them may be among the staff.
    const bool circle = std::any_of(
        design.relationships.begin(), design.relationships.end(),
        [&](const design::Relationship& r) {
          if (r.right.entity != left->name || r.right.multiplicity != design::exactly_one)
            return false;
          const std::vector<std::string> words = words_of(r.left.entity);
          return !words.empty() && look_up(to_lower(words.back())).may_be_person;
        });
    const bool required = relation.right_per_left.stated && relation.right_per_left.minimum > 0;
    many_to_one(design, left->name, right->name, snake_case(relation.role), required && !circle,
                relation.verb, relation.trace);
  }
}

void Resolver::add_relations(design::Design& design) {
  struct Pair {
    const Accepted* left;
    const Accepted* right;
    bool right_many = false;
    bool left_many = false;
    bool inside = false;
    bool contains = false;
    bool creates = false;
    const RelationEvidence* evidence;
  };
  std::vector<Pair> pairs;
  std::unordered_map<std::string, std::size_t> places;
  for (const RelationEvidence& relation : evidence_.relations) {
    const Accepted* left = entity_for(relation.left);
    const Accepted* right = entity_for(relation.right);
    if (left == nullptr || right == nullptr || left == right || !relation.role.empty()) continue;
    const bool right_many = relation.right_plural || (relation.right_per_left.stated &&
                                                      relation.right_per_left.maximum != 1);
    const auto [place, added] = places.try_emplace(
        left < right ? left->name + "|" + right->name : right->name + "|" + left->name,
        pairs.size());
    if (added) pairs.push_back({left, right, false, false, false, false, false, &relation});
    Pair* pair = &pairs[place->second];
    const bool swapped = pair->left != left;
    if (relation.kind == RelationKind::contains && !swapped) pair->contains = true;
    if (relation.kind == RelationKind::inside && !swapped && !right_many) pair->inside = true;
    if (is_in(relation.verb, creating_verb)) pair->creates = true;
    if (right_many) (swapped ? pair->left_many : pair->right_many) = true;
  }
  for (const Pair& pair : pairs) {
    const std::string& left = pair.left->name;
    const std::string& right = pair.right->name;
    const Trace& trace = pair.evidence->trace;
    if (links_.joined(left, right) || links_.meet_in_another(left, right)) continue;
    // "A doctor prescribes drugs" where prescriptions are known: each is of a doctor and a drug.
    const std::string act = nominalize(pair.evidence->verb);
    const Accepted* event = act.empty() ? nullptr : entity_for(act);
    if (event != nullptr && event != pair.left && event != pair.right &&
        pair.evidence->kind == RelationKind::action) {
      many_to_one(design, event->name, left, "", true, "", trace);
      many_to_one(design, event->name, right, "", true, "", trace);
      continue;
    }
    // Containers of people: a team has its members, but an exhibition and a curator meet.
    const bool shared = is_in(pair.right->lead->words.back(), shared_thing);
    if (pair.contains && !pair.left_many && pair.right_many &&
        (pair.evidence->right_per_left.stated || shared)) {
      const LexicalEntry container = look_up(pair.left->lead->words.back());
      const LexicalEntry person = look_up(pair.right->lead->words.back());
      const bool grouped = container.category == category::group ||
                           container.category == category::artifact || container.organization ||
                           container.category == category::location || container.person ||
                           container.category == 0;
      const bool document = is_in(pair.left->lead->words.back(), document_noun) && !person.person &&
                            pair.right->lead->fields.size() >= 2;
      if ((person.person && !grouped) || document || shared) {
        add_junction(design, *pair.left, *pair.right, pair.evidence->verb, trace);
        continue;
      }
    }
    const bool action = pair.evidence->kind == RelationKind::action;
    if ((pair.right_many && pair.left_many) || (action && pair.right_many && !pair.creates)) {
      const bool engaging = is_in(pair.evidence->verb, engaging_verb);
      if (action && !pair.left_many && !pair.evidence->right_per_left.stated && !engaging) {
        if (!is_in(pair.evidence->verb, browsing_verb))
          many_to_one(design, right, left, "", false, pair.evidence->verb, trace);
        continue;
      }
      add_junction(design, *pair.left, *pair.right, pair.evidence->verb, trace);
    } else if (pair.inside) {
      many_to_one(design, left, right, "", true, pair.evidence->verb, trace);
    } else if (pair.contains || pair.right_many) {
      many_to_one(design, right, left, "", true, pair.evidence->verb, trace);
    } else if (pair.left_many) {
      many_to_one(design, left, right, "", true, pair.evidence->verb, trace);
    } else if (action && pair.evidence->right_per_left.stated &&
               pair.evidence->right_per_left.maximum == 1 && !pair.creates) {
      // "Each clerk works in one office": the clerk refers to it.
      many_to_one(design, left, right, "", pair.evidence->right_per_left.minimum > 0,
                  pair.evidence->verb, trace);
    } else {
      many_to_one(design, right, left, "", false, pair.evidence->verb, trace);
    }
  }
}

}  // namespace relata::english
