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
using design::FieldKind;
using design::Relationship;

Field* NeedApplication::subject_field() {
  std::vector<Target> found = targets(need_->things);
  if (found.empty() || found.back().whole()) {
    const std::vector<Target> named = found;
    found.clear();
    if (need_->things.empty() || named.empty()) {
      found = names_.targets(need_->context, {0, need_->context.size()});
      std::erase_if(found, [](const Target& t) { return t.whole(); });
    }
  }
  std::erase_if(found, [](const Target& t) { return t.whole(); });
  if (found.empty()) return nullptr;
  const Target& target = need_->things.empty() ? found.front() : found.back();
  for (Field& field : design_.find(target.entity)->fields) {
    if (field.name == target.field) return &field;
  }
  return nullptr;
}

void NeedApplication::apply_default() {
  Field* field = subject_field();
  if (field == nullptr) return;
  const std::string& text = need_->values.front();
  const bool plain_number = text.find_first_not_of("0123456789.-") == std::string::npos;
  const std::vector<std::string> stored = stored_values({text});
  if (plain_number) {
    field->default_value = text;
  } else if (!stored.empty()) {
    field->default_value = stored.front();
  }
  if (field->type.kind == FieldKind::boolean)
    field->default_value = text == "yes" || text == "true" ? "true" : "false";
}

void NeedApplication::apply_values() {
  Field* field = subject_field();
  if (field == nullptr) {
    field = new_value_field();
    if (field == nullptr) return;
  }
  const bool open =
      field->type.kind == FieldKind::text || (field->type.kind == FieldKind::enumeration &&
                                              field->type.values.size() < need_->values.size());
  if (!open) return;
  field->type = {};
  field->type.kind = FieldKind::enumeration;
  field->type.values = stored_values(need_->values);
  field->required = true;
}

Field* NeedApplication::new_value_field() {
  const WordRange range = need_->things;
  std::size_t of = range.begin;
  while (of < range.end && need_->words[of].lower != "of" && need_->words[of].lower != "'s") ++of;
  if (of == range.begin || of + 1 >= range.end) return nullptr;
  const bool possessive = need_->words[of].lower == "'s";
  const WordRange owner_range = possessive ? WordRange{range.begin, of} : WordRange{of, range.end};
  const WordRange name_range =
      possessive ? WordRange{of + 1, range.end} : WordRange{range.begin, of};
  const std::vector<Target> owner = targets(owner_range);
  if (owner.size() != 1 || !owner.front().whole()) return nullptr;
  AttributePhrase phrase;
  phrase.owner = owner.front().entity;
  for (std::size_t i = name_range.begin; i < name_range.end; ++i)
    phrase.words.push_back(need_->words[i].lower);
  if (phrase.words.size() > 4) return nullptr;
  Field field = read_attribute(phrase).field;
  if (field.name.empty()) return nullptr;
  field.origin = origin();
  Entity& entity = *design_.find(owner.front().entity);
  entity.fields.push_back(std::move(field));
  return &entity.fields.back();
}

void NeedApplication::apply_derived() {
  Field* field = subject_field();
  if (field == nullptr) field = new_value_field();
  if (field == nullptr) return;
  std::string how = "calculated from";
  for (std::size_t i = need_->value.begin; i < need_->value.end; ++i)
    how += " " + need_->words[i].written;
  field->derived = std::move(how);
  field->required = false;
}

void NeedApplication::apply_polymorphic() {
  std::vector<std::string> arms;
  bool alternative = false;
  for (std::size_t i = need_->within.begin; i < need_->within.end; ++i)
    alternative = alternative || need_->words[i].lower == "or";
  for (const Target& target : targets(need_->within)) {
    if (target.whole() && std::find(arms.begin(), arms.end(), target.entity) == arms.end())
      arms.push_back(target.entity);
  }
  if (!alternative || arms.size() < 2 || arms.size() > 6) return;
  Entity* owner = thing_or_new();
  if (owner == nullptr || !owner->polymorphic.empty()) return;
  if (std::find(arms.begin(), arms.end(), owner->name) != arms.end()) return;
  const std::string name = owner->name;
  // What the sentence seemed to say of each arm alone gives way.
  std::erase_if(design_.relationships, [&](const Relationship& r) {
    const auto arm = [&](const std::string& one) {
      return std::find(arms.begin(), arms.end(), one) != arms.end();
    };
    const bool gives_way = (r.left.entity == name && arm(r.right.entity) && r.right.role.empty()) ||
                           (r.right.entity == name && arm(r.left.entity) && r.left.role.empty());
    if (gives_way) names_.forget(r);
    return gives_way;
  });
  for (const std::string& arm : arms) {
    std::erase_if(design_.find(arm)->fields, [&](const Field& field) {
      const bool gives_way = field.name == snake_case(name);
      if (gives_way) names_.forget(arm, field);
      return gives_way;
    });
  }
  design::PolymorphicReference reference;
  reference.name = "subject";
  reference.targets = std::move(arms);
  reference.origin = origin();
  owner->polymorphic.push_back(std::move(reference));
}

void NeedApplication::apply_subtypes() {
  const std::vector<Target> found = targets(need_->things);
  if (found.size() != 1 || !found.front().whole()) return;
  const std::string super = found.front().entity;
  if (!design_.find(super)->subtype_of.empty()) return;
  for (const std::string& value : need_->values) {
    const std::vector<std::string> words = words_of(to_lower(value));
    if (words.empty() || words.size() > 2) continue;
    const std::string name = singular_of(pascal_case(join(words, "_")));
    if (name == super) continue;
    if (design_.find(name) == nullptr) {
      Entity kind;
      kind.name = name;
      kind.origin = origin();
      design_.entities.push_back(std::move(kind));
    }
    Entity& kind = *design_.find(name);
    if (kind.kind == design::EntityKind::regular && kind.subtype_of.empty())
      kind.subtype_of = super;
  }
}

Entity* NeedApplication::thing_or_new() {
  const std::vector<Target> found = targets(need_->things);
  if (!found.empty() && found.front().whole()) return design_.find(found.front().entity);
  std::vector<std::string> words;
  for (std::size_t i = need_->things.begin; i < need_->things.end; ++i) {
    const std::string& word = need_->words[i].lower;
    if (word != "a" && word != "an" && word != "the" && word != "each" && word != "every" &&
        word != "all" && word != "many" && word != "several")
      words.push_back(word);
  }
  const std::size_t colon = need_->within.end;
  if (words.empty() || words.size() > 2 || colon >= need_->words.size() ||
      need_->words[colon].lower != ":")
    return nullptr;
  Entity entity;
  entity.name = singular_of(pascal_case(join(words, "_")));
  if (design_.find(entity.name) != nullptr) return nullptr;
  entity.origin = origin();
  AttributePhrase phrase;
  phrase.owner = entity.name;
  const auto finish = [&] {
    Field field = read_attribute(phrase).field;
    phrase.words.clear();
    if (field.name.empty() || design::find_field(entity, field.name) != nullptr) return;
    field.origin = origin();
    entity.fields.push_back(std::move(field));
  };
  for (std::size_t i = colon + 1; i < need_->words.size(); ++i) {
    const std::string& word = need_->words[i].lower;
    if (word == "," || word == "and" || word == ".") {
      if (!phrase.words.empty()) finish();
    } else {
      phrase.words.push_back(word);
    }
  }
  if (!phrase.words.empty()) finish();
  design_.entities.push_back(std::move(entity));
  return &design_.entities.back();
}

void NeedApplication::apply_range() {
  Field* field = subject_field();
  if (field == nullptr) return;
  switch (field->type.kind) {
    case FieldKind::integer:
    case FieldKind::big_integer:
    case FieldKind::decimal:
    case FieldKind::money:
    case FieldKind::percent:
    case FieldKind::floating:
    case FieldKind::duration:
    case FieldKind::year:
      break;
    default:
      return;
  }
  if (need_->minimum) field->minimum = need_->minimum;
  if (need_->maximum) field->maximum = need_->maximum;
}

}  // namespace relata::english
