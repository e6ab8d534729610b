#include <algorithm>

#include "base/text.h"
#include "design/expansion.h"

namespace relata::design {
namespace {

std::string words(std::string_view name) { return replace_all(snake_case(name), "_", " "); }

std::string with_capital(std::string text) {
  if (!text.empty()) text.replace(0, 1, to_upper(text.substr(0, 1)));
  return text;
}

std::string with_article(const std::string& noun) {
  const bool vowel =
      !noun.empty() && std::string_view("aeio").find(noun.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + noun;
}

std::string list(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 == items.size() ? " and " : ", ";
    text += items[i];
  }
  return text;
}

/// Names of entities, each once, in the order in which they were met.
class Names {
 public:
  void add(const EntityPlan& entity) {
    const std::string name = words(plural_of(entity.entity->name));
    if (std::find(names_.begin(), names_.end(), name) == names_.end()) names_.push_back(name);
  }
  [[nodiscard]] bool empty() const { return names_.empty(); }
  [[nodiscard]] std::string text() const { return list(names_); }

 private:
  std::vector<std::string> names_;
};

/// What an entity that belongs to nothing is, from what refers to it: its kinds, its parts, and
/// what junctions link it with.
std::string standing(const Plan& plan, const EntityPlan& entity) {
  Names kinds;
  Names parts;
  Names linked;
  for (const EntityPlan& other : plan.entities) {
    if (other.entity->kind == EntityKind::audit_log || &other == &entity) continue;
    if (other.entity->subtype_of == entity.entity->name) kinds.add(other);
    const auto here = [&](const Reference& r) { return &plan.entities[r.target] == &entity; };
    const auto& references = other.references;
    const bool junction = std::any_of(references.begin(), references.end(),
                                      [&](const Reference& r) { return r.pair && here(r); });
    for (const Reference& r : references) {
      if (junction && r.pair && !here(r)) linked.add(plan.entities[r.target]);
      if (!junction && here(r) && r.required && !r.role && !r.shares_key) parts.add(other);
    }
  }
  std::string text;
  if (!kinds.empty()) text += ": " + kinds.text();
  if (!parts.empty()) text += "; each can have " + parts.text();
  if (!linked.empty()) text += "; linked with " + linked.text();
  return text;
}

/// What the rows are, from the relationships: "Tasks; each belongs to a project".
std::string description(const Plan& plan, const EntityPlan& entity) {
  std::vector<std::string> linked;
  std::vector<std::string> owners;
  for (const Reference& reference : entity.references) {
    const EntityPlan& target = plan.entities[reference.target];
    const std::string name = words(target.entity->name);
    if (reference.pair) linked.push_back(plural_of(name));
    if (reference.shares_key)
      return "What only " + words(plural_of(entity.entity->name)) + " have beside what every " +
             name + " has";
    if (reference.required && !reference.role && !target.stands_for_others)
      owners.push_back(with_article(name));
  }
  if (entity.entity->kind == EntityKind::audit_log)
    return "Who changed what and when; rows are added by triggers and never change";
  if (entity.membership) return "Which " + list(linked) + " belong together, and in what role";
  if (linked.size() == 2 && linked[0] == linked[1]) return "Links " + linked[0] + " to each other";
  if (linked.size() >= 2) return "Links " + list(linked);
  std::string text = with_capital(words(plural_of(entity.entity->name)));
  if (!owners.empty()) return text + "; each belongs to " + list(owners);
  return text + standing(plan, entity);
}

}  // namespace

void describe_tables(Schema& schema, const Plan& plan) {
  for (Table& table : schema.tables) {
    const EntityPlan* entity = plan.find(table.intent.entity);
    if (entity == nullptr) continue;
    if (!entity->entity->description.empty()) continue;
    const std::string notes = table.comment;
    table.comment = description(plan, *entity);
    if (!notes.empty()) table.comment += ". " + notes;
  }
}

}  // namespace relata::design
