#include "read/english/field_types.h"
#include "read/english/interpret.h"
#include "read/english/lexicon.h"
#include "read/english/rules.h"
#include "read/english/salience.h"
#include "read/english/word_classes.h"

namespace relata::english {
namespace {

using enum WordClass;

/// Rule 6: the system that is being described, not a thing that it keeps.
bool is_system(const std::vector<std::string>& words, const NounPhrase& phrase) {
  const std::string head = noun_lemma(words.back());
  if (!is_in(head, system_word)) return false;
  if (phrase.each || (phrase.quantity.stated && phrase.quantity.maximum != 1)) return false;
  if (is_in(head, weak_system_word)) return words.size() == 1 && phrase.definite;
  return true;
}

}  // namespace

/// Rules 6 and 50 to 53: what a noun phrase refers to, given what was spoken of before.
Reference Interpreter::resolve(const NounPhrase& phrase) {
  Reference reference;
  reference.span = phrase.span;
  reference.plural = phrase.plural;
  reference.each = phrase.each;
  reference.other = phrase.other;
  reference.quantity = phrase.quantity;
  if (phrase.pronoun) {
    const std::string& word = phrase.words.empty() ? std::string() : phrase.words.front();
    if (is_in(word, narrator_pronoun)) {
      reference.kind = Reference::Kind::narrator;
      return reference;
    }
    if (is_in(word, personal_pronoun) && last_subject_) return *last_subject_;
    if (word == "each" || word == "one" || word == "ones" || phrase.each) {
      if (last_object_) return *last_object_;
      if (last_subject_) return *last_subject_;
    }
    return reference;
  }
  if (!phrase.words.empty() && (phrase.words.front() == "www" || phrase.words.front() == "http" ||
                                phrase.words.front() == "https"))
    return reference;
  ConceptName name = concept_name(phrase.words);
  // "types of products", "information of each game", "a list of drugs".
  const bool partitive_head =
      !name.words.empty() && name.words.size() == 1 && is_in(name.words.back(), partitive);
  if (!phrase.of.empty() && (name.words.empty() || partitive_head || name.informational)) {
    if (name.words.empty() || partitive_head) {
      Reference inner = resolve(phrase.of.front());
      inner.name.informational = inner.name.informational || name.informational;
      inner.plural = inner.plural || partitive_head;
      inner.span = phrase.span;
      return inner;
    }
  }
  if (name.words.empty()) {
    if (!phrase.possessor.empty()) {
      Reference inner = resolve(phrase.possessor.front());
      inner.name.informational = true;
      inner.span = phrase.span;
      return inner;
    }
    if (phrase.own && last_subject_) {
      Reference inner = *last_subject_;
      inner.name.informational = true;
      return inner;
    }
    return reference;
  }
  if (is_system(name.words, phrase) ||
      (is_in(name.words.back(), topic_head) && !phrase.each && !likely_entity(name.key()) &&
       !counted_throughout(name.key()))) {
    reference.kind = Reference::Kind::system;
    return reference;
  }
  if (is_in(name.words.back(), narrator) && !phrase.plural && !phrase.each &&
      !likely_entity(name.key())) {
    reference.kind = Reference::Kind::narrator;
    reference.name = std::move(name);
    return reference;
  }
  // "the handling of each proposal" is a proposal handling.
  if (!phrase.of.empty() && phrase.of_word == "of" && !name.informational &&
      name.words.size() == 1 && !is_attribute_head(name.words.back()) &&
      look_up(name.words.back()).category == category::act) {
    const Reference inner = resolve(phrase.of.front());
    // "Lessons of a section", where lessons are described by themselves.
    const Concept* known = earlier_ == nullptr ? nullptr : earlier_->find(name.key());
    const bool described = known != nullptr && known->fields.size() >= 2;
    if (inner.thing() && !inner.name.words.empty() && !inner.name.informational && !described &&
        (phrase.of.front().each || likely_entity(inner.key())))
      name.words.insert(name.words.begin(), inner.name.words.begin(), inner.name.words.end());
  }
  if (name.words.size() == 1 && is_in(name.words.back(), never_entity) &&
      !counted_throughout(name.key())) {
    reference.kind = Reference::Kind::system;
    return reference;
  }
  reference.kind = Reference::Kind::thing;
  reference.name = std::move(name);
  return reference;
}

std::vector<Reference> Interpreter::resolve_all(const std::vector<Item>& items) {
  std::vector<Reference> references;
  for (const Item& item : items) references.push_back(resolve(item.phrase));
  return references;
}

/// Whether the first reading found a list of columns for a key, or the key stands for several.
bool Interpreter::likely_entity(const std::string& key) const {
  if (earlier_ == nullptr) return false;
  const Concept* found = earlier_->find(key);
  if (found == nullptr) return false;
  return found->fields.size() >= 2 || found->weight >= 1.0;
}

/// Whether the text counts what a key names ("each section", "two sections") again and again: then
/// even a word that mostly speaks about the text itself names a thing.
bool Interpreter::counted_throughout(const std::string& key) const {
  const Concept* found = earlier_ == nullptr ? nullptr : earlier_->find(key);
  return found != nullptr && is_counted_throughout(found->salience);
}

/// The entity that a noun phrase's possessor or of-phrase names: "each user's name", "the name of
/// each user".
std::optional<Reference> Interpreter::owner_in(const NounPhrase& phrase) {
  if (!phrase.possessor.empty()) {
    Reference owner = resolve(phrase.possessor.front());
    if (owner.thing()) return owner;
    return std::nullopt;
  }
  if (phrase.own && last_subject_ && last_subject_->thing()) return last_subject_;
  // "the person name and address": a name of a person.
  if (phrase.of.empty() && phrase.definite && phrase.words.size() > 1 &&
      is_attribute_head(phrase.head()) && !likely_entity(concept_name(phrase.words).key())) {
    const ConceptName front = concept_name({phrase.words.begin(), phrase.words.end() - 1});
    if (!front.words.empty() && !is_attribute_head(front.words.back()) &&
        likely_entity(front.key())) {
      Reference owner;
      owner.kind = Reference::Kind::thing;
      owner.name = front;
      owner.span = phrase.span;
      return owner;
    }
  }
  if (!phrase.of.empty()) {
    const NounPhrase& of = phrase.of.front();
    const ConceptName name = concept_name(phrase.words);
    Reference owner = resolve(of);
    if (!owner.thing()) return std::nullopt;
    const bool about = phrase.of_word != "of";
    if (of.each || name.informational || about || name.words.empty()) return owner;
    if (!of.possessor.empty()) return owner_in(of);
    if (likely_entity(owner.key()) && (of.definite || of.indefinite || of.plural)) return owner;
  }
  return std::nullopt;
}

/// The entity that a recorded list describes, from the list, then from what stands around it.
std::optional<Reference> Interpreter::owner_of(const std::vector<Item>& items,
                                               const Clause& current) {
  if (items.empty()) return std::nullopt;
  if (const auto owner = owner_in(items.front().phrase)) return owner;
  if (items.size() > 1) {
    if (const auto owner = owner_in(items.back().phrase)) return owner;
  }
  const auto from = [&](const Attachment& attachment) -> std::optional<Reference> {
    const std::string& p = attachment.preposition;
    if (p != "for" && p != "of" && p != "about" && p != "on" && p != "in" && p != "with" &&
        p != "from")
      return std::nullopt;
    if (attachment.items.empty()) return std::nullopt;
    const NounPhrase& phrase = attachment.items.front().phrase;
    const ConceptName name = concept_name(phrase.words);
    if (p == "in" && !name.record && !phrase.each) return std::nullopt;
    if (p == "on" && !phrase.each) return std::nullopt;
    Reference owner = resolve(phrase);
    if (!owner.thing()) return std::nullopt;
    if (phrase.each || name.record || likely_entity(owner.key())) return owner;
    return std::nullopt;
  };
  for (const Attachment& attachment : items.back().attachments) {
    if (const auto owner = from(attachment)) return owner;
  }
  for (const Attachment& attachment : current.attachments) {
    if (const auto owner = from(attachment)) return owner;
  }
  for (const Attachment& lead : current.leads) {
    if (const auto owner = from(lead)) return owner;
  }
  return std::nullopt;
}

/// "a number of pumps" counts pumps where they are things; "a number of seats" is a value.
Item Interpreter::counted(const Item& item) const {
  if (item.phrase.of.empty() || item.phrase.of_word != "of" || item.phrase.definite) return item;
  const std::string& head = item.phrase.head();
  const NounPhrase& of = item.phrase.of.front();
  const bool counts = head == "number" || head == "series" || head == "set" || head == "variety" ||
                      head == "maximum" || head == "minimum";
  // "A maximum number of students" is a column even where students are known.
  const std::string& first = item.phrase.words.front();
  if (head == "number" && (first == "maximum" || first == "minimum" || first == "total" ||
                           first == "average" || first == "expected"))
    return item;
  if (!counts || !of.plural || of.pronoun || is_attribute_head(noun_lemma(of.head()))) return item;
  const ConceptName name = concept_name(of.words);
  const Concept* found = earlier_ == nullptr ? nullptr : earlier_->find(name.key());
  if (found == nullptr || (found->salience.mentions < 2 && found->fields.empty())) return item;
  Item things = item;
  things.phrase = of;
  if (!things.phrase.quantity.stated) things.phrase.quantity.stated = true;
  if (head == "maximum") things.phrase.quantity.minimum = 0;
  return things;
}

/// Whether most items of a list are values rather than things.
bool Interpreter::value_list(const std::vector<Item>& items) const {
  std::size_t values = 0;
  for (const Item& item : items) {
    if (item.whether) {
      ++values;
      continue;
    }
    const ConceptName name = concept_name(item.phrase.words);
    const std::string head = item.phrase.head();
    if (likely_entity(name.key()) && !is_attribute_head(head)) continue;
    if (is_attribute_head(head) || (!item.phrase.plural && !item.phrase.quantity.stated)) ++values;
  }
  return values * 2 > items.size();
}

void Interpreter::mention(const Reference& reference, std::string_view rule) {
  if (!reference.thing() || reference.name.words.empty()) return;
  Concept& found = evidence_.concept_of(reference.name.words, reference.span);
  evidence_.support(found, rule, reference.span);
  if (reference.each || reference.plural || reference.quantity.maximum != 1) {
    if (reference.each || reference.plural ||
        (reference.quantity.stated && reference.quantity.maximum != 1))
      found.counted = true;
  }
  if (reference.name.record) found.recorded = true;
  if (reference.each) evidence_.support(found, "each", reference.span);
}

void Interpreter::relate(const Reference& left, const Reference& right, RelationKind kind,
                         const std::string& verb, std::string_view rule, Span span,
                         Modality modality) {
  if (!left.thing() || !right.thing()) return;
  if (left.name.words.empty() || right.name.words.empty()) return;
  RelationEvidence relation;
  relation.left = left.key();
  relation.right = right.key();
  relation.kind = kind;
  relation.verb = verb;
  relation.right_per_left = right.quantity;
  relation.right_plural = right.plural;
  relation.other = right.other;
  relation.left_each = left.each;
  relation.modality = modality;
  const RuleDescription* description = find_rule(rule);
  relation.trace = {description == nullptr ? rule : description->id, span};
  evidence_.relations.push_back(std::move(relation));
}

}  // namespace relata::english
