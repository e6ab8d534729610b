#include <algorithm>

#include "base/text.h"
#include "read/english/field_types.h"
#include "read/english/interpret.h"
#include "read/english/lexicon.h"
#include "read/english/remarks.h"
#include "read/english/rules.h"
#include "read/english/word_classes.h"

namespace relata::english {
namespace {

using enum WordClass;

std::string_view stable_id(std::string_view rule) {
  const RuleDescription* description = find_rule(rule);
  return description == nullptr ? rule : description->id;
}

/// The words of a column that the whole phrase names, without its owner.
std::vector<std::string> column_words(const NounPhrase& phrase) {
  NounPhrase own = phrase;
  own.of.clear();
  std::vector<std::string> words = field_words(own);
  if (!words.empty()) words.back() = noun_lemma(words.back());
  return words;
}

bool tail_says(const std::string& tail, std::string_view word) {
  return (" " + tail + " ").find(" " + std::string(word) + " ") != std::string::npos;
}

}  // namespace

/// The words of the sentence behind the verb of a clause, lower case, up to a subordinate clause.
std::string Interpreter::tail_of(const Clause& current) const {
  std::string tail;
  if (tokens_ == nullptr || !current.verb) return tail;
  // A list of values is short; a sentence may be a megabyte.
  constexpr std::ptrdiff_t longest = 80;
  const auto first = std::partition_point(
      tokens_->begin(), tokens_->end(),
      [&](const Token& token) { return token.span.begin < current.verb->span.end; });
  const auto last = tokens_->end() - first > longest ? first + longest : tokens_->end();
  for (auto at = first; at != last; ++at) {
    const Token& token = *at;
    if (token.lower == "." || token.lower == ";") break;
    if (token.tag == Tag::relative || token.tag == Tag::subordinator) break;
    if (!tail.empty()) tail += ' ';
    tail += token.lower;
  }
  return tail;
}

/// Finds the column that an item speaks of: "the status of a task", "label names", "its email".
bool Interpreter::fill_column(const Item& item, FieldFact& fact) {
  const NounPhrase& phrase = item.phrase;
  if (phrase.pronoun || phrase.words.empty()) return false;
  fact.words = column_words(phrase);
  if (fact.words.empty()) return false;
  std::optional<Reference> owner;
  if (!phrase.possessor.empty()) {
    owner = resolve(phrase.possessor.front());
  } else if (!phrase.of.empty()) {
    owner = resolve(phrase.of.front());
  } else if (phrase.own && last_subject_) {
    owner = last_subject_;
  }
  if (owner && owner->thing()) {
    fact.owner = owner->key();
  } else if (phrase.words.size() > 1) {
    // "label names": the name of a label.
    for (std::size_t cut = phrase.words.size() - 1; cut > 0; --cut) {
      const std::vector<std::string> front(phrase.words.begin(),
                                           phrase.words.begin() + static_cast<std::ptrdiff_t>(cut));
      const ConceptName name = concept_name(front);
      if (!likely_entity(name.key())) continue;
      fact.owner = name.key();
      fact.words.assign(phrase.words.begin() + static_cast<std::ptrdiff_t>(cut),
                        phrase.words.end());
      fact.words.back() = noun_lemma(fact.words.back());
      break;
    }
  }
  if (fact.owner.empty() && last_described_) fact.owner = last_described_->key();
  return true;
}

/// "Status is either a, b or c" (rule 33), "label names are unique within a workspace" (37),
/// "the email is optional", "the default is a".
bool Interpreter::field_fact(const Clause& current) {
  if (current.subject.size() != 1 || current.subject.front().phrase.words.empty()) return false;
  const Item& item = current.subject.front();
  const std::string head = noun_lemma(item.phrase.head());
  const std::string tail = tail_of(current);
  FieldFact fact;
  fact.trace.span = current.span;
  if (head == "default" || (head == "value" && item.phrase.words.front() == "default")) {
    if (last_column_.words.empty() && item.phrase.of.empty()) return false;
    fact = last_column_;
    if (!item.phrase.of.empty()) {
      Item of;
      of.phrase = item.phrase.of.front();
      if (!fill_column(of, fact)) return false;
    }
    fact.kind = FieldFact::Kind::default_value;
    fact.values = {std::string(trim(tail))};
    fact.trace = {stable_id("values"), current.span};
    evidence_.facts.push_back(std::move(fact));
    return true;
  }
  const bool unique = tail_says(tail, "unique");
  const bool optional = tail == "optional";
  const bool mandatory = tail == "mandatory" || tail == "required";
  const bool listed =
      tail.starts_with("either ") || tail.starts_with("one of ") || tail_says(tail, "or");
  if (!unique && !optional && !mandatory && !listed) return false;
  if (!fill_column(item, fact)) return false;
  if (unique) {
    if (!is_attribute_head(fact.words.back()) && fact.owner.empty()) return false;
    fact.kind = FieldFact::Kind::unique;
    fact.trace.rule = stable_id("identified-by");
    for (const Attachment& attachment : current.attachments) {
      const bool within = attachment.preposition == "within" || attachment.preposition == "per" ||
                          attachment.preposition == "in" || attachment.preposition == "for" ||
                          attachment.preposition == "inside" || attachment.preposition == "across";
      if (!within || attachment.items.empty()) continue;
      const Reference scope = resolve(attachment.items.front().phrase);
      if (scope.thing() && attachment.preposition != "across") {
        fact.within = scope.key();
        fact.trace.rule = stable_id("unique-within");
      }
    }
    for (const Item& object : current.objects) {
      for (const Attachment& attachment : object.attachments) {
        if ((attachment.preposition != "within" && attachment.preposition != "per" &&
             attachment.preposition != "in" && attachment.preposition != "for") ||
            attachment.items.empty())
          continue;
        const Reference scope = resolve(attachment.items.front().phrase);
        if (scope.thing()) {
          fact.within = scope.key();
          fact.trace.rule = stable_id("unique-within");
        }
      }
    }
  } else if (optional || mandatory) {
    fact.kind = optional ? FieldFact::Kind::optional : FieldFact::Kind::required;
    fact.trace.rule = stable_id("identified-by");
  } else {
    if (!is_attribute_head(fact.words.back()) && !is_in(fact.words.back(), value_carrier))
      return false;
    fact.values = values_in(tail);
    if (fact.values.empty()) return false;
    fact.kind = FieldFact::Kind::values;
    fact.trace.rule = stable_id("values");
  }
  last_column_ = fact;
  evidence_.facts.push_back(std::move(fact));
  return true;
}

void Interpreter::requiring(const Clause& current, FieldFact::Kind kind) {
  FieldFact fact;
  fact.kind = kind;
  fact.trace = {stable_id("identified-by"), current.span};
  if (fill_column(current.subject.front(), fact)) evidence_.facts.push_back(std::move(fact));
}

/// "The status defaults to new."
void Interpreter::defaulting(const Clause& current) {
  FieldFact fact;
  if (!fill_column(current.subject.front(), fact)) return;
  std::string tail = tail_of(current);
  if (tail.starts_with("to ")) tail.erase(0, 3);
  const std::size_t stop = tail.find_first_of(",");
  fact.kind = FieldFact::Kind::default_value;
  fact.values = {std::string(trim(std::string_view(tail).substr(0, stop)))};
  fact.trace = {stable_id("values"), current.span};
  evidence_.facts.push_back(std::move(fact));
}

/// "A user can be a member of many workspaces": a membership, with the role's name.
bool Interpreter::membership(const Clause& current, const std::vector<Reference>& subjects) {
  if (subjects.empty() || !subjects.front().thing() || current.objects.size() != 1) return false;
  const NounPhrase& role = current.objects.front().phrase;
  if (role.of.empty() || role.words.empty()) return false;
  const std::string noun = noun_lemma(role.head());
  if (!look_up(noun).may_be_person) return false;
  const Reference group = resolve(role.of.front());
  if (!group.thing() || group.name.words.empty()) return false;
  std::vector<std::string> words = group.name.words;
  words.push_back(noun);
  Concept& junction = evidence_.concept_of(words, current.span);
  junction.role_of = {noun, nominalize(noun), noun + "ship"};
  for (const std::string& key : {group.key(), subjects.front().key()}) {
    if (std::find(junction.participants.begin(), junction.participants.end(), key) ==
        junction.participants.end())
      junction.participants.push_back(key);
  }
  junction.membership = true;
  evidence_.support(junction, "role-junction", current.span);
  junction.weight = std::max(junction.weight, 1.5);
  mention(group, "many");
  mention(subjects.front(), "actor");
  return true;
}

/// "A manager is an employee who ..." (rule 39); "an owner, who is a user" names the role's entity.
void Interpreter::subtype(const Clause& current, const std::vector<Reference>& subjects) {
  if (current.objects.size() != 1 || subjects.empty()) return;
  const Item& object = current.objects.front();
  if (!object.phrase.of.empty() || object.phrase.pronoun || object.phrase.definite) return;
  if (!object.phrase.indefinite && !object.phrase.plural) return;
  const Reference super = resolve(object.phrase);
  if (!super.thing() || super.name.words.empty()) return;
  for (const Reference& sub : subjects) {
    if (!sub.thing() || sub.name.words.empty() || sub.key() == super.key()) continue;
    if (current.relative) {
      evidence_.roles.push_back({sub.key(), super.key()});
      continue;
    }
    if (!likely_entity(super.key())) continue;
    if (is_attribute_head(sub.name.words.back()) || is_attribute_head(super.name.words.back()))
      continue;
    evidence_.subtypes.push_back({sub.key(), super.key(), {stable_id("subtype"), current.span}});
    mention(sub, "subtype");
  }
}

/// "..., and by due date": one more way for what was listed before.
void Interpreter::further_wish(const Clause& current) {
  if (!last_wish_) return;
  for (const Attachment& lead : current.leads) {
    if (lead.preposition != "by") continue;
    WishFact fact;
    fact.entity = last_wish_->key();
    for (const Item& item : lead.items) fact.words.push_back(column_words(item.phrase));
    fact.trace = {stable_id("index-wish"), current.span};
    evidence_.wishes.push_back(std::move(fact));
  }
}

/// "Tasks are listed by status within a project, and by due date": an index for each way.
void Interpreter::wish(const Clause& current, const std::vector<Reference>& subjects) {
  std::vector<Reference> targets;
  if (current.verb->passive) targets = subjects;
  for (const Item& item : current.objects) targets.push_back(resolve(item.phrase));
  if (targets.empty() || !targets.front().thing() || targets.front().name.words.empty()) return;
  last_wish_ = targets.front();
  std::vector<std::vector<std::string>> scope;
  std::vector<std::vector<std::vector<std::string>>> ways;
  const auto read = [&](const Attachment& attachment, const auto& self) -> void {
    const bool by = attachment.preposition == "by";
    const bool within = attachment.preposition == "within" || attachment.preposition == "in";
    if (!by && !within) return;
    if (within) {
      for (const Item& item : attachment.items) scope.push_back(column_words(item.phrase));
    } else {
      std::vector<std::vector<std::string>> way;
      for (const Item& item : attachment.items) way.push_back(column_words(item.phrase));
      ways.push_back(std::move(way));
    }
    for (const Item& item : attachment.items) {
      for (const Attachment& inner : item.attachments) self(inner, self);
    }
  };
  for (const Attachment& attachment : current.attachments) read(attachment, read);
  for (const Item& item : current.objects) {
    for (const Attachment& attachment : item.attachments) read(attachment, read);
  }
  for (std::size_t i = 0; i < ways.size(); ++i) {
    WishFact fact;
    fact.entity = targets.front().key();
    if (i == 0) fact.words = scope;
    fact.words.insert(fact.words.end(), ways[i].begin(), ways[i].end());
    fact.trace = {stable_id("index-wish"), current.span};
    evidence_.wishes.push_back(std::move(fact));
  }
}

/// "X is a Y", "X is either A or B", "X is unique".
void Interpreter::being(const Clause& current, const std::vector<Reference>& subjects) {
  if (current.subject.empty()) {
    nested_lists(current.objects);
    existing(current);
    return;
  }
  if (field_fact(current)) return;
  nested_lists(current.objects);
  if (membership(current, subjects)) return;
  if (current.objects.empty()) relating(current, subjects);
  subtype(current, subjects);
  for (const Item& item : current.objects) {
    // "Each building is part of a project."
    if (item.phrase.head() == "part" && !item.phrase.of.empty()) {
      const Reference whole = resolve(item.phrase.of.front());
      for (const Reference& part : subjects)
        relate(part, whole, RelationKind::inside, "belong", "belongs-to", current.span);
    }
  }
  for (const Reference& subject : subjects) {
    if (subject.thing() && !subject.name.words.empty() &&
        !is_attribute_head(subject.name.words.back()))
      mention(subject, "subject");
  }
}

}  // namespace relata::english
