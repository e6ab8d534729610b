#include "read/english/mention.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace relata::english {
namespace {

constexpr std::size_t longest_name = 5;

bool is_filler(std::string_view word) {
  constexpr std::array<std::string_view, 16> fillers{
      "a",   "an",    "the",   "each", "every", "its",  "all",  "any",
      "one", "their", "given", "our",  "every", "this", "same", "that"};
  return std::find(fillers.begin(), fillers.end(), word) != fillers.end();
}

bool is_possessive(std::string_view word) { return word == "'s" || word == "'"; }

/// The references that a relationship gives: entity and name.
std::vector<std::pair<std::string, std::string>> references_of(const design::Relationship& r) {
  const auto name = [](const design::RelationshipEnd& end) {
    return end.role.empty() ? snake_case(end.entity) : end.role;
  };
  if (r.left.multiplicity.many() && r.right.multiplicity.many()) {
    if (r.via.empty()) return {};
    return {{r.via, name(r.left)}, {r.via, name(r.right)}};
  }
  if (!r.right.multiplicity.many()) return {{r.left.entity, name(r.right)}};
  return {{r.right.entity, name(r.left)}};
}

}  // namespace

std::string name_key(const std::vector<std::string>& words) {
  if (words.empty()) return {};
  std::vector<std::string> key = words;
  key.back() = singular_of(key.back());
  return join(key, " ");
}

bool Names::still_holds(const design::Design& design) const {
  if (design.entities.size() < entities_read_.size() ||
      design.relationships.size() < relationships_read_)
    return false;
  for (std::size_t i = 0; i < entities_read_.size(); ++i) {
    const design::Entity& entity = design.entities[i];
    const Read& read = entities_read_[i];
    if (entity.fields.size() < read.fields || entity.polymorphic.size() < read.polymorphic ||
        entity.name != read.name)
      return false;
  }
  return true;
}

void Names::update(const design::Design& design) {
  if (!still_holds(design)) *this = Names();
  for (std::size_t i = 0; i < design.entities.size(); ++i) {
    const design::Entity& entity = design.entities[i];
    if (i == entities_read_.size()) {
      add_entity(entity.name);
      entities_read_.push_back({entity.name});
    }
    Read& read = entities_read_[i];
    for (; read.fields < entity.fields.size(); ++read.fields)
      add_field(entity.name, entity.fields[read.fields].name);
    for (; read.polymorphic < entity.polymorphic.size(); ++read.polymorphic)
      add_field(entity.name, entity.polymorphic[read.polymorphic].name);
  }
  for (; relationships_read_ < design.relationships.size(); ++relationships_read_) {
    for (const auto& [entity, name] : references_of(design.relationships[relationships_read_]))
      add_field(entity, name);
  }
}

void Names::add_entity(const std::string& name) {
  const std::vector<std::string> words = words_of(name);
  if (words.empty()) return;
  entities_.emplace(name_key(words), name);
  const std::string last = singular_of(words.back());
  std::vector<std::string>& sharers = by_last_word_[last];
  sharers.push_back(words.size() < 2 ? std::string() : name);
}

void Names::forget(const design::Relationship& relationship) {
  for (const auto& [entity, name] : references_of(relationship)) drop_field(entity, name);
  --relationships_read_;
}

void Names::forget(const std::string& entity, const design::Field& field) {
  drop_field(entity, field.name);
  const auto read = std::find_if(entities_read_.begin(), entities_read_.end(),
                                 [&](const Read& r) { return r.name == entity; });
  if (read != entities_read_.end()) --read->fields;
}

void Names::drop_field(const std::string& entity, const std::string& field) {
  const std::string key = name_key(words_of(field));
  if (own_[entity].erase(key) == 0) return;
  std::erase_if(fields_[key], [&](const auto& owner) { return owner.first == entity; });
}

void Names::add_field(const std::string& entity, const std::string& field) {
  const std::string key = name_key(words_of(field));
  if (own_[entity].emplace(key, field).second) fields_[key].emplace_back(entity, field);
}

const std::string* Names::entity_named(const std::string& name) const {
  if (const auto it = entities_.find(name); it != entities_.end()) return &it->second;
  if (const auto it = by_last_word_.find(name); it != by_last_word_.end()) {
    // Only a compound name, and only while no other entity ends with the word.
    const std::vector<std::string>& sharers = it->second;
    if (sharers.size() == 1 && !sharers.front().empty()) return &sharers.front();
  }
  return nullptr;
}

const std::string* Names::own_field(const std::string& entity, const std::string& name) const {
  const auto fields = own_.find(entity);
  if (fields == own_.end()) return nullptr;
  const auto it = fields->second.find(name);
  return it == fields->second.end() ? nullptr : &it->second;
}

std::vector<Target> Names::targets(const std::vector<Word>& words, WordRange range,
                                   const std::string& owner) const {
  struct Raw {
    const std::string* entity = nullptr;
    std::string key;
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  std::vector<Raw> raws;
  const std::size_t stop = std::min(range.end, words.size());
  for (std::size_t i = range.begin; i < stop;) {
    std::size_t taken = 0;
    for (std::size_t size = std::min(longest_name, stop - i); size > 0 && taken == 0; --size) {
      std::vector<std::string> phrase;
      for (std::size_t k = i; k < i + size; ++k) phrase.push_back(words[k].lower);
      const std::string key = name_key(phrase);
      const std::string* entity = entity_named(key);
      if (entity == nullptr && fields_.find(key) == fields_.end()) continue;
      raws.push_back({entity, key, i, i + size});
      taken = size;
    }
    i += std::max<std::size_t>(taken, 1);
  }
  std::vector<Target> found;
  std::vector<std::size_t> waiting;  // bare fields that a following "of X" may own
  for (std::size_t r = 0; r < raws.size(); ++r) {
    const Raw& raw = raws[r];
    // How this name hangs on the one before: directly, by 's, by "of the", or by "and".
    bool direct = false;
    bool of = false;
    bool coordinate = false;
    if (r > 0) {
      std::size_t k = raws[r - 1].end;
      if (k < raw.begin && is_possessive(words[k].lower)) {
        ++k;
        direct = k == raw.begin;
      }
      if (k == raw.begin) direct = true;
      bool list = false;
      for (; k < raw.begin; ++k) {
        const std::string& word = words[k].lower;
        if (word == "of" || word == "for" || word == "in" || word == "on") {
          of = true;
        } else if (word == "," || word == "and" || word == "or") {
          list = true;
        } else if (!is_filler(word)) {
          list = of = false;
          break;
        }
      }
      coordinate = list && !of;
    }
    Target target{{}, {}, raw.begin, raw.end};
    const Target* before = found.empty() ? nullptr : &found.back();
    const std::string* own =
        before != nullptr && (direct || coordinate) ? own_field(before->entity, raw.key) : nullptr;
    if (own != nullptr && direct && before->whole()) {
      target.entity = before->entity;
      target.field = *own;
      target.begin = before->begin;
      found.pop_back();
    } else if (own != nullptr && coordinate && !before->whole() && raw.entity == nullptr) {
      target.entity = before->entity;
      target.field = *own;
    } else if (raw.entity != nullptr) {
      target.entity = *raw.entity;
      // "name and color of a label": the fields before belong to it.
      bool owns = false;
      if (of) {
        for (const std::size_t w : waiting) {
          const std::string* field = own_field(target.entity, name_key(words_of(found[w].field)));
          if (field == nullptr) continue;
          found[w].entity = target.entity;
          owns = true;
        }
      }
      waiting.clear();
      if (owns) continue;
    } else {
      const Owners& owners = fields_.find(raw.key)->second;
      target.field = owners.front().second;
      if (const std::string* mine = own_field(owner, raw.key)) {
        target.entity = owner;
        target.field = *mine;
      } else if (owners.size() == 1) {
        target.entity = owners.front().first;
      } else {
        // Of several owners, one that the sentence spoke of.
        for (const Target& earlier : found) {
          if (own_field(earlier.entity, raw.key) != nullptr) target.entity = earlier.entity;
        }
      }
      waiting.push_back(found.size());
    }
    found.push_back(std::move(target));
  }
  // "Title and publication date": the books', when only books have the latter.
  for (Target& target : found) {
    if (!target.entity.empty()) continue;
    for (const Target& other : found) {
      if (target.entity.empty() && !other.entity.empty() &&
          own_field(other.entity, name_key(words_of(target.field))) != nullptr)
        target.entity = other.entity;
    }
  }
  std::erase_if(found, [](const Target& t) { return t.entity.empty(); });
  return found;
}

std::string Names::field_of(const std::string& entity,
                            const std::vector<std::string>& phrase) const {
  std::vector<std::string> words;
  for (const std::string& word : phrase) {
    if (!is_filler(word) && !is_possessive(word)) words.push_back(word);
  }
  if (words.empty()) return {};
  const std::string key = name_key(words);
  if (const std::string* own = own_field(entity, key)) return *own;
  const std::string text = join(words, " ");
  if (text == "creation date" || text == "date of creation" || text == "creation time" ||
      text == "date created" || text == "time of creation")
    return "created_at";
  if (text == "last update" || text == "update date" || text == "last change" ||
      text == "last updated")
    return "updated_at";
  const auto fields = own_.find(entity);
  if (fields == own_.end()) return {};
  // "task status" of a Task; "date" when one field ends with it; "order number" for "number".
  std::string last;
  int hits = 0;
  for (const auto& [name, field] : fields->second) {
    const bool ends = name.size() > key.size() && name.ends_with(key) &&
                      name[name.size() - key.size() - 1] == ' ';
    const bool begins =
        key.size() > name.size() && key.ends_with(name) && key[key.size() - name.size() - 1] == ' ';
    if (!ends && !begins) continue;
    ++hits;
    last = field;
  }
  return hits == 1 ? last : std::string();
}

}  // namespace relata::english
