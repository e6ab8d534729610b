#include "read/english/apply_needs.h"

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
namespace {

using design::Design;
using design::Entity;
using design::Field;
using design::Relationship;

std::string_view rule_of(NeedKind kind) {
  switch (kind) {
    case NeedKind::audit:
      return "audit";
    case NeedKind::tenancy:
      return "tenancy";
    case NeedKind::soft_delete:
      return "soft-delete";
    case NeedKind::optimistic_locking:
      return "optimistic-locking";
    case NeedKind::authors:
      return "authors";
    case NeedKind::history:
      return "history";
    case NeedKind::encryption:
      return "encryption";
    case NeedKind::index:
      return "index-wish";
    case NeedKind::unique:
    case NeedKind::unique_pair:
      return "unique-within";
    case NeedKind::default_value:
      return "default";
    case NeedKind::values:
      return "values";
    case NeedKind::derived:
      return "derived";
    case NeedKind::polymorphic:
      return "polymorphic";
    case NeedKind::subtypes:
      return "subtype";
    case NeedKind::range:
      return "range";
  }
  return "";
}

/// Words that mean the whole design: "every change to all records".
bool names_everything(const Need& need) {
  constexpr std::array<std::string_view, 14> words{
      "record", "records", "row",    "rows",     "everything", "data",   "anything",
      "table",  "tables",  "object", "entities", "all",        "entity", "objects"};
  for (std::size_t i = need.things.begin; i < need.things.end; ++i) {
    if (std::find(words.begin(), words.end(), need.words[i].lower) != words.end()) return true;
  }
  return false;
}

}  // namespace

void NeedApplication::apply(const Need& need) {
  need_ = &need;
  names_.update(design_);
  switch (need.kind) {
    case NeedKind::audit:
    case NeedKind::soft_delete:
    case NeedKind::optimistic_locking:
    case NeedKind::authors:
      apply_pattern();
      break;
    case NeedKind::tenancy:
      break;
    case NeedKind::history:
      apply_history();
      break;
    case NeedKind::encryption:
      apply_encryption();
      break;
    case NeedKind::index:
      apply_index();
      break;
    case NeedKind::unique:
      apply_unique();
      break;
    case NeedKind::unique_pair:
      apply_unique_pair();
      break;
    case NeedKind::default_value:
      apply_default();
      break;
    case NeedKind::values:
      apply_values();
      break;
    case NeedKind::derived:
      apply_derived();
      break;
    case NeedKind::polymorphic:
      apply_polymorphic();
      break;
    case NeedKind::subtypes:
      apply_subtypes();
      break;
    case NeedKind::range:
      apply_range();
      break;
  }
}

Origin NeedApplication::origin() const {
  const RuleDescription* rule = find_rule(rule_of(need_->kind));
  return {text_.source, need_->span(), "english/" + std::string(rule_of(need_->kind)),
          rule == nullptr ? 0.75 : rule->confidence};
}

std::vector<Target> NeedApplication::targets(WordRange range, const std::string& owner) const {
  return names_.targets(need_->words, range, owner);
}

void NeedApplication::apply_pattern() {
  std::vector<std::string> entities;
  for (const Target& target : targets(need_->things)) {
    const Entity* entity = design_.find(target.entity);
    if (entity == nullptr || entity->kind == design::EntityKind::audit_log) continue;
    if (std::find(entities.begin(), entities.end(), target.entity) == entities.end())
      entities.push_back(target.entity);
  }
  // "In a log with who made it" speaks of the log.
  if (entities.empty() && need_->kind == NeedKind::authors && !names_everything(*need_)) return;
  // A long list of words that are no entities is a misreading rather than "everything".
  if (entities.empty() && (need_->things.empty() || names_everything(*need_) ||
                           need_->things.end - need_->things.begin <= 3)) {
    design::Patterns& patterns = design_.patterns;
    if (need_->kind == NeedKind::audit) patterns.audit = true;
    if (need_->kind == NeedKind::soft_delete) patterns.soft_delete = true;
    if (need_->kind == NeedKind::optimistic_locking) patterns.version = true;
    if (need_->kind == NeedKind::authors) patterns.authors = true;
  }
  for (const std::string& name : entities) {
    design::EntityPatterns& patterns = design_.find(name)->patterns;
    if (need_->kind == NeedKind::audit) patterns.audit = true;
    if (need_->kind == NeedKind::soft_delete) patterns.soft_delete = true;
    if (need_->kind == NeedKind::optimistic_locking) patterns.version = true;
    if (need_->kind == NeedKind::authors) patterns.authors = true;
  }
  if (need_->kind == NeedKind::audit) add_audit_log();
}

void NeedApplication::add_audit_log() {
  const bool there =
      std::any_of(design_.entities.begin(), design_.entities.end(),
                  [](const Entity& e) { return e.kind == design::EntityKind::audit_log; });
  if (there) return;
  if (Entity* named = design_.find("AuditLog")) {
    named->kind = design::EntityKind::audit_log;
    return;
  }
  Entity log;
  log.name = "AuditLog";
  log.kind = design::EntityKind::audit_log;
  log.origin = origin();
  design_.entities.push_back(std::move(log));
}

void NeedApplication::apply_history() {
  std::vector<Target> found = targets(need_->things);
  link_named_entities(found);
  for (const Target& target : found) {
    design::EntityPatterns& patterns = design_.find(target.entity)->patterns;
    const bool whole_already = patterns.history == true && patterns.history_fields.empty();
    patterns.history = true;
    if (target.whole()) {
      patterns.history_fields.clear();
    } else if (!whole_already &&
               std::find(patterns.history_fields.begin(), patterns.history_fields.end(),
                         target.field) == patterns.history_fields.end()) {
      patterns.history_fields.push_back(target.field);
    }
  }
}

void NeedApplication::link_named_entities(std::vector<Target>& found) {
  for (std::size_t i = 0; i + 1 < found.size(); ++i) {
    const Target& owner = found[i];
    const Target& other = found[i + 1];
    const bool possessive = owner.end + 1 == other.begin && need_->words[owner.end].lower == "'s";
    if (!owner.whole() || !other.whole() || !possessive || owner.entity == other.entity) continue;
    // "Drivers are assigned to vehicles" says the same from the other side.
    const auto same = std::find_if(
        design_.relationships.begin(), design_.relationships.end(), [&](const Relationship& r) {
          return r.left.entity == other.entity && r.right.entity == owner.entity &&
                 r.right.multiplicity == design::zero_or_one && r.right.role.empty();
        });
    const Entity& far = *design_.find(other.entity);
    if (same != design_.relationships.end() && far.keys.empty() && far.indexes.empty()) {
      names_.forget(*same);
      design_.relationships.erase(same);
    }
    Relationship link;
    link.left = {owner.entity, design::many_optional, ""};
    link.right = {other.entity, design::zero_or_one, ""};
    link.label = "has";
    link.origin = origin();
    design_.relationships.push_back(std::move(link));
    Target merged{owner.entity, snake_case(other.entity), owner.begin, other.end};
    found.erase(found.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    found[i] = merged;
  }
}

void NeedApplication::apply_encryption() {
  for (const Target& target : targets(need_->things)) {
    Entity& entity = *design_.find(target.entity);
    for (Field& field : entity.fields) {
      if (target.whole() ? is_sensitive_name(field.name) : field.name == target.field)
        field.encrypted = true;
    }
  }
}

namespace {

/// An index that begins another one is not needed beside it.
void drop_prefixes(Design& design) {
  for (Entity& entity : design.entities) {
    const std::vector<design::IndexWish> all = entity.indexes;
    std::erase_if(entity.indexes, [&](const design::IndexWish& index) {
      return std::any_of(all.begin(), all.end(), [&](const design::IndexWish& other) {
        return other.fields.size() > index.fields.size() &&
               std::equal(index.fields.begin(), index.fields.end(), other.fields.begin());
      });
    });
  }
}

/// A partial index leaves deleted rows out. An index that begins with a reference must hold them
/// all: it also serves the foreign key.
void make_indexes_partial(Design& design) {
  for (Entity& entity : design.entities) {
    if (!entity.patterns.soft_delete.value_or(design.patterns.soft_delete)) continue;
    for (design::IndexWish& index : entity.indexes)
      index.only_active = design::find_field(entity, index.fields.front()) != nullptr;
  }
}

}  // namespace

void apply_needs(Design& design, const NeedsOfText& text) {
  NeedApplication application(design, text);
  for (const Need& need : text.needs) application.apply(need);
  drop_prefixes(design);
  make_indexes_partial(design);
}

}  // namespace relata::english
