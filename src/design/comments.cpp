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

/// What the rows are, from the relationships: "Tasks; each belongs to a project".
std::string description(const Plan& plan, const EntityPlan& entity) {
  std::vector<std::string> linked;
  std::vector<std::string> owners;
  for (const Reference& reference : entity.references) {
    const std::string target = words(plan.entities[reference.target].entity->name);
    if (reference.pair) linked.push_back(plural_of(target));
    if (reference.shares_key)
      return "What only " + words(plural_of(entity.entity->name)) + " have beside what every " +
             target + " has";
    if (reference.required && !reference.role) owners.push_back(with_article(target));
  }
  if (linked.size() >= 2) return "Links " + list(linked);
  if (entity.entity->kind == EntityKind::audit_log)
    return "Who changed what and when; rows are added by triggers and never change";
  std::string text = with_capital(words(plural_of(entity.entity->name)));
  if (!owners.empty()) text += "; each belongs to " + list(owners);
  return text;
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
