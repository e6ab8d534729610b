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

/// The values in a remark such as "such as received, prepared, or delivered"; empty when the words
/// are no list of short values.
std::vector<std::string> values_in(const std::string& remark) {
  std::string text = remark;
  for (const std::string_view opener :
       {"such as ", "including ", "e.g. ", "i.e. ", "for example ", "either ", "namely ", ": "}) {
    if (text.starts_with(opener)) text.erase(0, opener.size());
  }
  text = replace_all(text, " and ", " , ");
  text = replace_all(text, " or ", " , ");
  text = replace_all(text, " / ", " , ");
  std::vector<std::string> values;
  for (const std::string_view part : split(text, ',')) {
    const std::string value = snake_case(trim(part));
    if (value.empty() || value == "etc") continue;
    if (std::count(value.begin(), value.end(), '_') > 2) return {};
    if (value.find("key") != std::string::npos) return {};
    if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
  }
  return values.size() >= 2 ? values : std::vector<std::string>{};
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
  // "user account", "user profile": the user, unless it is described by itself.
  for (const Concept& candidate : evidence_.concepts) {
    if (candidate.words.size() < 2 || candidate.words.back() != "account") continue;
    const std::vector<std::string> person(candidate.words.begin(), candidate.words.end() - 1);
    if (evidence_.find(join(person, "_")) != nullptr && look_up(person.back()).person &&
        candidate.fields.size() < 3)
      alias_[candidate.key] = join(person, "_");
  }
  std::unordered_map<std::string, std::vector<const Concept*>> by_head;
  for (const Concept& candidate : evidence_.concepts)
    by_head[candidate.words.back()].push_back(&candidate);
  for (const Concept& candidate : evidence_.concepts) {
    if (candidate.words.size() < 2) continue;
    // Longest proper suffix that is itself a candidate with columns or weight.
    for (std::size_t cut = 1; cut < candidate.words.size(); ++cut) {
      const std::vector<std::string> tail(
          candidate.words.begin() + static_cast<std::ptrdiff_t>(cut), candidate.words.end());
      const Concept* shorter = evidence_.find(join(tail, "_"));
      if (shorter == nullptr || shorter->weight <= 0) continue;
      // Two long variants with columns of their own are two things: order item, menu item.
      std::size_t rivals = 0;
      for (const Concept* other : by_head[candidate.words.back()]) {
        if (other->words.size() > tail.size() && ends_with(other->words, tail) &&
            other->fields.size() >= 2)
          ++rivals;
      }
      // "order item" is no kind of item when there are orders too.
      const std::vector<std::string> front(
          candidate.words.begin(), candidate.words.begin() + static_cast<std::ptrdiff_t>(cut));
      const Concept* modifier = evidence_.find(join(front, "_"));
      const bool compound = modifier != nullptr && modifier->fields.size() >= 2;
      const bool both = candidate.fields.size() >= 2 && shorter->fields.size() >= 2;
      // "hungry customers" among many customers are customers; in a story, "business account"
      // among accounts is a kind of its own, if it is anything.
      const int variants = candidate.salience.mentions;
      const int mentions = shorter->salience.mentions;
      if (candidate.fields.size() < 2 && is_quality(candidate.words.front()) &&
          mentions > 2 * variants) {
        alias_[candidate.key] = shorter->key;
        break;
      }
      if (story_ && mentions > variants) break;
      if ((both && compound) || rivals > 1 || (rivals == 1 && candidate.fields.size() < 2)) break;
      alias_[shorter->key] = candidate.key;
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
    if (fields < 2 && is_attribute_head(head)) weight -= 0.7;
    if (fields < 3 && is_in(head, abstract_noun)) weight -= 1.5;
    if (is_in(head, system_word) && fields < 2) weight -= 2;
    if (fields == 0 && !counted) weight -= 0.4;
    if (look_up(head).person) weight += 0.2;
    if (fields >= 2) weight += 0.3;
    const LexicalEntry entry = look_up(head);
    if (fields < 4 && entry.adjective > 2 * entry.noun && !entry.person) continue;
    if (fields < 3 && is_in(head, never_entity) && group.lead->words.size() == 1) continue;
    // "The library has many books": the one whose data this is, not one of several.
    const bool one_of_a_kind =
        fields < 2 && !counted && (look_up(head).organization || is_in(head, narrator));
    if (one_of_a_kind) continue;
    if (story_) {
      if (fields < 3 && is_in(head, value_carrier)) continue;
      if (fields < 2 && (entry.category == category::time || is_proper_name(*group.lead))) continue;
      weight += prominence(salience);
    }
    constexpr double story_threshold = 0.5;
    if (weight < (story_ ? story_threshold : 1.0)) continue;
    group.name = pascal_case(join(group.lead->words, "_"));
    index_[key] = accepted_.size();
    for (const Concept* part : group.parts) index_[part->key] = accepted_.size();
    accepted_.push_back(group);
  }
}

const Resolver::Accepted* Resolver::entity_for(const std::string& key) const {
  const auto it = index_.find(key);
  return it == index_.end() ? nullptr : &accepted_[it->second];
}

/// The only entity whose name ends with these words or whose name these words end with.
const Resolver::Accepted* Resolver::entity_by_head(const std::vector<std::string>& words) const {
  if (const Accepted* exact = entity_for(join(words, "_"))) return exact;
  const Accepted* found = nullptr;
  for (const Accepted& accepted : accepted_) {
    if (!ends_with(accepted.lead->words, words)) continue;
    if (found != nullptr) return nullptr;
    found = &accepted;
  }
  return found;
}

void Resolver::many_to_one(design::Design& design, const std::string& many, const std::string& one,
                           const std::string& role, bool required, const std::string& label,
                           const Trace& trace) const {
  for (const design::Relationship& known : design.relationships) {
    if (known.left.entity == many && known.right.entity == one &&
        (known.right.role == role || role.empty()))
      return;
  }
  design::Relationship relationship;
  relationship.left = {many, design::many_optional, ""};
  relationship.right = {one, required ? design::exactly_one : design::zero_or_one, role};
  relationship.label = label;
  relationship.origin = origin(trace);
  design.relationships.push_back(std::move(relationship));
}

void Resolver::add_column(const FieldEvidence& evidence, std::vector<std::string> words,
                          const Accepted& accepted, design::Entity& entity) {
  if (words.empty()) return;
  // "name of each user" in User is its name.
  const auto of = std::find(words.begin(), words.end(), "of");
  if (of != words.end() && of != words.begin()) {
    const ConceptName whole = concept_name({of + 1, words.end()});
    if (!whole.words.empty() && entity_for(whole.key()) == &accepted) words.erase(of, words.end());
  }
  // "student name" in Student is its name; "student number" stays what people call it.
  const std::vector<std::string>& own = accepted.lead->words;
  const std::string tail = noun_lemma(words.back());
  if (words.size() > own.size() && std::equal(own.begin(), own.end(), words.begin()) &&
      tail != "number" && tail != "no" && tail != "code" && tail != "id")
    words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(own.size()));
  if (evidence.item.whether) words.insert(words.begin(), "is");
  std::vector<std::string> name_words = words;
  if (name_words.size() > 6) name_words.resize(6);
  design::Field field;
  field.name = snake_case(join(name_words, "_"));
  if (field.name.empty()) return;
  if (field.name == "id" || field.name == snake_case(accepted.name) + "_id") return;
  for (design::Field& known : entity.fields) {
    if (known.name == field.name || singular_of(known.name) == singular_of(field.name)) {
      known.unique = known.unique || evidence.unique;
      return;
    }
  }
  field.type = type_of(words);
  field.unique = evidence.unique;
  field.required = evidence.required || evidence.unique;
  field.origin = origin(evidence.trace);
  entity.fields.push_back(std::move(field));
}

/// Whether an item refers to an entity; adds the relationship if so (rules 15, 17, 18, 25).
bool Resolver::add_reference(const Accepted& accepted, const FieldEvidence& evidence,
                             design::Entity& entity, design::Design& design) {
  const ConceptName name = concept_name(evidence.words);
  if (name.words.empty() || evidence.item.whether) return false;
  const std::string head = name.words.back();
  const bool identifier =
      head == "id" || head == "number" || head == "code" || head == "no" || head == "identifier";
  if (identifier && name.words.size() > 1) {
    const std::vector<std::string> subject(name.words.begin(), name.words.end() - 1);
    if (join(subject, "_") == accepted.lead->key || ends_with(accepted.lead->words, subject))
      return false;  // its own identifier
    const Accepted* target = entity_by_head(subject);
    if (target == nullptr && head == "id") {
      for (std::size_t cut = 1; cut < subject.size() && target == nullptr; ++cut)
        target = entity_for(
            join({subject.begin() + static_cast<std::ptrdiff_t>(cut), subject.end()}, "_"));
    }
    if (target == nullptr || target == &accepted) return false;
    const std::string role = join(subject, "_");
    many_to_one(design, entity.name, target->name,
                role == snake_case(target->name) ? std::string() : role, !evidence.optional, "",
                {"foreign-key", evidence.trace.span});
    return true;
  }
  const Accepted* target = entity_for(name.key());
  if (target == nullptr || target == &accepted) return false;
  const bool several = evidence.item.phrase.plural || (evidence.item.phrase.quantity.stated &&
                                                       evidence.item.phrase.quantity.maximum != 1);
  if (several) {
    many_to_one(design, target->name, entity.name, "", false, "", evidence.trace);
    return true;
  }
  many_to_one(design, entity.name, target->name, "", false, "",
              {"entity-item", evidence.trace.span});
  return true;
}

void Resolver::add_field(const Accepted& accepted, const FieldEvidence& evidence,
                         design::Entity& entity, design::Design& design) {
  if (add_reference(accepted, evidence, entity, design)) return;
  const Item& item = evidence.item;
  const std::string head = item.phrase.words.empty() ? "" : noun_lemma(item.phrase.head());
  const ConceptName name = concept_name(evidence.words);
  if (name.informational && name.words.empty() && item.list.empty()) return;
  const bool composite = !item.list.empty() && item.list_kind != ListKind::such_as &&
                         item.list.size() >= 2 && (name.informational || head == "address");
  if (composite) {
    for (const Item& part : item.list) {
      FieldEvidence inner = evidence;
      inner.item = part;
      inner.words = field_words(part.phrase);
      add_column(inner, inner.words, accepted, entity);
    }
    return;
  }
  const std::size_t columns = entity.fields.size();
  add_column(evidence, evidence.words, accepted, entity);
  if (!item.remark.empty() && is_in(head, value_carrier) && entity.fields.size() > columns) {
    const std::vector<std::string> values = values_in(item.remark);
    if (values.size() >= 2) {
      entity.fields.back().type = {};
      entity.fields.back().type.kind = design::FieldKind::enumeration;
      entity.fields.back().type.values = values;
    }
    return;
  }
  if (!item.list.empty() && is_in(head, value_carrier) && !entity.fields.empty()) {
    design::Field& field = entity.fields.back();
    bool simple = true;
    std::vector<std::string> values;
    for (const Item& value : item.list) {
      if (value.phrase.words.empty() || value.phrase.words.size() > 3) simple = false;
      values.push_back(snake_case(join(value.phrase.words, "_")));
    }
    if (simple && values.size() >= 2 && field.origin.span == evidence.trace.span) {
      field.type = {};
      field.type.kind = design::FieldKind::enumeration;
      field.type.values = std::move(values);
    }
  }
}

void Resolver::fill_fields(const Accepted& accepted, design::Entity& entity,
                           design::Design& design) {
  for (const Concept* part : accepted.parts) {
    for (const FieldEvidence& evidence : part->fields)
      add_field(accepted, evidence, entity, design);
  }
}

void Resolver::add_participants(const Accepted& accepted, design::Entity& entity,
                                design::Design& design) {
  for (const Concept* part : accepted.parts) {
    for (const std::string& key : part->participants) {
      const Accepted* target = entity_for(key);
      if (target == nullptr || target == &accepted) continue;
      many_to_one(design, entity.name, target->name, "", true, "", part->trace);
    }
  }
}

void Resolver::add_identifiers(const Accepted& accepted, design::Entity& entity) {
  for (const Concept* part : accepted.parts) {
    for (const auto& names : part->identifiers) {
      if (names.size() == 1) continue;  // the column itself is unique
      design::UniqueKey key;
      for (const std::string& name : names) {
        if (design::find_field(entity, name) != nullptr) key.fields.push_back(name);
      }
      if (key.fields.size() > 1) {
        key.origin = origin(part->trace);
        entity.keys.push_back(std::move(key));
      }
    }
  }
}

design::Entity* Resolver::junction_between(design::Design& design, const std::string& a,
                                           const std::string& b) const {
  for (design::Entity& entity : design.entities) {
    bool to_a = false;
    bool to_b = false;
    for (const design::Relationship& relationship : design.relationships) {
      if (relationship.left.entity != entity.name || relationship.right.multiplicity.many())
        continue;
      to_a = to_a || relationship.right.entity == a;
      to_b = to_b || relationship.right.entity == b;
    }
    if (to_a && to_b && entity.name != a && entity.name != b) return &entity;
  }
  return nullptr;
}

void Resolver::add_junction(design::Design& design, const Accepted& left, const Accepted& right,
                            const std::string& label, const Trace& trace) const {
  design::Relationship relationship;
  relationship.left = {left.name, design::many_optional, ""};
  relationship.right = {right.name, design::many_optional, ""};
  relationship.label = label;
  relationship.via = left.name + right.name;
  relationship.origin = origin({"many-to-many", trace.span});
  if (design.find(relationship.via) == nullptr) {
    design::Entity junction;
    junction.name = relationship.via;
    junction.kind = design::EntityKind::junction;
    junction.origin = relationship.origin;
    design.entities.push_back(std::move(junction));
  }
  design.relationships.push_back(std::move(relationship));
}

void Resolver::add_relations(design::Design& design) {
  struct Pair {
    const Accepted* left;
    const Accepted* right;
    bool right_many = false;
    bool left_many = false;
    bool inside = false;
    bool contains = false;
    bool creates = false;
    const RelationEvidence* evidence;
  };
  std::vector<Pair> pairs;
  for (const RelationEvidence& relation : evidence_.relations) {
    const Accepted* left = entity_for(relation.left);
    const Accepted* right = entity_for(relation.right);
    if (left == nullptr || right == nullptr || left == right) continue;
    const bool right_many = relation.right_plural || (relation.right_per_left.stated &&
                                                      relation.right_per_left.maximum != 1);
    Pair* pair = nullptr;
    bool swapped = false;
    for (Pair& known : pairs) {
      if (known.left == left && known.right == right) pair = &known;
      if (known.left == right && known.right == left) {
        pair = &known;
        swapped = true;
      }
    }
    if (pair == nullptr) {
      pairs.push_back({left, right, false, false, false, false, false, &relation});
      pair = &pairs.back();
    }
    if (relation.kind == RelationKind::contains && !swapped) pair->contains = true;
    if (relation.kind == RelationKind::inside && !swapped && !right_many) pair->inside = true;
    if (is_in(relation.verb, creating_verb)) pair->creates = true;
    if (right_many) (swapped ? pair->left_many : pair->right_many) = true;
  }
  for (const Pair& pair : pairs) {
    const std::string& left = pair.left->name;
    const std::string& right = pair.right->name;
    const Trace& trace = pair.evidence->trace;
    const bool known = std::any_of(design.relationships.begin(), design.relationships.end(),
                                   [&](const design::Relationship& r) {
                                     return (r.left.entity == left && r.right.entity == right) ||
                                            (r.left.entity == right && r.right.entity == left);
                                   });
    if (known || junction_between(design, left, right) != nullptr) continue;
    // Containers of people: a team has its members, but an exhibition and a curator meet.
    if (pair.contains && !pair.left_many && pair.evidence->right_per_left.stated &&
        pair.right_many) {
      const LexicalEntry container = look_up(pair.left->lead->words.back());
      const LexicalEntry person = look_up(pair.right->lead->words.back());
      const bool place = container.category == category::group ||
                         container.category == category::artifact || container.organization ||
                         container.category == category::location || container.person ||
                         container.category == 0;
      const bool document = is_in(pair.left->lead->words.back(), document_noun) && !person.person &&
                            pair.right->lead->fields.size() >= 2;
      if ((person.person && !place) || document) {
        add_junction(design, *pair.left, *pair.right, pair.evidence->verb, trace);
        continue;
      }
    }
    const bool action = pair.evidence->kind == RelationKind::action;
    if ((pair.right_many && pair.left_many) || (action && pair.right_many && !pair.creates)) {
      const bool engaging = is_in(pair.evidence->verb, engaging_verb);
      if (action && !pair.left_many && !pair.evidence->right_per_left.stated && !engaging) {
        if (!is_in(pair.evidence->verb, browsing_verb))
          many_to_one(design, right, left, "", false, pair.evidence->verb, trace);
        continue;
      }
      add_junction(design, *pair.left, *pair.right, pair.evidence->verb, trace);
    } else if (pair.inside) {
      many_to_one(design, left, right, "", true, pair.evidence->verb, trace);
    } else if (pair.contains || pair.right_many) {
      many_to_one(design, right, left, "", true, pair.evidence->verb, trace);
    } else if (pair.left_many) {
      many_to_one(design, left, right, "", true, pair.evidence->verb, trace);
    } else {
      many_to_one(design, right, left, "", false, pair.evidence->verb, trace);
    }
  }
}

void Resolver::run(design::Design& design) {
  // A story describes few things by lists; there, what is spoken of often enough is a thing.
  const auto listed = static_cast<std::size_t>(
      std::count_if(evidence_.concepts.begin(), evidence_.concepts.end(),
                    [](const Concept& candidate) { return candidate.fields.size() >= 3; }));
  story_ = listed * 5 < evidence_.sentences;
  merge_variants();
  accept();
  std::stable_sort(accepted_.begin(), accepted_.end(), [](const Accepted& a, const Accepted& b) {
    return a.lead->first.begin < b.lead->first.begin;
  });
  index_.clear();
  for (std::size_t i = 0; i < accepted_.size(); ++i) {
    for (const Concept* part : accepted_[i].parts) index_[part->key] = i;
    index_[accepted_[i].lead->key] = i;
  }
  for (const Accepted& accepted : accepted_) {
    design::Entity entity;
    entity.name = accepted.name;
    entity.kind = accepted.lead->event ? design::EntityKind::event : design::EntityKind::regular;
    entity.origin = origin(accepted.trace());
    design.entities.push_back(std::move(entity));
  }
  for (std::size_t i = 0; i < accepted_.size(); ++i) {
    design::Entity& entity = design.entities[i];
    fill_fields(accepted_[i], entity, design);
    add_participants(accepted_[i], entity, design);
    add_identifiers(accepted_[i], entity);
  }
  add_relations(design);
}

}  // namespace relata::english
