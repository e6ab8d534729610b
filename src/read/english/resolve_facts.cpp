#include <algorithm>

#include "base/text.h"
#include "read/english/concept_name.h"
#include "read/english/field_types.h"
#include "read/english/lexicon.h"
#include "read/english/resolve.h"
#include "read/english/rules.h"

namespace relata::english {

std::string Resolver::column_for(const design::Design& design, const design::Entity& entity,
                                 const std::vector<std::string>& words) const {
  const std::string name = snake_case(join(words, "_"));
  if (design::find_field(entity, name) != nullptr) return name;
  const std::string one = singular_of(name);
  for (const design::Field& field : entity.fields) {
    if (singular_of(field.name) == one) return field.name;
  }
  for (const design::Relationship& relationship : design.relationships) {
    if (relationship.left.entity != entity.name || relationship.right.multiplicity.many()) continue;
    const std::string reference = relationship.right.role.empty()
                                      ? snake_case(relationship.right.entity)
                                      : relationship.right.role;
    if (reference == one) return reference;
  }
  // "due date" for "date", when only one column ends so.
  std::string found;
  for (const design::Field& field : entity.fields) {
    if (!field.name.ends_with("_" + one)) continue;
    if (!found.empty()) return {};
    found = field.name;
  }
  return found;
}

/// Applies what a sentence says about one column; makes the column when its owner is known.
void Resolver::apply_fact(design::Design& design, const FieldFact& fact) {
  design::Entity* owner = nullptr;
  if (!fact.owner.empty()) {
    const Accepted* accepted = entity_for(fact.owner);
    if (accepted != nullptr) owner = design.find(accepted->name);
  }
  if (owner == nullptr) {
    for (design::Entity& entity : design.entities) {
      if (column_for(design, entity, fact.words).empty()) continue;
      if (owner != nullptr) return;
      owner = &entity;
    }
  }
  if (owner == nullptr) return;
  std::string name = column_for(design, *owner, fact.words);
  if (name.empty()) {
    if (!is_attribute_head(fact.words.back())) return;
    design::Field fresh;
    fresh.name = snake_case(join(fact.words, "_"));
    fresh.type = type_of(fact.words);
    fresh.origin = origin(fact.trace);
    name = fresh.name;
    if (name.empty() || name == "id") return;
    owner->fields.push_back(std::move(fresh));
  }
  const auto found = std::find_if(owner->fields.begin(), owner->fields.end(),
                                  [&](const design::Field& field) { return field.name == name; });
  const bool column = found != owner->fields.end();
  switch (fact.kind) {
    case FieldFact::Kind::values:
      if (!column) return;
      found->type = {};
      found->type.kind = design::FieldKind::enumeration;
      found->type.values = fact.values;
      found->origin = origin(fact.trace);
      break;
    case FieldFact::Kind::default_value:
      if (!column || fact.values.empty() || fact.values.front().empty()) return;
      found->default_value = found->type.kind == design::FieldKind::enumeration
                                 ? snake_case(fact.values.front())
                                 : fact.values.front();
      found->required = true;
      break;
    case FieldFact::Kind::unique: {
      const Accepted* within = fact.within.empty() ? nullptr : entity_for(fact.within);
      if (within == nullptr) {
        if (column) found->unique = true;
        return;
      }
      design::UniqueKey key;
      key.fields = {snake_case(within->name), name};
      key.origin = origin(fact.trace);
      owner->keys.push_back(std::move(key));
      if (column) found->required = true;
      many_to_one(design, owner->name, within->name, "", true, "belongs to", fact.trace);
      break;
    }
    case FieldFact::Kind::required:
      if (column) found->required = true;
      break;
    case FieldFact::Kind::optional:
      if (column) found->required = false;
      break;
    case FieldFact::Kind::derived:
      if (column) found->derived = fact.text;
      break;
    case FieldFact::Kind::encrypted:
      if (column) found->encrypted = true;
      break;
  }
}

void Resolver::apply_facts(design::Design& design) {
  for (const FieldFact& fact : evidence_.facts) {
    if (!fact.words.empty()) apply_fact(design, fact);
  }
}

/// "Tasks are listed by status within a project": an index over the reference and the column.
void Resolver::apply_wishes(design::Design& design) const {
  for (const WishFact& wish : evidence_.wishes) {
    const Accepted* accepted = entity_for(wish.entity);
    if (accepted == nullptr) continue;
    design::Entity* entity = design.find(accepted->name);
    if (entity == nullptr) continue;
    design::IndexWish index;
    for (const auto& words : wish.words) {
      if (words.empty()) continue;
      const std::string name = column_for(design, *entity, words);
      if (!name.empty() &&
          std::find(index.fields.begin(), index.fields.end(), name) == index.fields.end())
        index.fields.push_back(name);
    }
    if (index.fields.empty()) continue;
    const bool known =
        std::any_of(entity->indexes.begin(), entity->indexes.end(),
                    [&](const design::IndexWish& other) { return other.fields == index.fields; });
    if (known) continue;
    index.origin = origin(wish.trace);
    entity->indexes.push_back(std::move(index));
  }
}

void Resolver::apply_subtypes(design::Design& design) const {
  for (const SubtypeFact& fact : evidence_.subtypes) {
    const Accepted* sub = entity_for(fact.sub);
    const Accepted* super = entity_for(fact.super);
    if (sub == nullptr || super == nullptr || sub == super) continue;
    design::Entity* entity = design.find(sub->name);
    if (entity == nullptr || !entity->subtype_of.empty()) continue;
    // No ring: the supertype must not stand below the subtype.
    bool ring = false;
    const design::Entity* up = design.find(super->name);
    for (int depth = 0; up != nullptr && depth < 16; ++depth) {
      ring = ring || up->name == entity->name;
      up = up->subtype_of.empty() ? nullptr : design.find(up->subtype_of);
    }
    if (!ring) entity->subtype_of = super->name;
  }
}

}  // namespace relata::english
