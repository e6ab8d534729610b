#include "read/english/evidence.h"

#include "base/text.h"
#include "read/english/rules.h"

namespace relata::english {

Salience& Salience::operator+=(const Salience& other) {
  mentions += other.mentions;
  subjects += other.subjects;
  objects += other.objects;
  owners += other.owners;
  plurals += other.plurals;
  distributives += other.distributives;
  indefinites += other.indefinites;
  quantified += other.quantified;
  capitals += other.capitals;
  return *this;
}

Concept& Evidence::concept_of(const std::vector<std::string>& words, Span span) {
  const std::string key = join(words, "_");
  const auto [it, added] = index_.try_emplace(key, concepts.size());
  if (added) {
    Concept fresh;
    fresh.key = key;
    fresh.words = words;
    fresh.first = span;
    concepts.push_back(std::move(fresh));
  }
  return concepts[it->second];
}

const Concept* Evidence::find(const std::string& key) const {
  const auto it = index_.find(key);
  return it == index_.end() ? nullptr : &concepts[it->second];
}

Concept* Evidence::find(const std::string& key) {
  const auto it = index_.find(key);
  return it == index_.end() ? nullptr : &concepts[it->second];
}

void Evidence::support(Concept& target, std::string_view rule, Span span) {
  const RuleDescription* description = find_rule(rule);
  if (description == nullptr) return;
  // One cue said often is still one cue: each repetition counts half of the one before.
  target.weight += description->weight / (1.0 + 0.5 * target.mentions);
  ++target.mentions;
  if (target.trace.rule.empty()) target.trace = {description->id, span};
}

}  // namespace relata::english
