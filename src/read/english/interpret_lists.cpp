#include <algorithm>

#include "base/text.h"
#include "read/english/field_types.h"
#include "read/english/interpret.h"
#include "read/english/lexicon.h"
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
  field.optional = remark_has(item.remark, "optional") || remark_has(item.remark, "nullable") ||
                   remark_has(item.remark, "if any");
  field.required = remark_has(item.remark, "required") || remark_has(item.remark, "mandatory") ||
                   remark_has(item.remark, "not null");
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

/// A list that is recorded, stored or shown: finds whose it is and gives it to them.
void Interpreter::describe(const std::vector<Item>& items, const Clause& current) {
  if (items.empty()) return;
  bool any_inner = false;
  // "customers' personal information, including a, b", "X information (a, b)".
  for (const Item& item : items) {
    if (item.list.empty() || item.list_kind == ListKind::with) continue;
    const ConceptName name = concept_name(item.phrase.words);
    const std::string head = noun_lemma(item.phrase.head());
    const bool sample = item.list_kind == ListKind::such_as && !name.informational;
    if (is_attribute_head(head) && !name.informational) continue;
    if (is_in(head, value_carrier)) continue;
    auto owner = owner_in(item.phrase);
    if (!owner || (!name.informational && !name.words.empty() && item.phrase.of.empty())) {
      Reference own = resolve(item.phrase);
      if (name.informational && name.words.empty() && !own.thing()) {
        owner = owner_of({item}, current);
        if (!owner) owner = line_topic_ ? line_topic_ : topic_;
      } else if (own.thing()) {
        owner = own;
      }
    }
    if (!owner || !owner->thing() || owner->name.words.empty()) continue;
    if (sample && !value_list(item.list)) continue;
    add_fields(owner->name.words, item.list, ListContext::attributes, "information-list");
    mention(*owner, "information-about");
    last_object_ = owner;
    any_inner = true;
  }
  if (any_inner && items.size() == 1) return;
  // One informational phrase without a list: the thing is known of.
  const auto owner = owner_of(items, current);
  const ConceptName first = concept_name(items.front().phrase.words);
  if (items.size() == 1 && items.front().list.empty() && first.informational) {
    const Reference about = owner ? *owner : resolve(items.front().phrase);
    mention(about, "information-about");
    if (about.thing()) last_object_ = about;
    return;
  }
  if (owner) {
    add_fields(owner->name.words, items, ListContext::attributes,
               items.front().phrase.possessor.empty() ? "record-list" : "possessive-list");
    mention(*owner, "information-about");
    last_object_ = owner;
    return;
  }
  if (event_ && value_list(items)) {
    event_fields(items);
    return;
  }
  if (!value_list(items)) {
    for (const Item& item : items) mention(resolve(item.phrase), "information-about");
    nested_lists(items);
    return;
  }
  const auto& topic = line_topic_ ? line_topic_ : topic_;
  if (topic && topic->thing() && !topic->name.words.empty()) {
    add_fields(topic->name.words, items, ListContext::attributes, "topic-list");
    return;
  }
  nested_lists(items);
}

}  // namespace relata::english
