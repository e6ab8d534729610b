#include <algorithm>

#include "read/english/field_types.h"
#include "read/english/interpret.h"
#include "read/english/lexicon.h"
#include "read/english/word_classes.h"

namespace relata::english {
namespace {

using enum WordClass;

bool any_thing(const std::vector<Reference>& references) {
  return std::any_of(references.begin(), references.end(),
                     [](const Reference& r) { return r.thing(); });
}

bool is_recording(const std::string& verb) { return is_in(verb, recording_verb); }

bool all_attributes(const std::vector<Item>& items) {
  return std::all_of(items.begin(), items.end(), [](const Item& item) {
    return item.whether || is_attribute_head(item.phrase.head());
  });
}

/// A single attribute rather than a thing: "the email of a user".
bool names_column(const Item& item) {
  return item.list.empty() && !item.phrase.pronoun && is_attribute_head(item.phrase.head());
}

}  // namespace

bool is_having(const std::string& verb) { return is_in(verb, having_verb); }

void Interpreter::clause(const Clause& original) {
  Clause current = original;
  for (Item& item : current.objects) item = counted(item);
  for (Attachment& attachment : current.attachments) {
    for (Item& item : attachment.items) item = counted(item);
  }
  // "For workshop management, the system records ..." sets the topic of its list (rule 10).
  for (const Attachment& lead : current.leads) {
    if (lead.items.empty()) continue;
    const NounPhrase& phrase = lead.items.front().phrase;
    if (phrase.words.empty() || phrase.pronoun) continue;
    const std::string& p = lead.preposition;
    const ConceptName name = topic_name(phrase.words);
    if ((p == "for" || p == "in" || p == "regarding" || p == "under") && name.informational &&
        !name.words.empty() && !is_in(name.words.back(), system_word)) {
      Reference topic;
      topic.kind = Reference::Kind::thing;
      topic.name = name;
      topic.span = phrase.span;
      topic_ = topic;
      line_topic_.reset();
    }
    if (p == "for" && phrase.each) mention(resolve(phrase), "each");
  }
  for (const Attachment& lead : current.leads) {
    for (const Item& item : lead.items) {
      if (!item.list.empty()) described_by_list(item, current);
    }
  }
  if (!current.verb) {
    further_wish(current);
    fragment(current);
    return;
  }
  last_wish_.reset();
  // "Store management, which records ...", "the user module records": a topic, not an actor.
  for (const Item& item : current.subject) {
    const NounPhrase& phrase = item.phrase;
    if (phrase.words.size() < 2 || phrase.each || !is_in(noun_lemma(phrase.head()), topic_head))
      continue;
    Reference topic;
    topic.kind = Reference::Kind::thing;
    topic.name = topic_name(phrase.words);
    topic.span = phrase.span;
    if (topic.name.words.empty() || is_in(topic.name.words.back(), system_word)) continue;
    topic_ = topic;
    line_topic_.reset();
  }
  const std::vector<Reference> subjects = resolve_all(current.subject);
  // "You do not need to model the menu": what is left out.
  if (current.verb->negated && !any_thing(subjects) && !subjects.empty()) return;
  const std::string& verb = current.verb->lemma;
  if (!current.relative && current.opening.empty()) {
    for (const Reference& subject : subjects) {
      if (!subject.thing() || subject.name.words.empty()) continue;
      last_subject_ = subject;
      break;
    }
  }
  for (const Item& item : current.subject) {
    if (!item.list.empty()) {
      describe({item}, current);
    }
  }
  if (is_in(verb, looking_verb)) wish(current, subjects);
  if (verb == "default" && !current.subject.empty()) {
    defaulting(current);
  } else if (verb == "require" && current.verb->passive && current.attachments.empty() &&
             current.objects.empty() && current.subject.size() == 1 &&
             names_column(current.subject.front())) {
    requiring(current, FieldFact::Kind::required);
  } else if (!current.opening.empty() && is_in(current.opening, event_subordinator)) {
    note_event(current, subjects);
  } else if (verb == "be" && !current.verb->passive) {
    being(current, subjects);
  } else if (current.verb->passive || current.verb->participle) {
    if (is_in(verb, identifying_verb)) {
      identifying(current, subjects);
    } else if (is_recording(verb) && agent(current, subjects)) {
      // done
    } else if (is_recording(verb) || verb == "require" || verb == "document" || verb == "give" ||
               verb == "know") {
      passive_recording(current, subjects);
    } else if (is_having(verb) || verb == "compose" ||
               (verb == "make" && !current.attachments.empty() &&
                current.attachments.front().preposition != "for") ||
               verb == "characterize" || verb == "characterise" || verb == "describe" ||
               verb == "define") {
      Clause active = current;
      for (const Attachment& attachment : current.attachments) {
        if (attachment.preposition == "by" || attachment.preposition == "of" ||
            attachment.preposition == "with" || attachment.preposition == "through")
          active.objects.insert(active.objects.end(), attachment.items.begin(),
                                attachment.items.end());
      }
      having(active, subjects);
    } else {
      relating(current, subjects);
    }
  } else {
    const bool system_subject = subjects.empty() || !any_thing(subjects);
    if (!system_subject && supplies(current, subjects)) {
      // done
    } else if (system_subject &&
               (is_recording(verb) || is_having(verb) || is_in(verb, browsing_verb))) {
      recording(current, subjects);
    } else if (is_in(verb, inside_verb)) {
      relating(current, subjects);
    } else if (is_having(verb) && any_thing(subjects)) {
      having(current, subjects);
    } else if (is_recording(verb) || is_in(verb, browsing_verb)) {
      recording(current, subjects);
    } else {
      acting(current, subjects);
    }
  }
  // What pronouns mean from here on.
  for (const Reference& subject : subjects) {
    if (subject.thing() && !subject.name.words.empty() && !current.relative) {
      last_subject_ = subject;
      break;
    }
  }
  // "Tests are run, each with a cost".
  if (current.verb->passive && current.objects.empty() && !current.relative) {
    for (const Reference& subject : subjects) {
      if (subject.thing() && !subject.name.words.empty() && subject.plural) last_object_ = subject;
    }
  }
  if (!is_having(verb) || !all_attributes(current.objects)) {
    for (const Item& item : current.objects) {
      const Reference object = resolve(item.phrase);
      if (names_thing(item)) last_object_ = object;
    }
  }
}

/// "Users must provide a username", "users enter their date of birth": columns of the person.
bool Interpreter::supplies(const Clause& current, const std::vector<Reference>& subjects) {
  if (!is_in(current.verb->lemma, supplying_verb) || current.objects.empty()) return false;
  for (const Reference& subject : subjects) {
    if (!subject.thing() || subject.name.words.empty()) continue;
    if (!look_up(subject.name.words.back()).person) return false;
    const bool values =
        std::all_of(current.objects.begin(), current.objects.end(), [&](const Item& item) {
          return item.list.empty() && is_attribute_head(item.phrase.head()) &&
                 item.phrase.of.empty() + item.phrase.own > 0 && item.phrase.possessor.empty() &&
                 !likely_entity(concept_name(item.phrase.words).key());
        });
    if (!values) return false;
    add_fields(subject.name.words, current.objects, ListContext::attributes, "has-list");
    return true;
  }
  return false;
}

/// No verb: "X (a, b, c)", "X: a, b, c", "each with a, b".
void Interpreter::fragment(const Clause& current) {
  if (current.colon && current.subject.size() == 1 && !current.objects.empty()) {
    const NounPhrase& phrase = current.subject.front().phrase;
    const ConceptName name = topic_name(phrase.words);
    const std::string head = noun_lemma(phrase.head());
    if (name.words.empty() || is_in(head, abstract_noun) ||
        (name.words.size() == 1 && is_in(name.words.back(), never_entity))) {
      // "The following tables:", "Attributes: a, b, c".
      const bool label = is_in(head, information) || head == "column" || name.words.empty();
      if (!label) {
        describe(current.objects, current);
        return;
      }
      const auto& owner = line_topic_    ? line_topic_
                          : topic_       ? topic_
                          : last_object_ ? last_object_
                                         : last_described_;
      if (owner && !owner->name.words.empty() && value_list(current.objects)) {
        add_fields(owner->name.words, current.objects, ListContext::attributes, "definition-line");
      } else {
        nested_lists(current.objects);
      }
      return;
    }
    if (!is_in(name.words.back(), system_word) && value_list(current.objects)) {
      // "Ward management: including basic information of wards (number, level)."
      std::vector<Item> plain;
      for (const Item& item : current.objects) {
        const bool informational = concept_name(item.phrase.words).informational;
        if (!informational || !described_by_list(item, current)) plain.push_back(item);
      }
      if (!plain.empty()) add_fields(name.words, plain, ListContext::attributes, "definition-line");
      return;
    }
    for (const Item& item : current.objects) mention(resolve(item.phrase), "subject");
    nested_lists(current.objects);
    return;
  }
  if (current.colon && current.subject.empty()) {
    nested_lists(current.objects);
    return;
  }
  for (const Item& item : current.subject) {
    if (item.list.empty()) continue;
    const Reference owner = resolve(item.phrase);
    if (!owner.thing() || owner.name.words.empty()) continue;
    if (is_attribute_head(item.phrase.head()) && item.list_kind != ListKind::with &&
        !owner.name.informational && !likely_entity(owner.key()))
      continue;
    if (item.list_kind == ListKind::such_as && !owner.name.informational) continue;
    add_fields(owner.name.words, item.list,
               item.list_kind == ListKind::with ? ListContext::possession : ListContext::attributes,
               item.list_kind == ListKind::with ? "has-list" : "definition-line");
    last_subject_ = owner;
  }
}

/// Rules 11 and 21: X has a, b, c; X has many Y.
void Interpreter::having(const Clause& current, const std::vector<Reference>& subjects) {
  if (current.verb->negated && current.objects.empty()) return;
  std::vector<Item> objects = current.objects;
  if (objects.empty()) {
    for (const Attachment& attachment : current.attachments) {
      if (attachment.preposition == "of" || attachment.preposition == "as")
        objects.insert(objects.end(), attachment.items.begin(), attachment.items.end());
    }
  }
  if (objects.empty()) return;
  for (std::size_t s = 0; s < subjects.size(); ++s) {
    const Reference& owner = subjects[s];
    if (!owner.thing() || owner.name.words.empty()) continue;
    const std::string head = owner.name.words.back();
    if (is_in(head, abstract_noun) && !likely_entity(owner.key())) continue;
    const NounPhrase& phrase = current.subject[s].phrase;
    if (is_in(head, value_carrier) && !likely_entity(owner.key()) && !phrase.each &&
        objects.size() <= 6 && !value_list(objects))
      continue;
    if (owner.name.informational || owner.name.record)
      mention(owner, owner.name.record ? "named-table" : "information-about");
    // "basic information, including a, b": the list inside is the list.
    std::vector<Item> flat;
    for (const Item& item : objects) {
      const ConceptName name = concept_name(item.phrase.words);
      if (name.informational && !item.list.empty() &&
          (name.words.empty() || name.key() == owner.key())) {
        flat.insert(flat.end(), item.list.begin(), item.list.end());
      } else {
        flat.push_back(item);
      }
    }
    const bool many = std::any_of(flat.begin(), flat.end(), [&](const Item& item) {
      return item.phrase.quantity.stated && item.phrase.quantity.maximum != 1;
    });
    // "A bicycle is composed of a frame and two wheels": parts are things.
    const bool composed = (current.verb->lemma == "compose" || current.verb->lemma == "consist") &&
                          std::all_of(flat.begin(), flat.end(), [&](const Item& item) {
                            return item.phrase.indefinite && names_thing(item) && item.list.empty();
                          });
    std::vector<Item> values;
    std::vector<Item> foreign;
    for (const Item& item : flat) {
      // "the restaurant records the name of each dish": somebody else's.
      const ConceptName item_name = concept_name(item.phrase.words);
      if (item_name.informational && !item.list.empty() && !item_name.words.empty() &&
          item_name.key() != owner.key() && !is_attribute_head(item_name.words.back())) {
        // "workers record processing information, including a, b": a thing of its own.
        if (described_by_list(item, current)) {
          Reference thing = owner;
          thing.name = item_name;
          relate(thing, owner, RelationKind::inside, current.verb->lemma, "nested-information",
                 item.phrase.span);
          continue;
        }
      }
      const auto elsewhere = owner_in(item.phrase);
      if (elsewhere && !item.phrase.own && elsewhere->key() != owner.key() &&
          is_recording(current.verb->lemma)) {
        foreign.push_back(item);
        continue;
      }
      const Reference object = resolve(item.phrase);
      const bool thing = names_thing(item);
      if (thing && composed) {
        mention(object, "plural-child");
        relate(owner, object, RelationKind::contains, current.verb->lemma, "contains", current.span,
               current.verb->modality);
        nested_lists({item});
        continue;
      }
      const bool several = item.phrase.quantity.stated && item.phrase.quantity.maximum != 1;
      const bool role = (is_in(noun_lemma(item.phrase.head()), role_noun) ||
                         (several && is_in(noun_lemma(item.phrase.head()), owned_thing))) &&
                        !likely_entity(object.key());
      if (thing && !role &&
          (several || (item.phrase.plural && (flat.size() == 1 || likely_entity(object.key()))))) {
        mention(object, "many");
        mention(owner, "subject");
        relate(owner, object, RelationKind::contains, current.verb->lemma, "contains", current.span,
               current.verb->modality);
        if (!describes_link(item, owner, object, "")) nested_lists({item});
      } else {
        values.push_back(item);
      }
    }
    (void)many;
    if (!foreign.empty()) describe(foreign, current);
    if (!values.empty()) {
      const bool attributes = value_list(values) && values.size() >= 3;
      add_fields(owner.name.words, values,
                 attributes ? ListContext::attributes : ListContext::possession,
                 owner.name.informational ? "information-list" : "has-list");
      if (owner.each) mention(owner, "each");
      last_described_ = owner;
    }
  }
  if (!any_thing(subjects)) describe(objects, current);
}

/// Rule 41: "an order contains products with a quantity and a price" tells of the order's lines,
/// when products have columns of their own elsewhere.
/// "Students enrol in courses with a date and a grade" tells of the enrolments.
bool Interpreter::describes_link(const Item& item, const Reference& owner, const Reference& object,
                                 const std::string& verb) {
  if (item.list_kind != ListKind::with || item.list.empty() || earlier_ == nullptr ||
      !owner.thing() || !object.thing() || owner.name.words.empty() || object.name.words.empty() ||
      owner.key() == object.key())
    return false;
  if (verb.empty() ? !is_in(owner.name.words.back(), document_noun)
                   : !is_in(verb, engaging_verb) || !likely_entity(owner.key()))
    return false;
  const Concept* known = earlier_->find(object.key());
  if (known == nullptr || known->fields.size() < item.list.size() + 1 || !all_attributes(item.list))
    return false;
  std::vector<std::string> words = owner.name.words;
  words.insert(words.end(), object.name.words.begin(), object.name.words.end());
  // An enrolment, but no "junction" of what is joined.
  const std::string act = verb.empty() ? std::string() : nominalize(verb);
  if (!act.empty() && act.starts_with(verb.substr(0, 4))) words = {act};
  Concept& link = evidence_.concept_of(words, item.phrase.span);
  link.weight = std::max(link.weight, 1.5);
  link.participants = {owner.key(), object.key()};
  add_fields(words, item.list, ListContext::attributes, "has-list");
  return true;
}

/// Rules 10, 12, 13: the system records LIST.
void Interpreter::recording(const Clause& current, const std::vector<Reference>& subjects) {
  const bool viewing = is_in(current.verb->lemma, browsing_verb);
  if (current.objects.empty()) {
    for (const Attachment& attachment : current.attachments) describe(attachment.items, current);
    return;
  }
  const bool person_subject =
      std::any_of(subjects.begin(), subjects.end(), [](const Reference& r) { return r.thing(); });
  if (viewing || (person_subject && current.verb->modality == Modality::permission)) {
    // "Users can view products": what is viewed exists; its parts are not listed here.
    for (const Item& item : current.objects) {
      if (!item.list.empty() && concept_name(item.phrase.words).informational)
        describe({item}, current);
      const Reference object = resolve(item.phrase);
      if (object.thing() && !is_attribute_head(item.phrase.head())) mention(object, "subject");
    }
    return;
  }
  if (person_subject && !owner_of(current.objects, current) && value_list(current.objects)) {
    // "The branch needs to record the branch number": the subject is what is described.
    for (const Reference& subject : subjects) {
      if (subject.thing())
        add_fields(subject.name.words, current.objects, ListContext::attributes, "has-list");
    }
    return;
  }
  describe(current.objects, current);
  for (const Attachment& attachment : current.attachments) {
    for (const Item& item : attachment.items) {
      if (!item.list.empty()) describe({item}, current);
    }
  }
}

/// "The name and address of each X must be recorded."
void Interpreter::passive_recording(const Clause& current, const std::vector<Reference>& subjects) {
  (void)subjects;
  if (current.subject.size() == 1 && current.objects.empty() && !current.attachments.empty()) {
    for (const Attachment& attachment : current.attachments) {
      for (const Item& item : attachment.items) {
        if (!item.list.empty()) describe({item}, current);
        const ConceptName name = concept_name(item.phrase.words);
        if (attachment.preposition == "in" && name.record)
          mention(resolve(item.phrase), "named-table");
      }
    }
  }
  std::vector<Item> items = current.subject;
  items.insert(items.end(), current.objects.begin(), current.objects.end());
  if (current.subject.empty()) return;
  const bool described = !current.subject.front().list.empty();
  if (!described) describe(items, current);
}

/// "There are many hotels in the chain."
void Interpreter::existing(const Clause& current) {
  for (const Item& item : current.objects) {
    const Reference object = resolve(item.phrase);
    if (!names_thing(item)) continue;
    mention(object, object.quantity.stated && object.quantity.maximum != 1 ? "many" : "subject");
    std::vector<Attachment> places = item.attachments;
    places.insert(places.end(), current.attachments.begin(), current.attachments.end());
    for (const Attachment& place : places) {
      if (place.preposition != "in" && place.preposition != "on" && place.preposition != "for" &&
          place.preposition != "at" && place.preposition != "per")
        continue;
      for (const Item& whole : place.items) {
        if (names_thing(whole))
          relate(object, resolve(whole.phrase), RelationKind::inside, "be", "belongs-to",
                 current.span);
      }
    }
  }
}

}  // namespace relata::english
