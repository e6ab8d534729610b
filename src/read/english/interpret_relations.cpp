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
          p != "on" && p != "within" && p != "for" && p != "of" && p != "at")
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

/// "A department is managed by one doctor": its manager is a doctor. False when it is not said of
/// described things, or the lexicon knows no person who does it.
bool Interpreter::agent(const Clause& current, const std::vector<Reference>& subjects) {
  if (subjects.size() != 1 || !subjects.front().thing() || subjects.front().name.words.empty() ||
      !likely_entity(subjects.front().key()) || !current.objects.empty())
    return false;
  const std::string& verb = current.verb->lemma;
  const std::string role = verb + (verb.ends_with("e") ? "r" : "er");
  if (!look_up(role).person) return false;
  for (const Attachment& attachment : current.attachments) {
    if (attachment.preposition != "by" || attachment.items.size() != 1) continue;
    const Item& item = attachment.items.front();
    const Reference person = resolve(item.phrase);
    if (!person.thing() || person.name.words.empty() || person.plural ||
        !likely_entity(person.key()) || !look_up(person.name.words.back()).person)
      continue;
    mention(subjects.front(), "subject");
    mention(person, "actor");
    relate(subjects.front(), person, RelationKind::reference, verb, "actor-reference", current.span,
           current.verb->modality);
    evidence_.relations.back().role = person.key() == role ? std::string() : role;
    return true;
  }
  return false;
}

/// "Lessons of a section take place ...", "customers write reviews of products": when both are
/// described, one is of the other. A person of something ("the author of a book") is a role.
void Interpreter::belonging_phrase(const NounPhrase& phrase) {
  if (phrase.of.empty() || phrase.of_word != "of" || phrase.pronoun || phrase.words.empty()) return;
  if (!phrase.plural && !phrase.indefinite) return;
  Reference part;
  part.kind = Reference::Kind::thing;
  part.name = concept_name(phrase.words);
  part.plural = phrase.plural;
  part.span = phrase.span;
  Reference whole = resolve(phrase.of.front());
  if (part.name.words.empty() || part.name.informational || !whole.thing() ||
      whole.name.words.empty() || whole.key() == part.key())
    return;
  const std::string& head = part.name.words.back();
  if (look_up(head).may_be_person || is_in(head, partitive) || is_in(head, abstract_noun)) return;
  const auto described = [&](const std::string& key) {
    const Concept* found = earlier_ == nullptr ? nullptr : earlier_->find(key);
    return found != nullptr && found->fields.size() >= 2;
  };
  if (!described(part.key()) || !described(whole.key())) return;
  // Each review is of one product, though all reviews together are of products.
  whole.plural = false;
  whole.quantity = {};
  relate(part, whole, RelationKind::inside, "belong", "belongs-to", phrase.span);
}

/// Rule 20: a transitive verb between entities.
void Interpreter::acting(const Clause& current, const std::vector<Reference>& subjects) {
  for (const Item& item : current.subject) belonging_phrase(item.phrase);
  for (const Item& item : current.objects) belonging_phrase(item.phrase);
  // "Lessons take place in a room": they occur there.
  if (current.verb->lemma == "take" && current.objects.size() == 1 &&
      current.objects.front().phrase.words == std::vector<std::string>{"place"}) {
    Clause occurring = current;
    const std::vector<Attachment>& places = current.objects.front().attachments;
    occurring.objects.clear();
    occurring.attachments.insert(occurring.attachments.begin(), places.begin(), places.end());
    relating(occurring, subjects);
    return;
  }
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
    if (created_with_list(item, current, subjects)) continue;
    if (subjects.size() != 1 ||
        !describes_link(item, subjects.front(), resolve(item.phrase), current.verb->lemma))
      described.push_back(item);
  }
  nested_lists(described);
}

/// "Customers can write reviews of products: a rating, a title and a text": a review has this list,
/// and is of a customer and a product.
bool Interpreter::created_with_list(const Item& item, const Clause& current,
                                    const std::vector<Reference>& subjects) {
  const bool listed = item.list_kind == ListKind::colon || item.list_kind == ListKind::parenthesis;
  if (!listed || item.list.size() < 2 || !value_list(item.list) ||
      !is_in(current.verb->lemma, creating_verb))
    return false;
  const ConceptName name = concept_name(item.phrase.words);
  if (name.words.empty() || name.informational) return false;
  const std::string& head = name.words.back();
  if (is_in(head, value_carrier) || is_in(head, never_entity) || is_in(head, system_word))
    return false;
  std::vector<Reference> participants;
  for (const Reference& subject : subjects) participants.push_back(subject);
  if (!item.phrase.of.empty()) participants.push_back(resolve(item.phrase.of.front()));
  const auto add_places = [&](const std::vector<Attachment>& attachments) {
    for (const Attachment& attachment : attachments) {
      const std::string& p = attachment.preposition;
      if (p != "of" && p != "for" && p != "about" && p != "on" && p != "to" && p != "in") continue;
      for (const Item& place : attachment.items) {
        if (names_thing(place)) participants.push_back(resolve(place.phrase));
      }
    }
  };
  add_places(item.attachments);
  add_places(current.attachments);
  add_fields(name.words, item.list, ListContext::attributes, "definition-line");
  Concept& made = evidence_.concept_of(name.words, item.phrase.span);
  for (const Reference& participant : participants) {
    if (!participant.thing() || participant.name.words.empty()) continue;
    const std::string key = participant.key();
    if (key == made.key || std::find(made.participants.begin(), made.participants.end(), key) !=
                               made.participants.end())
      continue;
    made.participants.push_back(key);
  }
  return true;
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
