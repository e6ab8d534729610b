#include "design/merge.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "design/items.h"

namespace relata::design {
namespace {

constexpr std::string_view marker = "# base ";
constexpr std::size_t mark_length = 6;  ///< 36 bits: no two of some thousand items meet.
constexpr std::size_t marks_a_line = 13;
constexpr std::string_view letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

std::string mark_of(std::string_view key, std::string_view content) {
  std::string whole(key);
  whole += '\n';
  whole += content;
  std::uint64_t hash = stable_hash(whole);
  hash ^= hash >> 36U;
  std::string mark;
  for (std::size_t i = 0; i < mark_length; ++i) {
    mark += letters[hash & 63U];
    hash >>= 6U;
  }
  return mark;
}

bool is_mark(std::string_view word) {
  return word.size() == mark_length && word.find_first_not_of(letters) == word.npos;
}

/// Siblings may have one key (two relationships between the same entities): the second is "key 2".
template <class Item>
std::vector<std::string> keys_of(const std::vector<Item>& items, std::string_view prefix) {
  std::unordered_map<std::string, int> count;
  std::vector<std::string> keys;
  for (const Item& item : items) {
    std::string key = std::string(prefix) + key_of(item);
    const int number = ++count[key];
    if (number > 1) key += " " + std::to_string(number);
    keys.push_back(std::move(key));
  }
  return keys;
}

/// Calls `visit(key, content)` for every item of a design, in order.
template <class Visit>
class ItemWalk {
 public:
  explicit ItemWalk(Visit& visit) : visit_(visit) {}

  void design(const Design& design) {
    attributes(design_attributes(), design, "");
    for (const Entity& each : design.entities) entity(each);
    list(design.relationships, "");
    list(design.denormalizations, "");
    list(design.assumptions, "");
    list(design.questions, "");
  }

  void entity(const Entity& entity) {
    const std::string prefix = entity.name + ".";
    visit_(entity.name, "");
    attributes(entity_attributes(), entity, prefix);
    list(entity.fields, prefix);
    list(entity.polymorphic, prefix);
    list(entity.keys, prefix);
    list(entity.indexes, prefix);
  }

 private:
  template <class Owner>
  void attributes(const std::vector<Attribute<Owner>>& all, const Owner& owner,
                  const std::string& prefix) {
    for (const Attribute<Owner>& attribute : all) {
      // What is not said needs no mark of its own.
      const std::string text = attribute.text(owner);
      if (!text.empty()) visit_(prefix + std::string(attribute.name), text);
    }
  }
  template <class Item>
  void list(const std::vector<Item>& items, const std::string& prefix) {
    const std::vector<std::string> keys = keys_of(items, prefix);
    for (std::size_t i = 0; i < items.size(); ++i) visit_(keys[i], content_of(items[i]));
  }

  Visit& visit_;
};

class Merger {
 public:
  Merger(const Base& base, const Design& edited, const Design& fresh)
      : base_(base), edited_(edited), fresh_(fresh) {}

  Merged merge() {
    merge_attributes(design_attributes(), edited_, fresh_, merged_.design, "");
    merge_entities();
    merged_.design.relationships = merge_list(edited_.relationships, fresh_.relationships, "");
    merged_.design.code = edited_.code;  // no text says anything about code
    merged_.design.denormalizations =
        merge_list(edited_.denormalizations, fresh_.denormalizations, "");
    merged_.design.assumptions = merge_list(edited_.assumptions, fresh_.assumptions, "");
    merged_.design.questions = merge_list(edited_.questions, fresh_.questions, "");
    return std::move(merged_);
  }

 private:
  void note(ChangeKind kind, std::string item, std::string now, std::string other) {
    merged_.changes.push_back({kind, std::move(item), std::move(now), std::move(other)});
  }

  /// An attribute that is not said leaves no mark: when the text said then what it says now, a
  /// person took it out.
  [[nodiscard]] bool is_edited(const std::string& key, const std::string& mine,
                               const std::string& theirs) const {
    if (base_.empty()) return true;
    return mine.empty() ? base_.has(key, theirs) : !base_.has(key, mine);
  }

  template <class Owner>
  void merge_attributes(const std::vector<Attribute<Owner>>& all, const Owner& edited,
                        const Owner& fresh, Owner& merged, const std::string& prefix) {
    for (const Attribute<Owner>& attribute : all) {
      const std::string key = prefix + std::string(attribute.name);
      const std::string mine = attribute.text(edited);
      const std::string theirs = attribute.text(fresh);
      const bool take_theirs = mine == theirs || !is_edited(key, mine, theirs);
      attribute.copy(take_theirs ? fresh : edited, merged);
      if (mine == theirs) continue;
      if (take_theirs) {
        note(ChangeKind::updated, key, theirs, mine);
      } else if (!theirs.empty() && !base_.has(key, theirs)) {
        note(ChangeKind::kept, key, mine, theirs);
      }
    }
  }

  template <class Item>
  std::vector<Item> merge_list(const std::vector<Item>& edited, const std::vector<Item>& fresh,
                               const std::string& prefix) {
    const std::vector<std::string> edited_keys = keys_of(edited, prefix);
    const std::vector<std::string> fresh_keys = keys_of(fresh, prefix);
    std::unordered_map<std::string, std::size_t> fresh_at;
    for (std::size_t i = 0; i < fresh.size(); ++i) fresh_at.emplace(fresh_keys[i], i);
    Placed<Item> merged;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < edited.size(); ++i) {
      seen.insert(edited_keys[i]);
      const auto found = fresh_at.find(edited_keys[i]);
      const Item* theirs = found == fresh_at.end() ? nullptr : &fresh[found->second];
      if (const Item* chosen = choose(edited_keys[i], edited[i], theirs))
        merged.append(edited_keys[i], *chosen);
    }
    std::string before;
    for (std::size_t i = 0; i < fresh.size(); ++i) {
      const std::string content = content_of(fresh[i]);
      const bool deleted = base_.has(fresh_keys[i], content);
      if (!seen.contains(fresh_keys[i]) && !deleted && can_stand(fresh[i])) {
        note(ChangeKind::added, fresh_keys[i], content, "");
        merged.insert_after(before, fresh_keys[i], fresh[i]);
      }
      before = fresh_keys[i];
    }
    return merged.take();
  }

  /// The item to go on with when a person's design has it; null: neither.
  template <class Item>
  const Item* choose(const std::string& key, const Item& mine, const Item* theirs) {
    const std::string content = content_of(mine);
    const bool untouched = base_.has(key, content);
    if (theirs == nullptr) {
      if (!untouched) return &mine;
      note(ChangeKind::removed, key, "", content);
      return nullptr;
    }
    const std::string new_content = content_of(*theirs);
    if (content == new_content) return theirs;
    if (untouched) {
      note(ChangeKind::updated, key, new_content, content);
      return theirs;
    }
    if (!base_.has(key, new_content)) note(ChangeKind::kept, key, content, new_content);
    return &mine;
  }

  /// A new relationship to an entity that a person deleted is left out with it.
  [[nodiscard]] bool can_stand(const Relationship& relationship) const {
    return merged_.design.find(relationship.left.entity) != nullptr &&
           merged_.design.find(relationship.right.entity) != nullptr;
  }
  template <class Item>
  [[nodiscard]] bool can_stand(const Item&) const {
    return true;
  }

  Entity merge_entity(const Entity& mine, const Entity& theirs) {
    const std::string prefix = mine.name + ".";
    Entity merged;
    merged.name = mine.name;
    merged.origin = theirs.origin;
    merge_attributes(entity_attributes(), mine, theirs, merged, prefix);
    merged.fields = merge_list(mine.fields, theirs.fields, prefix);
    merged.polymorphic = merge_list(mine.polymorphic, theirs.polymorphic, prefix);
    merged.keys = merge_list(mine.keys, theirs.keys, prefix);
    merged.indexes = merge_list(mine.indexes, theirs.indexes, prefix);
    return merged;
  }

  void merge_entities() {
    const std::set<std::string> needed = needed_by_edits();
    Placed<Entity> merged;
    for (const Entity& mine : edited_.entities) {
      const Entity* theirs = fresh_.find(mine.name);
      if (theirs != nullptr) {
        merged.append(mine.name, merge_entity(mine, *theirs));
      } else if (!untouched(mine) || needed.contains(mine.name)) {
        if (base_.has(mine.name, "")) note(ChangeKind::kept, mine.name, "", "");
        merged.append(mine.name, mine);
      } else {
        note(ChangeKind::removed, mine.name, "", "");
      }
    }
    std::string before;
    for (const Entity& theirs : fresh_.entities) {
      if (edited_.find(theirs.name) == nullptr && !base_.has(theirs.name, "")) {
        note(ChangeKind::added, theirs.name, "", "");
        merged.insert_after(before, theirs.name, theirs);
      }
      before = theirs.name;
    }
    merged_.design.entities = merged.take();
  }

  /// Whether an entity is, in all its parts, as the text once gave it.
  [[nodiscard]] bool untouched(const Entity& entity) const {
    bool all = true;
    auto visit = [&](const std::string& key, const std::string& content) {
      all = all && base_.has(key, content);
    };
    ItemWalk<decltype(visit)>(visit).entity(entity);
    return all;
  }

  /// Entities that a relationship of a person's own refers to must stay.
  [[nodiscard]] std::set<std::string> needed_by_edits() const {
    std::set<std::string> needed;
    const std::vector<std::string> keys = keys_of(edited_.relationships, "");
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const Relationship& relationship = edited_.relationships[i];
      if (base_.has(keys[i], content_of(relationship))) continue;
      needed.insert(relationship.left.entity);
      needed.insert(relationship.right.entity);
    }
    return needed;
  }

  /// A list under construction whose items can be found by their keys.
  template <class Item>
  class Placed {
   public:
    void append(std::string key, Item item) {
      items_.emplace_back(std::move(key), std::move(item));
    }
    /// Behind the item of key `before`; at the end when there is none.
    void insert_after(const std::string& before, std::string key, Item item) {
      auto at = std::find_if(items_.begin(), items_.end(),
                             [&](const auto& pair) { return pair.first == before; });
      if (at != items_.end()) ++at;
      items_.insert(at, {std::move(key), std::move(item)});
    }
    std::vector<Item> take() {
      std::vector<Item> out;
      for (auto& [key, item] : items_) out.push_back(std::move(item));
      return out;
    }

   private:
    std::vector<std::pair<std::string, Item>> items_;
  };

  const Base& base_;
  const Design& edited_;
  const Design& fresh_;
  Merged merged_;
};

}  // namespace

Base::Base(const Design& design) {
  auto visit = [&](const std::string& key, const std::string& content) {
    add(mark_of(key, content));
  };
  ItemWalk<decltype(visit)>(visit).design(design);
}

Base Base::in(std::string_view design_yaml) {
  Base base;
  for (std::string_view line : split(design_yaml, '\n')) {
    if (!line.starts_with(marker)) continue;
    for (std::string_view word : split(line.substr(marker.size()), ' ')) {
      if (is_mark(trim(word))) base.add(std::string(trim(word)));
    }
  }
  return base;
}

void Base::add(std::string mark) {
  if (set_.insert(mark).second) marks_.push_back(std::move(mark));
}

bool Base::has(std::string_view key, std::string_view content) const {
  return set_.contains(mark_of(key, content));
}

std::string Base::comment() const {
  std::string out;
  for (std::size_t i = 0; i < marks_.size(); ++i) {
    if (i % marks_a_line == 0) {
      if (i > 0) out += '\n';
      out += marker;
    } else {
      out += ' ';
    }
    out += marks_[i];
  }
  if (!out.empty()) out += '\n';
  return out;
}

Merged merge(const Base& base, const Design& edited, const Design& fresh) {
  return Merger(base, edited, fresh).merge();
}

std::string describe(const Change& change) {
  const std::string content = change.now.empty() ? "" : ": " + change.now;
  switch (change.kind) {
    case ChangeKind::added:
      return "+ " + change.item + content;
    case ChangeKind::removed:
      return "- " + change.item;
    case ChangeKind::updated:
      return "~ " + change.item + ": " + (change.now.empty() ? "not given" : change.now) +
             (change.other.empty() ? "" : " (was " + change.other + ")");
    case ChangeKind::kept:
      return "= " + change.item + content +
             (change.other.empty() ? " (yours; no longer in the text)"
                                   : " (yours; the text: " + change.other + ")");
  }
  return {};
}

}  // namespace relata::design
