#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/text.h"
#include "read/english/attribute.h"
#include "read/english/need_application.h"
#include "read/english/rules.h"

namespace relata::english {

using design::Entity;
using design::Field;
using design::Relationship;

void NeedApplication::add_index(Entity& entity, const std::vector<std::string>& fields) {
  if (fields.empty()) return;
  std::vector<std::string> once;
  for (const std::string& field : fields) {
    if (std::find(once.begin(), once.end(), field) == once.end()) once.push_back(field);
  }
  for (const design::IndexWish& known : entity.indexes) {
    if (known.fields == once) return;
  }
  if (once.size() == 1) {
    const Field* only = design::find_field(entity, once.front());
    if (only != nullptr && only->unique) return;  // its key serves
  }
  design::IndexWish wish;
  wish.fields = std::move(once);
  wish.origin = origin();
  entity.indexes.push_back(std::move(wish));
}

void NeedApplication::apply_index() {
  const std::vector<Target> things = targets(need_->things);
  if (things.empty()) return;
  if (need_->fields.empty()) {
    for (const Target& target : things) index_due_date(*design_.find(target.entity));
    return;
  }
  for (const Target& target : things) {
    if (!target.whole()) continue;
    Entity& entity = *design_.find(target.entity);
    for (std::vector<std::string>& fields : wished_fields(entity.name)) add_index(entity, fields);
  }
}

void NeedApplication::index_due_date(Entity& entity) {
  for (const Field& field : entity.fields) {
    if (field.name == "due_date" || field.name == "deadline" || field.name == "due_at" ||
        field.name == "return_date" || field.name == "expected_return_date") {
      add_index(entity, {field.name});
      return;
    }
  }
}

std::vector<std::vector<std::string>> NeedApplication::wished_fields(
    const std::string& entity) const {
  std::vector<std::vector<std::string>> wishes;
  std::vector<std::string> fields;
  std::vector<std::string> owners;
  std::vector<std::string> phrase;
  bool within = false;
  bool descending = false;
  const auto end_phrase = [&] {
    const std::string field = names_.field_of(entity, phrase);
    phrase.clear();
    if (field.empty()) return;
    if (within) {
      owners.push_back(field);
    } else {
      fields.push_back((descending ? "-" : "") + field);
    }
    descending = false;
  };
  const auto end_wish = [&] {
    end_phrase();
    fields.insert(fields.begin(), owners.begin(), owners.end());
    if (!fields.empty()) wishes.push_back(fields);
    fields.clear();
    owners.clear();
    within = false;
  };
  for (std::size_t i = need_->fields.begin; i < need_->fields.end; ++i) {
    const std::string& word = need_->words[i].lower;
    const bool by = i + 1 < need_->fields.end && need_->words[i + 1].lower == "by";
    if (word == "by" || (by && (word == "and" || word == ","))) {
      end_wish();
    } else if (word == "or") {
      end_wish();
    } else if (word == "and" || word == "," || word == "then") {
      end_phrase();
    } else if (word == "within" || word == "inside" || word == "per" ||
               (word == "in" && i + 1 < need_->fields.end)) {
      end_phrase();
      within = true;
    } else if (word == "descending" || word == "newest" || word == "latest") {
      descending = true;
    } else if (word == "so" || word == "when" || word == "to" || word == "for" || word == "which" ||
               word == "that" || word == "with") {
      break;
    } else {
      phrase.push_back(word);
    }
  }
  end_wish();
  return wishes;
}

void NeedApplication::apply_unique() {
  if (need_->within.empty() && need_->things.empty()) {
    unique_fields();
    return;
  }
  // "No two rooms in the same building share the same number", "labels' names within a workspace"
  const std::vector<Target> owners = targets(scope_of_unique());
  std::vector<Target> fields;
  if (!need_->things.empty()) {
    const std::vector<Target> things = targets(need_->things);
    if (things.empty()) return;
    for (Target& field : targets(need_->fields, things.front().entity)) {
      if (!field.whole() && field.entity == things.front().entity) fields.push_back(field);
    }
  } else {
    fields = nearest_fields(targets(need_->fields));
  }
  if (fields.empty()) return;
  const std::string entity = fields.front().entity;
  std::vector<std::string> key;
  for (const Target& owner : owners) {
    if (owner.entity == entity && !owner.whole()) {
      key.push_back(owner.field);
    } else if (owner.entity != entity) {
      key.push_back(reference_to(entity, owner.entity));
    }
  }
  for (const Target& field : fields) {
    if (field.entity == entity) key.push_back(field.field);
  }
  add_key(*design_.find(entity), key);
}

WordRange NeedApplication::scope_of_unique() const {
  WordRange scope = need_->within;
  const WordRange& fields = need_->fields;
  if (fields.empty() || need_->words[fields.end - 1].lower != "which") return scope;
  for (std::size_t i = scope.begin; i < scope.end; ++i) {
    if (need_->words[i].lower == ",") scope.end = i;
  }
  return scope;
}

std::vector<Target> NeedApplication::nearest_fields(std::vector<Target> found) const {
  std::erase_if(found, [](const Target& t) { return t.whole(); });
  std::vector<Target> result;
  for (std::size_t i = found.size(); i-- > 0;) {
    if (!result.empty() && result.front().begin - found[i].end > 2) break;
    result.insert(result.begin(), found[i]);
    // "a room has a floor and a number, which is unique": only the last.
    break;
  }
  return result;
}

std::string NeedApplication::reference_to(const std::string& from, const std::string& to) {
  for (const Relationship& r : design_.relationships) {
    if (r.left.entity == from && r.right.entity == to && !r.right.multiplicity.many())
      return r.right.role.empty() ? snake_case(to) : r.right.role;
    if (r.right.entity == from && r.left.entity == to && !r.left.multiplicity.many())
      return r.left.role.empty() ? snake_case(to) : r.left.role;
  }
  Relationship link;
  link.left = {from, design::many_optional, ""};
  link.right = {to, design::exactly_one, ""};
  link.origin = origin();
  design_.relationships.push_back(std::move(link));
  return snake_case(to);
}

void NeedApplication::add_key(Entity& entity, const std::vector<std::string>& fields) {
  std::vector<std::string> once;
  for (const std::string& field : fields) {
    if (std::find(once.begin(), once.end(), field) == once.end()) once.push_back(field);
  }
  if (once.size() < 2) return;
  for (const std::string& name : once) {
    // What is unique together is not unique alone.
    for (Field& field : entity.fields) {
      if (field.name != name) continue;
      field.unique = false;
      field.required = true;
    }
  }
  const auto same = [&](const design::UniqueKey& known) {
    std::vector<std::string> a = known.fields;
    std::vector<std::string> b = once;
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return a == b;
  };
  if (std::any_of(entity.keys.begin(), entity.keys.end(), same)) return;
  design::UniqueKey key;
  key.fields = std::move(once);
  key.origin = origin();
  entity.keys.push_back(std::move(key));
}

void NeedApplication::unique_fields() {
  bool combination = false;
  for (std::size_t i = need_->matched.begin; i < need_->matched.end; ++i)
    combination = combination || need_->words[i].lower == "combination";
  const std::vector<Target> found = targets(need_->fields);
  if (combination) {
    std::vector<std::string> key;
    std::string entity;
    for (const Target& target : found) {
      if (target.whole()) continue;
      if (entity.empty()) entity = target.entity;
      if (entity == target.entity) key.push_back(target.field);
    }
    if (!entity.empty()) add_key(*design_.find(entity), key);
    return;
  }
  for (const Target& target : found) {
    if (target.whole()) continue;
    for (Field& field : design_.find(target.entity)->fields) {
      if (field.name == target.field) field.unique = field.required = true;
    }
  }
}

std::map<std::string, std::vector<std::string>> NeedApplication::references_to_each(
    const std::vector<std::string>& named) const {
  std::map<std::string, std::vector<std::string>> keys;
  for (const std::string& other : named) {
    std::set<std::string> seen{other};
    const auto add = [&](const std::string& entity, const std::string& role) {
      if (entity.empty() || !seen.insert(entity).second) return;
      keys[entity].push_back(role.empty() ? snake_case(other) : role);
    };
    for (const Relationship& r : design_.relationships) {
      if (r.left.entity == other) add(r.via, r.left.role);
      if (r.right.entity != other) continue;
      add(r.via, r.right.role);
      if (!r.right.multiplicity.many()) add(r.left.entity, r.right.role);
    }
  }
  return keys;
}

void NeedApplication::apply_unique_pair() {
  std::vector<std::string> named;
  for (const Target& target : targets({need_->matched.begin, need_->matched.end})) {
    if (target.whole() && std::find(named.begin(), named.end(), target.entity) == named.end())
      named.push_back(target.entity);
  }
  if (named.size() < 2) return;
  const std::map<std::string, std::vector<std::string>> keys = references_to_each(named);
  Entity* best = nullptr;
  std::vector<std::string> best_key;
  for (Entity& entity : design_.entities) {
    const auto found = keys.find(entity.name);
    if (found == keys.end() || found->second.size() < 2) continue;
    const std::vector<std::string>& key = found->second;
    const bool is_named = std::find(named.begin(), named.end(), entity.name) != named.end();
    if (key.size() > best_key.size() || (key.size() == best_key.size() && is_named)) {
      best = &entity;
      best_key = key;
    }
  }
  if (best != nullptr) add_key(*best, best_key);
}

}  // namespace relata::english
