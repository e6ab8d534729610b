#include <algorithm>
#include <array>

#include "base/text.h"
#include "read/english/attribute.h"
#include "read/english/concept_name.h"
#include "read/english/field_types.h"
#include "read/english/lexicon.h"
#include "read/english/resolve.h"
#include "read/english/rules.h"
#include "read/english/word_classes.h"

namespace relata::english {
namespace {

using enum WordClass;

bool ends_with(const std::vector<std::string>& words, const std::vector<std::string>& tail) {
  return tail.size() <= words.size() && std::equal(tail.rbegin(), tail.rend(), words.rbegin());
}

/// Modifiers that people pair in front of one noun: "start and end date".
bool shares_head(std::string_view word) {
  constexpr std::array<std::string_view, 22> modifiers{
      "first",   "last",    "middle",   "given",  "family", "start",  "end", "begin",
      "minimum", "maximum", "arrival",  "return", "issue",  "expiry", "due", "departure",
      "opening", "closing", "starting", "ending", "home",   "work"};
  return std::find(modifiers.begin(), modifiers.end(), word) != modifiers.end();
}

}  // namespace

void Resolver::add_column(const FieldEvidence& evidence, std::vector<std::string> words,
                          const Accepted& accepted, design::Entity& entity) {
  if (words.empty()) return;
  // "first and last name", "start and end date" are two columns; a lone "first" is a name.
  if (words.size() == 3 && shares_head(words[0]) && shares_head(words[1])) {
    add_column(evidence, {words[0], words[2]}, accepted, entity);
    add_column(evidence, {words[1], words[2]}, accepted, entity);
    return;
  }
  if (words.size() == 1 && (words[0] == "first" || words[0] == "middle" || words[0] == "last"))
    words.emplace_back("name");
  // "name of each user" in User is its name.
  const auto of = std::find(words.begin(), words.end(), "of");
  if (of != words.end() && of != words.begin()) {
    const ConceptName whole = concept_name({of + 1, words.end()});
    if (!whole.words.empty() && entity_for(whole.key()) == &accepted) words.erase(of, words.end());
  }
  // "student name" in Student is its name; "student number" stays what people call it.
  const std::vector<std::string>& own = accepted.lead->words;
  const std::string tail = noun_lemma(words.back());
  // "tasks with due dates": each has one.
  if (evidence.item.phrase.plural && evidence.context != ListContext::attributes &&
      evidence.item.phrase.of.empty() && type_of(words).kind != design::FieldKind::text)
    words.back() = tail;
  if (words.size() > own.size() && std::equal(own.begin(), own.end(), words.begin()) &&
      tail != "number" && tail != "no" && tail != "code" && tail != "id" && tail != "date" &&
      tail != "time")
    words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(own.size()));
  AttributePhrase phrase;
  phrase.words = words;
  if (phrase.words.size() > 6) phrase.words.resize(6);
  if (evidence.item.whether) phrase.words.insert(phrase.words.begin(), "is");
  phrase.remark = evidence.item.remark;
  phrase.owner = accepted.name;
  // "capacity in kilograms"
  for (const Attachment& attachment : evidence.item.attachments) {
    if (attachment.preposition == "in" && attachment.items.size() == 1)
      phrase.unit = attachment.items.front().phrase.words;
  }
  AttributeReading reading = read_attribute(phrase);
  design::Field field = std::move(reading.field);
  if (field.name.empty()) return;
  if (field.name == "id" || field.name == snake_case(accepted.name) + "_id") return;
  field.unique = field.unique || evidence.unique;
  if (evidence.optional) field.required = false;
  if (evidence.required || field.unique) field.required = true;
  for (design::Field& known : entity.fields) {
    if (known.name == field.name || singular_of(known.name) == singular_of(field.name)) {
      known.unique = known.unique || field.unique;
      known.required = known.required || field.unique;
      return;
    }
  }
  field.origin = origin(evidence.trace);
  entity.fields.push_back(std::move(field));
}

/// Rules 18 and 25: a plural that is no value is an entity of its own. A role links its owner with
/// the person who acts, named by the act (assignees: TaskAssignment); a comment belongs to its
/// owner; a label is shared.
bool Resolver::add_plural(const Accepted& accepted, const FieldEvidence& evidence,
                          const design::Entity& entity, design::Design& design) {
  const Item& item = evidence.item;
  if (!item.phrase.plural || item.whether || !item.phrase.of.empty()) return false;
  const bool thing_list =
      evidence.context == ListContext::with ||
      (evidence.context == ListContext::possession && evidence.list_size <= 4) ||
      (item.phrase.quantity.stated && item.phrase.quantity.maximum != 1);
  if (!thing_list) return false;
  ConceptName name = concept_name(evidence.words);
  if (name.words.empty() || name.informational) return false;
  const std::string head = name.words.back();
  for (const RoleFact& fact : evidence_.roles) {
    // "Prerequisites, which are other courses."
    const Accepted* target = fact.role == name.key() ? entity_for(fact.entity) : nullptr;
    if (target == nullptr || entity_for(name.key()) != nullptr) continue;
    link(design, entity.name, target->name, entity.name + pascal_case(name.key()), name.key(),
         {"role-junction", evidence.trace.span}, entity.name);
    return true;
  }
  const bool shared = is_in(head, shared_thing);
  const bool owned = is_in(head, owned_thing);
  if (is_attribute_head(head) && !shared &&
      !(owned && type_of(name.words).kind == design::FieldKind::text))
    return false;
  const Accepted* target = entity_for(name.key());
  if (target == &accepted || is_in(head, never_entity) || is_in(head, abstract_noun)) return false;
  const bool person = look_up(head).may_be_person || head.ends_with("ee");
  if (target == nullptr && evidence.context != ListContext::with && !shared && !owned && !person)
    return false;
  const Trace& trace = evidence.trace;
  const LexicalEntry entry = look_up(head);
  const bool role = entry.may_be_person || head.ends_with("ee");
  if (target == nullptr && role && actor_ != nullptr && actor_ != &accepted) {
    std::string act = nominalize(head);
    if (act.empty()) act = head;
    link(design, entity.name, actor_->name, entity.name + pascal_case(act),
         snake_case(join(name.words, "_")), {"role-junction", trace.span}, entity.name);
    return true;
  }
  const std::string other = target != nullptr ? target->name : pascal_case(join(name.words, "_"));
  if (target == nullptr) {
    const bool made = std::any_of(pending_.begin(), pending_.end(),
                                  [&](const Pending& p) { return p.entity.name == other; });
    if (!made) {
      Pending pending;
      pending.after = entity.name;
      pending.entity.name = other;
      // "addresses: street, city": what each of them has.
      for (const Item& part : item.list) {
        FieldEvidence inner = evidence;
        inner.item = part;
        inner.words = field_words(part.phrase);
        inner.unique = inner.required = inner.optional = false;
        if (item.list.size() >= 2) add_column(inner, inner.words, accepted, pending.entity);
      }
      pending.entity.origin = origin({owned ? "plural-child" : "shared-plural", trace.span});
      pending_.push_back(std::move(pending));
    }
  }
  if (owned) {
    many_to_one(design, other, entity.name, "", true, "has", {"plural-child", trace.span});
    return true;
  }
  if (target != nullptr && !shared && evidence.context != ListContext::with) return false;
  link(design, entity.name, other, entity.name + pascal_case(join(name.words, "_")), "",
       {"shared-plural", trace.span}, other);
  return true;
}

/// Rule 25: a singular role is a reference to the person who acts (manager, reviewer).
bool Resolver::add_role(const Accepted& accepted, const FieldEvidence& evidence,
                        const design::Entity& entity, design::Design& design) {
  const Item& item = evidence.item;
  if (item.phrase.plural || item.whether || !item.list.empty() || evidence.words.empty())
    return false;
  std::vector<std::string> words = evidence.words;
  if (words.size() > 1 && (words.back() == "id" || words.back() == "number")) words.pop_back();
  const std::string head = words.back();
  const Accepted* target = nullptr;
  for (const RoleFact& fact : evidence_.roles) {
    if (fact.role == join(words, "_")) target = entity_for(fact.entity);
  }
  if (target == nullptr) {
    const LexicalEntry entry = look_up(head);
    const bool in_charge = words.size() >= 3 && head == "charge" && words.front() == "person";
    const bool agent =
        entry.person && (head.ends_with("er") || head.ends_with("or") || head.ends_with("ee"));
    if (!in_charge && (!agent || is_in(head, outside_role))) return false;
    if (words.size() > 2 && !in_charge) return false;
    for (const char* person : {"user", "employee", "staff", "staff_member"}) {
      if (target == nullptr) target = entity_for(person);
    }
  }
  if (target == nullptr) return false;
  (void)accepted;
  const bool required = item.phrase.quantity.stated && item.phrase.quantity.minimum > 0;
  many_to_one(design, entity.name, target->name, snake_case(join(words, "_")),
              required || evidence.required, "", {"role-reference", evidence.trace.span});
  return true;
}

/// Whether an item refers to an entity; adds the relationship if so (rules 15, 17, 18, 25).
bool Resolver::add_reference(const Accepted& accepted, const FieldEvidence& evidence,
                             design::Entity& entity, design::Design& design) {
  const ConceptName name = concept_name(evidence.words);
  if (name.words.empty() || evidence.item.whether) return false;
  const std::string head = name.words.back();
  // "A category may have a parent category."
  if (name.words.size() > 1 && name.words.front() == "parent" && !evidence.item.phrase.plural &&
      join({name.words.begin() + 1, name.words.end()}, "_") == accepted.lead->key) {
    many_to_one(design, entity.name, entity.name, join(name.words, "_"), false, "",
                {"other-self", evidence.trace.span});
    return true;
  }
  const bool identifier =
      head == "id" || head == "number" || head == "code" || head == "no" || head == "identifier";
  if (identifier && name.words.size() > 1) {
    const std::vector<std::string> subject(name.words.begin(), name.words.end() - 1);
    if (join(subject, "_") == accepted.lead->key || ends_with(accepted.lead->words, subject))
      return false;  // its own identifier
    const Accepted* target = entity_by_head(subject);
    if (target == nullptr && head == "id") {
      for (std::size_t cut = 1; cut < subject.size() && target == nullptr; ++cut)
        target = entity_for(
            join({subject.begin() + static_cast<std::ptrdiff_t>(cut), subject.end()}, "_"));
    }
    if (target == nullptr || target == &accepted) return false;
    const std::string role = join(subject, "_");
    many_to_one(design, entity.name, target->name,
                role == snake_case(target->name) ? std::string() : role, !evidence.optional, "",
                {"foreign-key", evidence.trace.span});
    return true;
  }
  const Accepted* target = entity_for(name.key());
  if (target == nullptr || target == &accepted) return false;
  const bool several = evidence.item.phrase.plural || (evidence.item.phrase.quantity.stated &&
                                                       evidence.item.phrase.quantity.maximum != 1);
  if (several) {
    many_to_one(design, target->name, entity.name, "", false, "", evidence.trace);
    return true;
  }
  // "Each order has at most one invoice with a number and a date": the invoice is of the order.
  const Quantity& quantity = evidence.item.phrase.quantity;
  if (quantity.stated && quantity.minimum == 0 && quantity.maximum == 1 &&
      !evidence.item.list.empty() && !links_.joined(entity.name, target->name)) {
    design::Relationship relationship;
    relationship.left = {target->name, design::zero_or_one, ""};
    relationship.right = {entity.name, design::exactly_one, ""};
    relationship.label = "belongs to";
    relationship.origin = origin({"entity-item", evidence.trace.span});
    add_relationship(design, std::move(relationship));
    return true;
  }
  many_to_one(design, entity.name, target->name, "", false, "",
              {"entity-item", evidence.trace.span});
  return true;
}

void Resolver::add_field(const Accepted& accepted, const FieldEvidence& evidence,
                         design::Entity& entity, design::Design& design) {
  if (add_plural(accepted, evidence, entity, design)) return;
  if (add_reference(accepted, evidence, entity, design)) return;
  if (add_role(accepted, evidence, entity, design)) return;
  const Item& item = evidence.item;
  const std::string head = item.phrase.words.empty() ? "" : noun_lemma(item.phrase.head());
  const ConceptName name = concept_name(evidence.words);
  if (name.informational && name.words.empty() && item.list.empty()) return;
  const bool composite = !item.list.empty() && item.list_kind != ListKind::such_as &&
                         item.list.size() >= 2 && (name.informational || head == "address");
  if (composite) {
    for (const Item& part : item.list) {
      FieldEvidence inner = evidence;
      inner.item = part;
      inner.words = field_words(part.phrase);
      add_column(inner, inner.words, accepted, entity);
    }
    return;
  }
  add_column(evidence, evidence.words, accepted, entity);
  if (!item.remark.empty()) return;
  if (!item.list.empty() && is_in(head, value_carrier) && !entity.fields.empty()) {
    design::Field& field = entity.fields.back();
    bool simple = true;
    std::vector<std::string> values;
    for (const Item& value : item.list) {
      if (value.phrase.words.empty() || value.phrase.words.size() > 3) simple = false;
      values.push_back(snake_case(join(value.phrase.words, "_")));
    }
    if (simple && values.size() >= 2 && field.origin.span == evidence.trace.span) {
      field.type = {};
      field.type.kind = design::FieldKind::enumeration;
      field.type.values = std::move(values);
    }
  }
}

void Resolver::fill_fields(const Accepted& accepted, design::Entity& entity,
                           design::Design& design) {
  for (const Concept* part : accepted.parts) {
    for (const FieldEvidence& evidence : part->fields)
      add_field(accepted, evidence, entity, design);
  }
}

void Resolver::add_identifiers(const Accepted& accepted, design::Entity& entity) {
  for (const Concept* part : accepted.parts) {
    for (const auto& names : part->identifiers) {
      if (names.size() == 1) continue;  // the column itself is unique
      design::UniqueKey key;
      for (const std::string& name : names) {
        if (design::find_field(entity, name) != nullptr) key.fields.push_back(name);
      }
      if (key.fields.size() > 1) {
        key.origin = origin(part->trace);
        entity.keys.push_back(std::move(key));
      }
    }
  }
}

}  // namespace relata::english
