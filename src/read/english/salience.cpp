#include "read/english/salience.h"

#include <set>

#include "read/english/concept_name.h"
#include "read/english/lexicon.h"
#include "read/english/word_classes.h"

namespace relata::english {
namespace {

enum class Place { subject, object, oblique, owner };

class Counter {
 public:
  explicit Counter(Evidence& evidence) : evidence_(evidence) {}

  void clause(const Clause& clause) {
    items(clause.subject, Place::subject);
    items(clause.objects, Place::object);
    for (const Attachment& lead : clause.leads) items(lead.items, Place::oblique);
    for (const Attachment& attachment : clause.attachments) items(attachment.items, Place::oblique);
  }

 private:
  void items(const std::vector<Item>& items_of, Place place) {
    for (const Item& item : items_of) {
      if (item.whether) continue;
      phrase(item.phrase, place);
      for (const Attachment& attachment : item.attachments) items(attachment.items, Place::oblique);
      items(item.list, Place::object);
    }
  }

  void phrase(const NounPhrase& noun, Place place) {
    for (const NounPhrase& owner : noun.possessor) phrase(owner, Place::owner);
    for (const NounPhrase& of : noun.of) phrase(of, Place::owner);
    if (noun.pronoun || noun.words.empty() || noun.quoted) return;
    if (!seen_.insert({noun.span.begin, noun.span.end}).second) return;
    const ConceptName name = concept_name(noun.words);
    if (name.words.empty()) return;
    Salience& salience = evidence_.concept_of(name.words, noun.span).salience;
    ++salience.mentions;
    if (place == Place::subject) ++salience.subjects;
    if (place == Place::object) ++salience.objects;
    if (place == Place::owner) ++salience.owners;
    if (noun.plural) ++salience.plurals;
    if (noun.each) ++salience.distributives;
    if (noun.indefinite) ++salience.indefinites;
    if (noun.quantity.stated && noun.quantity.maximum != 1) ++salience.quantified;
    if (noun.capitalized) ++salience.capitals;
  }

  Evidence& evidence_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen_;
};

}  // namespace

void count_salience(const std::vector<Clause>& sentence, Evidence& evidence) {
  Counter counter(evidence);
  for (const Clause& clause : sentence) counter.clause(clause);
}

double prominence(const Salience& salience) {
  double weight = 0;
  if (salience.mentions >= 2) weight += 0.25;
  if (salience.mentions >= 3) weight += 0.2;
  if (salience.mentions >= 5) weight += 0.2;
  if (salience.plurals + salience.indefinites + salience.distributives + salience.quantified > 0)
    weight += 0.1;
  if (salience.subjects > 0 && salience.mentions > salience.subjects) weight += 0.1;
  return weight;
}

bool is_counted_throughout(const Salience& salience) {
  return salience.mentions >= 3 && salience.distributives + salience.quantified > 0 &&
         salience.plurals + salience.indefinites > 0;
}

bool is_proper_name(const Concept& candidate) {
  const Salience& salience = candidate.salience;
  return salience.mentions > 0 && salience.capitals == salience.mentions &&
         salience.indefinites + salience.distributives + salience.quantified == 0 &&
         !look_up(candidate.words.back()).known();
}

}  // namespace relata::english
