#include "read/english/resolve.h"

#include <algorithm>

#include "base/text.h"
#include "read/english/concept_name.h"
#include "read/english/field_types.h"
#include "read/english/lexicon.h"
#include "read/english/rules.h"
#include "read/english/salience.h"
#include "read/english/word_classes.h"

namespace relata::english {
namespace {

using enum WordClass;

bool ends_with(const std::vector<std::string>& words, const std::vector<std::string>& tail) {
  return tail.size() <= words.size() && std::equal(tail.rbegin(), tail.rend(), words.rbegin());
}

/// "hungry", "finalized": a word in front of a noun that tells a quality or a state of it.
bool is_quality(const std::string& word) {
  const LexicalEntry entry = look_up(word);
  return entry.adjective > entry.noun || (word.ends_with("ed") && !verb_lemma(word).empty());
}

}  // namespace

/// What made the group a candidate: a rule, or else being spoken of often.
Trace Resolver::Accepted::trace() const {
  if (!lead->trace.rule.empty()) return lead->trace;
  for (const Concept* part : parts) {
    if (!part->trace.rule.empty()) return part->trace;
  }
  return {"prominent", lead->first};
}

Origin Resolver::origin(const Trace& trace) const {
  const RuleDescription* rule = find_rule(trace.rule);
  return {source_, trace.span, "english/" + std::string(trace.rule),
          rule == nullptr ? 0.5 : rule->confidence};
}

/// Rule 7: "civil engineering project" and "project" are one when no other thing has that head.
void Resolver::merge_variants() {
  // "member" and "membership" mean the workspace member once one was spoken of.
  for (const Concept& candidate : evidence_.concepts) {
    if (!candidate.membership) continue;
    for (const std::string& word : candidate.role_of) {
      const Concept* role = evidence_.find(word);
      if (role != nullptr && role != &candidate) alias_[role->key] = candidate.key;
    }
  }
  // "user account", "user profile": the user, unless it is described by itself.
  for (const Concept& candidate : evidence_.concepts) {
    if (candidate.words.size() < 2 || candidate.words.back() != "account") continue;
    const std::vector<std::string> person(candidate.words.begin(), candidate.words.end() - 1);
    if (evidence_.find(join(person, "_")) != nullptr && look_up(person.back()).person &&
        candidate.fields.size() < 3)
      alias_[candidate.key] = join(person, "_");
  }
  // For each ending, how many longer names with columns of their own have it.
  std::unordered_map<std::string, std::size_t> rivals_of;
  for (const Concept& candidate : evidence_.concepts) {
    if (candidate.fields.size() < 2) continue;
    for (std::size_t cut = 1; cut < candidate.words.size(); ++cut)
      ++rivals_of[join(
          {candidate.words.begin() + static_cast<std::ptrdiff_t>(cut), candidate.words.end()},
          "_")];
  }
  // How often each ending is spoken of with one quality in front.
  std::unordered_map<std::string, int> qualified_mentions;
  for (const Concept& candidate : evidence_.concepts) {
    if (candidate.words.size() < 2 || candidate.fields.size() >= 2) continue;
    if (is_quality(candidate.words.front()))
      qualified_mentions[join({candidate.words.begin() + 1, candidate.words.end()}, "_")] +=
          candidate.salience.mentions;
  }
  for (const Concept& candidate : evidence_.concepts) {
    if (candidate.words.size() < 2 || candidate.words.front() == "parent") continue;
    // "A class teacher, who is a teacher": a role, not a variant.
    if (role_target(candidate.key) != nullptr) continue;
    // Longest proper suffix that is itself a candidate with columns or weight.
    for (std::size_t cut = 1; cut < candidate.words.size(); ++cut) {
      const std::vector<std::string> tail(
          candidate.words.begin() + static_cast<std::ptrdiff_t>(cut), candidate.words.end());
      const Concept* shorter = evidence_.find(join(tail, "_"));
      if (shorter == nullptr || shorter->weight <= 0) continue;
      // Two long variants with columns of their own are two things: order item, menu item.
      const std::size_t rivals = rivals_of[shorter->key];
      // "order item" is no kind of item when there are orders too.
      const std::vector<std::string> front(
          candidate.words.begin(), candidate.words.begin() + static_cast<std::ptrdiff_t>(cut));
      const Concept* modifier = evidence_.find(join(front, "_"));
      const bool compound = modifier != nullptr && modifier->fields.size() >= 2;
      const bool both = candidate.fields.size() >= 2 && shorter->fields.size() >= 2;
      // "hungry customers" among many customers are customers; in a story, "business account"
      // among accounts is a kind of its own, if it is anything.
      const int variants = candidate.salience.mentions;
      const int mentions = shorter->salience.mentions + qualified_mentions[shorter->key];
      if (candidate.fields.size() < 2 && is_quality(candidate.words.front()) &&
          mentions > 2 * variants) {
        alias_[candidate.key] = shorter->key;
        break;
      }
      if (story_ && mentions > variants) break;
      if ((both && compound) || rivals > 1 || (rivals == 1 && candidate.fields.size() < 2)) break;
      // "deleted project", "registered user": the adjective makes no other thing.
      const bool state = std::all_of(front.begin(), front.end(), [](const std::string& word) {
        const LexicalEntry entry = look_up(word);
        return word.ends_with("ed") || (entry.adjective > 0 && entry.noun == 0);
      });
      if (state && candidate.fields.size() < 3) {
        alias_[candidate.key] = shorter->key;
      } else {
        alias_[shorter->key] = candidate.key;
      }
      break;
    }
  }
}

void Resolver::accept() {
  const auto final_key = [&](std::string key) {
    for (int i = 0; i < 4; ++i) {
      const auto it = alias_.find(key);
      if (it == alias_.end()) break;
      key = it->second;
    }
    return key;
  };
  std::vector<std::pair<std::string, Accepted>> groups;
  std::unordered_map<std::string, std::size_t> places;
  for (const Concept& candidate : evidence_.concepts) {
    const std::string key = final_key(candidate.key);
    const auto [it, added] = places.try_emplace(key, groups.size());
    if (added) {
      groups.push_back({key, {}});
      groups.back().second.lead = evidence_.find(key);
    }
    groups[it->second].second.parts.push_back(&candidate);
  }
  std::vector<std::pair<std::string, Accepted>> waiting;
  std::unordered_set<std::string> held;  // what something contains or belongs to
  for (const RelationEvidence& relation : evidence_.relations) {
    if (relation.kind == RelationKind::contains || relation.kind == RelationKind::inside)
      held.insert(relation.right);
  }
  for (auto& [key, group] : groups) {
    double weight = 0;
    std::size_t fields = 0;
    bool counted = false;
    Salience salience;
    for (const Concept* part : group.parts) {
      salience += part->salience;
      weight += part->weight;
      fields += part->fields.size();
      counted = counted || part->counted;
    }
    const std::string head = group.lead->words.back();
    // "A parent category" is a category.
    if (fields == 0 && group.lead->words.size() > 1 && group.lead->words.front() == "parent")
      continue;
    const bool several = story_ && salience.mentions >= 2 &&
                         (salience.plurals + salience.distributives) * 2 >= salience.mentions;
    if (fields < 2 && is_attribute_head(head) && !several) weight -= 0.7;
    if (fields < 3 && is_in(head, abstract_noun)) weight -= 1.5;
    if (is_in(head, system_word) && fields < 2) weight -= 2;
    const bool named_as_kind = salience.plurals + salience.distributives + salience.quantified > 0;
    if (fields == 0 && !counted && !(story_ && named_as_kind && salience.mentions >= 3))
      weight -= 0.4;
    if (look_up(head).person) weight += 0.2;
    if (fields >= 2) weight += 0.3;
    const LexicalEntry entry = look_up(head);
    if (fields < 4 && entry.adjective > 2 * entry.noun && !entry.person) continue;
    // "Prerequisites, which are other courses": a role of the course.
    if (fields == 0 && role_target(group.lead->key) != nullptr) continue;
    if (fields < 3 && is_in(head, never_entity) && group.lead->words.size() == 1 &&
        !is_counted_throughout(salience))
      continue;
    // "The library has many books": the one whose data this is, not one of several.
    const bool one_of_a_kind =
        fields < 2 && !counted && (look_up(head).organization || is_in(head, narrator));
    if (one_of_a_kind) continue;
    // Among things described by lists, a person who only acts uses the system; nobody keeps them.
    const bool only_acts =
        !story_ && listed_ > 2 && fields == 0 && entry.person &&
        std::none_of(group.parts.begin(), group.parts.end(),
                     [&](const Concept* part) { return held.contains(part->key); });
    if (only_acts) continue;
    if (story_) {
      if (fields < 2 && is_in(head, value_carrier)) continue;
      const std::size_t few = salience.mentions >= 4 ? 4 : 2;
      if (fields < few && (entry.category == category::time || is_proper_name(*group.lead)))
        continue;
      weight += prominence(salience);
    } else {
      weight += 0.5 * prominence(salience);
    }
    constexpr double story_threshold = 0.55;
    if (weight < (story_ ? story_threshold : 1.0)) {
      if (counted && weight >= 0.1 && !is_attribute_head(head) && !is_in(head, abstract_noun) &&
          !is_in(head, system_word) && !is_in(head, narrator))
        waiting.push_back({key, group});
      continue;
    }
    group.name = pascal_case(join(group.lead->words, "_"));
    index_[key] = accepted_.size();
    for (const Concept* part : group.parts) index_[part->key] = accepted_.size();
    accepted_.push_back(group);
  }
  if (story_ || listed_ <= 1) accept_neighbours(waiting);
}

/// The candidate that a role noun stands for; null when it is no role.
const Concept* Resolver::role_target(const std::string& role) const {
  for (const RoleFact& fact : evidence_.roles) {
    if (fact.role == role) return evidence_.find(fact.entity);
  }
  return nullptr;
}

/// What contains or makes an entity is an entity: the workspace of a project, the user who creates
/// it.
void Resolver::accept_neighbours(std::vector<std::pair<std::string, Accepted>>& waiting) {
  std::unordered_map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    for (const Concept* part : waiting[i].second.parts) places[part->key] = i;
  }
  for (bool again = true; again;) {
    again = false;
    for (const RelationEvidence& relation : evidence_.relations) {
      const bool creates =
          is_in(relation.verb, creating_verb) && relation.kind == RelationKind::action;
      if (relation.kind != RelationKind::contains && !creates) continue;
      const bool left = entity_for(relation.left) != nullptr;
      const bool right = entity_for(relation.right) != nullptr;
      if (left == right) continue;
      const auto found = places.find(left ? relation.right : relation.left);
      if (found == places.end()) continue;
      Accepted& group = waiting[found->second].second;
      if (group.lead == nullptr) continue;
      if (creates && !left && !look_up(group.lead->words.back()).person) continue;
      group.name = pascal_case(join(group.lead->words, "_"));
      index_[waiting[found->second].first] = accepted_.size();
      for (const Concept* part : group.parts) index_[part->key] = accepted_.size();
      accepted_.push_back(group);
      group.lead = nullptr;
      again = true;
    }
  }
}

/// The person who acts: the user if there is one, else the person that is most often a subject.
void Resolver::choose_actor() {
  const Accepted* best = nullptr;
  int best_score = 0;
  for (const Accepted& accepted : accepted_) {
    const std::string& head = accepted.lead->words.back();
    if (!look_up(head).person) continue;
    int score = 1;
    for (const Concept* part : accepted.parts) score += std::min(part->mentions, 20);
    if (head == "user" || head == "member") score += 100;
    if (accepted.lead->words.size() == 1) score += 20;
    if (score > best_score) {
      best_score = score;
      best = &accepted;
    }
  }
  actor_ = best;
}

const Resolver::Accepted* Resolver::entity_for(const std::string& key) const {
  const auto it = index_.find(key);
  return it == index_.end() ? nullptr : &accepted_[it->second];
}

/// The only entity whose name ends with these words or whose name these words end with.
const Resolver::Accepted* Resolver::entity_by_head(const std::vector<std::string>& words) const {
  if (const Accepted* exact = entity_for(join(words, "_"))) return exact;
  const Accepted* found = nullptr;
  if (words.empty()) return nullptr;
  const auto candidates = by_head_.find(words.back());
  if (candidates == by_head_.end()) return nullptr;
  for (const std::size_t place : candidates->second) {
    const Accepted& accepted = accepted_[place];
    if (!ends_with(accepted.lead->words, words)) continue;
    if (found != nullptr) return nullptr;
    found = &accepted;
  }
  return found;
}

void Resolver::run(design::Design& design) {
  // A story describes few things by lists; there, what is spoken of often enough is a thing.
  listed_ = static_cast<std::size_t>(
      std::count_if(evidence_.concepts.begin(), evidence_.concepts.end(),
                    [](const Concept& candidate) { return candidate.fields.size() >= 3; }));
  story_ = listed_ * 5 < evidence_.sentences;
  merge_variants();
  accept();
  std::stable_sort(accepted_.begin(), accepted_.end(), [](const Accepted& a, const Accepted& b) {
    return a.lead->first.begin < b.lead->first.begin;
  });
  index_.clear();
  for (std::size_t i = 0; i < accepted_.size(); ++i) {
    for (const Concept* part : accepted_[i].parts) index_[part->key] = i;
    index_[accepted_[i].lead->key] = i;
    by_head_[accepted_[i].lead->words.back()].push_back(i);
    names_.insert(accepted_[i].name);
  }
  for (const Accepted& accepted : accepted_) {
    design::Entity entity;
    entity.name = accepted.name;
    entity.kind = accepted.lead->event ? design::EntityKind::event : design::EntityKind::regular;
    entity.origin = origin(accepted.trace());
    design.entities.push_back(std::move(entity));
  }
  choose_actor();
  for (std::size_t i = 0; i < accepted_.size(); ++i) {
    design::Entity& entity = design.entities[i];
    fill_fields(accepted_[i], entity, design);
    add_participants(accepted_[i], entity, design);
    add_identifiers(accepted_[i], entity);
  }
  relate_roles(design);
  add_relations(design);
  place_pending(design);
  apply_subtypes(design);
  add_agents(design);
  apply_facts(design);
  apply_wishes(design);
}

}  // namespace relata::english
