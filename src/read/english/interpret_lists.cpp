#include <algorithm>

#include "base/text.h"
#include "read/english/attribute.h"
#include "read/english/field_types.h"
#include "read/english/interpret.h"
#include "read/english/lexicon.h"
#include "read/english/remarks.h"
#include "read/english/rules.h"
#include "read/english/word_classes.h"

namespace relata::english {
namespace {

using enum WordClass;

bool remark_has(const std::string& remark, std::string_view word) {
  return remark.find(word) != std::string::npos;
}

/// "etc", "so on", "other details": nothing by itself.
bool empty_item(const Item& item) {
  if (item.whether) return item.phrase.words.empty();
  if (item.phrase.pronoun || item.phrase.words.empty()) return true;
  const std::string lemma = noun_lemma(item.phrase.head());
  for (const std::string& word : item.phrase.words) {
    if (is_in(word, pattern_word)) return true;
  }
  if ((is_in(lemma, never_entity) || is_in(lemma, topic_head)) && item.list.empty() &&
      !has_known_type({lemma}) && lemma != "description" && lemma != "information" &&
      lemma != "detail" && lemma != "data" && lemma != "process" && lemma != "note" &&
      lemma != "key" && lemma != "reference" && lemma != "group" && lemma != "purpose" &&
      lemma != "record")
    return true;
  const std::string& head = item.phrase.words.back();
  if (item.phrase.other && concept_name(item.phrase.words).informational) return true;
  return head == "etc" || head == "so" || head == "others" || head == "more";
}

}  // namespace

/// Gives one item of a list to its owner, with the remarks on it.
void Interpreter::add_field(Concept& owner, const Item& item, ListContext context,
                            std::size_t list_size, std::string_view rule) {
  if (empty_item(item)) return;
  FieldEvidence field;
  field.item = item;
  field.words = item.whether ? item.phrase.words : field_words(item.phrase);
  field.context = context;
  field.list_size = list_size;
  const RuleDescription* description = find_rule(rule);
  field.trace = {description == nullptr ? rule : description->id, item.phrase.span};
  field.unique = (!item.phrase.words.empty() && item.phrase.words.front() == "unique") ||
                 remark_has(item.remark, "unique") || remark_has(item.remark, "primary key");
  const std::string first = item.phrase.words.empty() ? std::string() : item.phrase.words.front();
  const Remark remark = read_remark(item.remark);
  field.unique = field.unique || remark.unique;
  field.optional = remark.optional || first == "optional" || remark_has(item.remark, "if any");
  field.required = remark.required || first == "required" || first == "mandatory" ||
                   remark_has(item.remark, "required");
  if (!field.words.empty()) owner.fields.push_back(std::move(field));
}

void Interpreter::add_fields(const std::vector<std::string>& owner, const std::vector<Item>& items,
                             ListContext context, std::string_view rule) {
  if (owner.empty() || items.empty()) return;
  Concept& found = evidence_.concept_of(owner, items.front().phrase.span);
  const std::size_t before = found.fields.size();
  for (const Item& item : items) add_field(found, item, context, items.size(), rule);
  if (found.fields.size() > before) {
    const Span span{items.front().phrase.span.begin, items.back().phrase.span.end};
    evidence_.support(found, rule, span);
  }
  nested_lists(items);
}

/// Lists inside lists: "customer information (name, phone)" describes the customer as well.
void Interpreter::nested_lists(const std::vector<Item>& items) {
  for (const Item& item : items) {
    if (item.list.empty()) continue;
    const ConceptName name = concept_name(item.phrase.words);
    const bool sample = item.list_kind == ListKind::such_as;
    const std::string head = item.phrase.words.empty() ? "" : noun_lemma(item.phrase.head());
    if (item.list_kind == ListKind::with) {
      const Reference owner = resolve(item.phrase);
      if (owner.thing() && !is_attribute_head(head))
        add_fields(owner.name.words, item.list, ListContext::with, "with-list");
      continue;
    }
    if (sample && !name.informational) continue;
    if (name.informational) {
      const auto owner = owner_in(item.phrase);
      const Reference own = owner ? *owner : resolve(item.phrase);
      if (own.thing())
        add_fields(own.name.words, item.list, ListContext::attributes, "nested-information");
      continue;
    }
    // "items (product, quantity, price)": a list of things with columns of their own.
    if (!is_attribute_head(head) && !is_in(head, value_carrier) && item.list.size() >= 2 &&
        value_list(item.list)) {
      const Reference own = resolve(item.phrase);
      if (own.thing())
        add_fields(own.name.words, item.list, ListContext::attributes, "definition-line");
    }
  }
}

/// "Each time A verbs B, LIST is recorded" (rule 8): the event takes the list.
void Interpreter::event_fields(const std::vector<Item>& items) {
  if (!event_) return;
  // "When a report is generated, ...": the list is the report's own.
  if ((is_in(event_->verb, creating_verb) || is_in(event_->verb, browsing_verb) ||
       is_in(event_->verb, completing_verb)) &&
      !event_->participants.empty()) {
    const Reference& target = event_->participants.back();
    if (!look_up(target.name.words.back()).person || event_->participants.size() == 1) {
      add_fields(target.name.words, items, ListContext::attributes, "event-list");
      return;
    }
  }
  std::string noun = nominalize(event_->verb);
  if (noun.empty()) noun = event_->verb;
  std::vector<std::string> words{noun};
  Concept& found = evidence_.concept_of(words, event_->span);
  found.event = true;
  for (const Reference& participant : event_->participants) {
    if (participant.thing() && !participant.name.words.empty()) {
      const std::string key = participant.key();
      if (std::find(found.participants.begin(), found.participants.end(), key) ==
          found.participants.end())
        found.participants.push_back(key);
    }
  }
  add_fields(words, items, ListContext::event, "event-list");
}

/// Whether an item names a thing rather than a value: by its head, by being counted ("multiple
/// venues"), or because the text describes it elsewhere.
bool Interpreter::names_thing(const Item& item) {
  if (item.whether || item.phrase.words.empty()) return false;
  const Reference reference = resolve(item.phrase);
  if (!reference.thing() || reference.name.words.empty()) return false;
  if (!is_attribute_head(item.phrase.head())) return true;
  if (item.phrase.quantity.stated && item.phrase.quantity.maximum != 1 && item.phrase.plural)
    return true;
  return likely_entity(reference.key());
}

/// "customers' personal information, including a, b", "X information (a, b)": the inner list
/// describes the customer, X.
bool Interpreter::described_by_list(const Item& item, const Clause& current) {
  if (item.list.empty() || item.list_kind == ListKind::with || item.phrase.words.empty())
    return false;
  // "three entities: User (a, b), Order (a, b)": a list of described things.
  std::size_t described = 0;
  for (const Item& inner : item.list) {
    if (inner.list.empty() || inner.list_kind == ListKind::such_as) continue;
    if (described_by_list(inner, current)) ++described;
  }
  if (described > 1) return true;
  const ConceptName name = concept_name(item.phrase.words);
  const std::string head = noun_lemma(item.phrase.head());
  if (!name.informational && (is_attribute_head(head) || is_in(head, value_carrier)) &&
      !likely_entity(name.key()))
    return false;
  if (item.list_kind == ListKind::such_as && !name.informational && !value_list(item.list))
    return false;
  auto owner = owner_in(item.phrase);
  const Reference own = resolve(item.phrase);
  if (!name.words.empty() && own.thing() &&
      (!owner || (!name.informational && item.phrase.of.empty()) || likely_entity(own.key())))
    owner = own;
  if (!owner) owner = owner_of({item}, current);
  if (!owner && name.words.empty() && !current.subject.empty()) {
    // "Users can manage personal information, including a, b".
    const Reference subject = resolve(current.subject.front().phrase);
    if (subject.thing() && !subject.name.words.empty()) owner = subject;
  }
  if (!owner && name.words.empty()) owner = line_topic_ ? line_topic_ : topic_;
  if (!owner && name.words.empty()) owner = last_described_;
  if (!owner || !owner->thing() || owner->name.words.empty()) return false;
  // "the maintenance details of each facility, including a, b": a facility maintenance.
  if (name.informational && !name.words.empty() && owner->key() != name.key() &&
      !is_attribute_head(name.words.back()) && item.list.size() >= 2) {
    const LexicalEntry act = look_up(name.words.back());
    if (act.category == category::act || act.category == category::event ||
        name.words.back().ends_with("ing")) {
      Reference of_owner = *owner;
      Reference thing = *owner;
      thing.name.words.insert(thing.name.words.end(), name.words.begin(), name.words.end());
      add_fields(thing.name.words, item.list, ListContext::attributes, "information-list");
      evidence_.concept_of(thing.name.words, item.phrase.span)
          .participants.push_back(of_owner.key());
      mention(of_owner, "information-about");
      last_object_ = thing;
      last_described_ = thing;
      return true;
    }
  }
  add_fields(owner->name.words, item.list, ListContext::attributes, "information-list");
  mention(*owner, "information-about");
  last_object_ = owner;
  last_described_ = owner;
  return true;
}

/// A list that is recorded, stored or shown: finds whose it is and gives it to them.
void Interpreter::describe(const std::vector<Item>& items, const Clause& current) {
  if (items.empty()) return;
  const auto common = owner_of(items, current);
  std::vector<Item> plain;
  std::vector<std::pair<Reference, std::vector<Item>>> owned;
  for (const Item& item : items) {
    if (described_by_list(item, current)) continue;
    const ConceptName name = concept_name(item.phrase.words);
    const auto own = owner_in(item.phrase);
    const bool contact =
        !name.words.empty() && (name.words.back() == "contact" || name.words.back() == "login" ||
                                is_attribute_head(name.words.back()));
    if (name.informational && item.list.empty() && !contact &&
        (name.words.empty() || !own || likely_entity(name.key()))) {
      const Reference about = own ? *own : resolve(item.phrase);
      mention(about, "information-about");
      if (about.thing()) last_object_ = about;
      continue;
    }
    if (own && !own->name.words.empty()) {
      const auto group = std::find_if(owned.begin(), owned.end(), [&](const auto& known) {
        return known.first.key() == own->key();
      });
      if (group == owned.end()) {
        owned.push_back({*own, {item}});
      } else {
        group->second.push_back(item);
      }
      continue;
    }
    plain.push_back(item);
  }
  if (common && !plain.empty()) {
    const auto group = std::find_if(owned.begin(), owned.end(), [&](const auto& known) {
      return known.first.key() == common->key();
    });
    if (group == owned.end()) {
      owned.push_back({*common, plain});
    } else {
      group->second.insert(group->second.end(), plain.begin(), plain.end());
    }
    plain.clear();
  }
  for (auto& [owner, list] : owned) {
    std::stable_sort(list.begin(), list.end(), [](const Item& a, const Item& b) {
      return a.phrase.span.begin < b.phrase.span.begin;
    });
    // "tracks the extraction and processing of the ore": what is done, no columns.
    const bool columns = std::any_of(list.begin(), list.end(), [&](const Item& item) {
      return item.whether || is_attribute_head(item.phrase.head()) ||
             !item.phrase.possessor.empty() || item.phrase.words.size() > 1;
    });
    const bool activities = std::all_of(list.begin(), list.end(), [&](const Item& item) {
      return item.phrase.plural && !is_attribute_head(item.phrase.head());
    });
    if (activities || (!columns && list.size() < 3)) {
      for (const Item& item : list) mention(resolve(item.phrase), "information-about");
      mention(owner, "information-about");
      if (list.size() == 1 && resolve(list.front().phrase).thing())
        last_object_ = resolve(list.front().phrase);
      continue;
    }
    add_fields(owner.name.words, list, ListContext::attributes,
               list.front().phrase.possessor.empty() ? "record-list" : "possessive-list");
    mention(owner, "information-about");
    last_object_ = owner;
    last_described_ = owner;
  }
  if (plain.empty()) return;
  if (event_ && value_list(plain)) {
    event_fields(plain);
    return;
  }
  if (!value_list(plain)) {
    for (const Item& item : plain) {
      const bool several = item.phrase.quantity.stated && item.phrase.quantity.maximum != 1;
      mention(resolve(item.phrase), several ? "many" : "information-about");
      if (names_thing(item)) last_object_ = resolve(item.phrase);
    }
    nested_lists(plain);
    return;
  }
  const auto& topic = line_topic_ ? line_topic_ : topic_;
  const auto& owner =
      topic && topic->thing() && !topic->name.words.empty() ? topic : last_described_;
  if (owner && owner->thing() && !owner->name.words.empty()) {
    add_fields(owner->name.words, plain, ListContext::attributes, "topic-list");
    last_described_ = owner;
    return;
  }
  nested_lists(plain);
}

}  // namespace relata::english
