#include <algorithm>

#include "read/english/field_types.h"
#include "read/english/interpret.h"
#include "read/english/lexicon.h"
#include "read/english/word_classes.h"

namespace relata::english {
namespace {

using enum WordClass;

}  // namespace

/// Rule 36: "identified by".
void Interpreter::identifying(const Clause& current, const std::vector<Reference>& subjects) {
  for (const Reference& owner : subjects) {
    if (!owner.thing() || owner.name.words.empty()) continue;
    for (const Attachment& attachment : current.attachments) {
      const std::string& p = attachment.preposition;
      if (p != "by" && p != "with" && p != "using" && p != "through" && p != "via") continue;
      Concept& found = evidence_.concept_of(owner.name.words, owner.span);
      std::vector<std::string> names;
      for (const Item& item : attachment.items) {
        if (item.phrase.pronoun) continue;
        const std::size_t before = found.fields.size();
        add_field(found, item, ListContext::attributes, attachment.items.size(), "identified-by");
        if (found.fields.size() > before) {
          std::string name;
          for (const std::string& word : found.fields.back().words)
            name += (name.empty() ? "" : "_") + word;
          names.push_back(name);
          if (attachment.items.size() == 1) found.fields.back().unique = true;
        }
      }
      if (!names.empty()) {
        found.identifiers.push_back(std::move(names));
        evidence_.support(found, "identified-by", current.span);
      }
    }
  }
}

/// Rule 22: belongs to, is part of, is assigned to, is associated with.
void Interpreter::relating(const Clause& current, const std::vector<Reference>& subjects) {
  const bool inside = is_in(current.verb->lemma, inside_verb);
  for (const Reference& left : subjects) {
    if (!left.thing()) continue;
    for (const Attachment& attachment : current.attachments) {
      const std::string& p = attachment.preposition;
      if (p != "to" && p != "with" && p != "by" && p != "in" && p != "into" && p != "from" &&
          p != "on" && p != "within" && p != "for" && p != "of")
        continue;
      for (const Item& item : attachment.items) {
        const Reference right = resolve(item.phrase);
        if (!names_thing(item)) continue;
        relate(left, right, RelationKind::inside, current.verb->lemma,
               inside ? "belongs-to" : "verb", current.span, current.verb->modality);
        const auto rule = [](const Reference& reference) {
          return reference.quantity.stated && reference.quantity.maximum != 1 ? "many" : "subject";
        };
        mention(left, rule(left));
        mention(right, rule(right));
      }
      nested_lists(attachment.items);
    }
  }
  nested_lists(current.objects);
}

/// Rule 20: a transitive verb between entities.
void Interpreter::acting(const Clause& current, const std::vector<Reference>& subjects) {
  if (described_act(current, subjects)) {
    nested_lists(current.objects);
    return;
  }
  std::vector<Item> objects = current.objects;
  for (const Attachment& attachment : current.attachments) {
    const std::string& p = attachment.preposition;
    if (objects.empty() && (p == "to" || p == "in" || p == "for" || p == "on" || p == "from" ||
                            p == "with" || p == "at"))
      objects.insert(objects.end(), attachment.items.begin(), attachment.items.end());
  }
  for (const Reference& left : subjects) {
    if (!left.thing() || left.name.words.empty()) continue;
    for (const Item& item : objects) {
      const Reference right = resolve(item.phrase);
      if (!names_thing(item)) continue;
      const LexicalEntry entry = look_up(left.name.words.back());
      mention(left, entry.person ? "actor" : "subject");
      mention(right, right.quantity.stated && right.quantity.maximum != 1 ? "many" : "subject");
      relate(left, right, RelationKind::action, current.verb->lemma,
             is_in(current.verb->lemma, creating_verb) ? "creates" : "verb", current.span,
             current.verb->modality);
    }
  }
  std::vector<Item> described;
  for (const Item& item : objects) {
    if (subjects.size() != 1 ||
        !describes_link(item, subjects.front(), resolve(item.phrase), current.verb->lemma))
      described.push_back(item);
  }
  nested_lists(described);
}

/// A when-clause names the event that the main clause records (rule 8).
void Interpreter::note_event(const Clause& current, const std::vector<Reference>& subjects) {
  Event event;
  event.verb = current.verb->lemma;
  event.span = current.span;
  for (const Reference& subject : subjects) {
    if (subject.thing()) event.participants.push_back(subject);
  }
  const auto add = [&](const std::vector<Item>& items) {
    for (const Item& item : items) {
      const Reference object = resolve(item.phrase);
      if (names_thing(item)) event.participants.push_back(object);
    }
  };
  add(current.objects);
  for (const Attachment& attachment : current.attachments) add(attachment.items);
  if (!event_) event_ = std::move(event);
}

}  // namespace relata::english
