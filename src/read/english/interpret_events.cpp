#include <algorithm>

#include "read/english/interpret.h"
#include "read/english/lexicon.h"

namespace relata::english {

/// Rule 9: "A patient visits a doctor at a clinic", where visits are described elsewhere: the visit
/// refers to the patient, the doctor and the clinic. False when no such act is described.
bool Interpreter::described_act(const Clause& current, const std::vector<Reference>& subjects) {
  std::vector<Reference> participants;
  for (const Reference& subject : subjects) {
    if (subject.thing() && !subject.name.words.empty()) participants.push_back(subject);
  }
  if (participants.empty()) return false;
  const auto add = [&](const Item& item) {
    if (names_thing(item)) participants.push_back(resolve(item.phrase));
  };
  const auto add_places = [&](const std::vector<Attachment>& attachments) {
    for (const Attachment& attachment : attachments) {
      if (attachment.preposition == "as" || attachment.preposition == "with") continue;
      for (const Item& item : attachment.items) add(item);
    }
  };
  for (const Item& item : current.objects) {
    add(item);
    add_places(item.attachments);
  }
  add_places(current.attachments);
  // "During an appointment the doctor prescribes drugs": each prescription is of an appointment.
  for (const Attachment& lead : current.leads) {
    if (lead.preposition != "during" && lead.preposition != "at" && lead.preposition != "in")
      continue;
    for (const Item& item : lead.items) {
      if (likely_entity(resolve(item.phrase).key())) add(item);
    }
  }
  if (participants.size() < 2) return false;
  const std::string& verb = current.verb->lemma;
  const std::string stem = verb.ends_with("e") ? verb.substr(0, verb.size() - 1) : verb;
  for (const std::string& act :
       {nominalize(verb), verb, stem + "al", verb + "ment", stem + "ing", stem + "ation"}) {
    if (act.empty() || !likely_entity(act)) continue;
    const bool itself = std::any_of(participants.begin(), participants.end(),
                                    [&](const Reference& r) { return r.key() == act; });
    if (itself) return false;
    Concept& found = evidence_.concept_of({act}, current.span);
    evidence_.support(found, "verb", current.span);
    for (const Reference& participant : participants) {
      const std::string key = participant.key();
      if (std::find(found.participants.begin(), found.participants.end(), key) ==
          found.participants.end())
        found.participants.push_back(key);
    }
    for (std::size_t i = 0; i < participants.size(); ++i) {
      const bool person = look_up(participants[i].name.words.back()).person;
      mention(participants[i], i < subjects.size() && person ? "actor" : "subject");
    }
    return true;
  }
  return false;
}

}  // namespace relata::english
