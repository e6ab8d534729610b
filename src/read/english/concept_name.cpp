#include "read/english/concept_name.h"

#include <algorithm>

#include "base/text.h"
#include "read/english/lexicon.h"
#include "read/english/word_classes.h"

namespace relata::english {
namespace {

using enum WordClass;

bool strippable_record(const std::string& word) {
  return word == "record" || word == "table" || word == "entity" || word == "relationship" ||
         word == "class" || word == "object";
}

bool informational_word(const std::string& word) {
  return word == "information" || word == "detail" || word == "data" || word == "info" ||
         word == "particular" || word == "attribute" || word == "profile" || word == "datum";
}

void strip_front(std::vector<std::string>& words) {
  while (words.size() > 1 && is_in(words.front(), empty_adjective)) words.erase(words.begin());
}

/// "recording student": the verb of an imperative or gerund that stood in front of the noun.
void strip_leading_verb(std::vector<std::string>& words) {
  while (words.size() > 1) {
    const std::string& first = words.front();
    const std::string verb = verb_lemma(first);
    const bool gerund = first.ends_with("ing");
    const bool command = first == "record" || first == "store" || first == "save" ||
                         first == "track" || first == "view" || first == "manage" ||
                         first == "display" || first == "provide" || first == "ensure";
    if (verb.empty() || (!gerund && !command)) return;
    const bool works = is_in(verb, recording_verb) || is_in(verb, browsing_verb) ||
                       is_in(verb, creating_verb) || is_in(verb, consequence_verb) ||
                       verb == "associate" || verb == "involve" || verb == "include";
    const bool noun = verb == "monitor" || verb == "print" || verb == "track" || verb == "list" ||
                      verb == "open" || verb == "hold" || verb == "read" || verb == "collect" ||
                      verb == "handle" || verb == "file" || verb == "sign" || verb == "post" ||
                      verb == "write" || verb == "filter" || verb == "rate" || verb == "search";
    if (!works || noun) return;
    words.erase(words.begin());
  }
}

/// Splits words with underscores or joined by hyphens into their parts.
std::vector<std::string> plain_words(const std::vector<std::string>& words) {
  std::vector<std::string> result;
  for (const std::string& word : words) {
    for (const std::string_view part : split(word, '_')) {
      if (!part.empty()) result.emplace_back(part);
    }
  }
  return result;
}

}  // namespace

std::string ConceptName::key() const { return join(words, "_"); }

ConceptName concept_name(const std::vector<std::string>& words) {
  ConceptName name;
  name.words = plain_words(words);
  if (name.words.empty()) return name;
  strip_front(name.words);
  strip_leading_verb(name.words);
  name.words.back() = noun_lemma(name.words.back());
  while (name.words.size() > 1 && informational_word(name.words.back())) {
    name.words.pop_back();
    name.informational = true;
    while (name.words.size() > 1 && is_in(name.words.back(), empty_adjective))
      name.words.pop_back();
    name.words.back() = noun_lemma(name.words.back());
    // "operational data": the adjective tells what kind of data, no thing.
    const LexicalEntry entry = look_up(name.words.back());
    if (entry.adjective > 0 && entry.noun == 0 && entry.verb == 0) {
      name.words.clear();
      return name;
    }
  }
  if (name.words.size() == 1 && informational_word(name.words.back())) {
    name.words.clear();
    name.informational = true;
    return name;
  }
  if (name.words.size() == 1 && is_in(name.words.back(), empty_adjective)) {
    const LexicalEntry entry = look_up(name.words.back());
    if (entry.noun == 0 || name.informational) {
      name.words.clear();
      return name;
    }
  }
  while (name.words.size() > 1 && strippable_record(name.words.back())) {
    std::vector<std::string> shorter(name.words.begin(), name.words.end() - 1);
    const LexicalEntry entry = look_up(shorter.back());
    if (entry.adjective > 0 && entry.noun == 0 && entry.verb == 0) break;
    while (shorter.size() > 1 && is_in(shorter.back(), empty_adjective)) shorter.pop_back();
    shorter.back() = noun_lemma(shorter.back());
    name.words = std::move(shorter);
    name.record = true;
    while (name.words.size() > 1 && informational_word(name.words.back())) name.words.pop_back();
  }
  return name;
}

ConceptName topic_name(const std::vector<std::string>& words) {
  std::vector<std::string> rest = plain_words(words);
  bool stripped = false;
  while (rest.size() > 1 &&
         (is_in(noun_lemma(rest.back()), topic_word) || is_in(rest.back(), topic_word))) {
    rest.pop_back();
    stripped = true;
  }
  // "View teacher information", "Add course": the verb of a function heading.
  while (rest.size() > 1 && look_up(rest.front()).noun == 0 && look_up(rest.front()).verb > 0 &&
         !rest.front().ends_with("ed"))
    rest.erase(rest.begin());
  ConceptName name = concept_name(rest);
  name.informational = name.informational || stripped;
  return name;
}

std::vector<std::string> field_words(const NounPhrase& phrase) {
  std::vector<std::string> words = plain_words(phrase.words);
  while (words.size() > 1 &&
         (words.front() == "unique" || words.front() == "specific" || words.front() == "relevant" ||
          words.front() == "detailed" || words.front() == "basic" || words.front() == "various" ||
          words.front() == "corresponding" || words.front() == "different" ||
          words.front() == "respective" || words.front() == "certain" ||
          words.front() == "optional" || words.front() == "required" ||
          words.front() == "mandatory" || words.front() == "own" || words.front() == "several" ||
          words.front() == "associated" || words.front() == "related"))
    words.erase(words.begin());
  if (!phrase.of.empty() && phrase.of_word != "about" && !phrase.of.front().pronoun) {
    const NounPhrase& of = phrase.of.front();
    words.push_back(phrase.of_word == "in" ? "in" : "of");
    for (const std::string& word : field_words(of)) words.push_back(word);
    return words;
  }
  return words;
}

}  // namespace relata::english
