#include "diff/diff.h"

#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "diff/describe.h"
#include "diff/spell.h"

namespace relata::diff {
namespace {

using ItemKey = std::pair<std::string, std::string>;
using EntryKey = std::tuple<std::string, std::string, std::string>;

EntryKey key_of(const Entry& entry) { return {entry.object, entry.name.schema, entry.name.name}; }

class Comparison {
 public:
  std::vector<Change> run(const Schema& from, const Schema& to) {
    const std::vector<Entry> before = entries_of(from);
    const std::vector<Entry> after = entries_of(to);
    std::map<EntryKey, const Entry*> in_after;
    for (const Entry& entry : after) in_after.emplace(key_of(entry), &entry);
    std::map<EntryKey, const Entry*> in_before;
    for (const Entry& entry : before) in_before.emplace(key_of(entry), &entry);
    for (const Entry& entry : before) {
      const auto found = in_after.find(key_of(entry));
      if (found == in_after.end()) {
        changes_.push_back({ChangeKind::removed, entry.object, entry.name, {}, {}, {}, {}});
      } else {
        compare_entries(entry, *found->second);
      }
    }
    for (const Entry& entry : after) {
      if (!in_before.contains(key_of(entry))) {
        changes_.push_back({ChangeKind::added, entry.object, entry.name, {}, {}, {}, {}});
      }
    }
    return std::move(changes_);
  }

 private:
  void compare_entries(const Entry& before, const Entry& after) {
    owner_object_ = before.object;
    compare_attributes(before.object, before.name, "", before.attributes, after.attributes);
    std::map<ItemKey, const Item*> in_after;
    for (const Item& item : after.items) in_after.emplace(ItemKey{item.object, item.name}, &item);
    std::map<ItemKey, const Item*> in_before;
    for (const Item& item : before.items) in_before.emplace(ItemKey{item.object, item.name}, &item);
    for (const Item& item : before.items) {
      const auto found = in_after.find({item.object, item.name});
      if (found == in_after.end()) {
        changes_.push_back({ChangeKind::removed,
                            item.object,
                            before.name,
                            item.name,
                            {},
                            summary(item),
                            {},
                            owner_object_});
      } else {
        compare_attributes(item.object, before.name, item.name, item.attributes,
                           found->second->attributes);
      }
    }
    for (const Item& item : after.items) {
      if (!in_before.contains({item.object, item.name})) {
        changes_.push_back({ChangeKind::added,
                            item.object,
                            before.name,
                            item.name,
                            {},
                            {},
                            summary(item),
                            owner_object_});
      }
    }
    compare_column_order(before, after, in_before, in_after);
  }

  /// Columns that both have stand in the same order.
  void compare_column_order(const Entry& before, const Entry& after,
                            const std::map<ItemKey, const Item*>& in_before,
                            const std::map<ItemKey, const Item*>& in_after) {
    const auto common = [](const Entry& entry, const std::map<ItemKey, const Item*>& other) {
      std::string names;
      for (const Item& item : entry.items) {
        if (item.object != "column" || !other.contains({item.object, item.name})) continue;
        names += (names.empty() ? "" : ", ") + item.name;
      }
      return names;
    };
    const std::string old_order = common(before, in_after);
    const std::string new_order = common(after, in_before);
    if (old_order == new_order) return;
    changes_.push_back({ChangeKind::changed,
                        before.object,
                        before.name,
                        {},
                        std::string(column_order),
                        old_order,
                        new_order,
                        owner_object_});
  }

  void compare_attributes(const std::string& object, const QualifiedName& owner,
                          const std::string& name, const Attributes& before,
                          const Attributes& after) {
    if (before == after) return;
    for (const auto& [attribute, value] : before.all()) {
      const std::string other(after.value(attribute));
      if (other == value || (other.empty() && before.is_implied(attribute))) continue;
      changes_.push_back(
          {ChangeKind::changed, object, owner, name, attribute, value, other, owner_object_});
    }
    for (const auto& [attribute, value] : after.all()) {
      if (!before.value(attribute).empty() || after.is_implied(attribute)) continue;
      changes_.push_back(
          {ChangeKind::changed, object, owner, name, attribute, {}, value, owner_object_});
    }
  }

  /// What tells most of an item: its first attribute.
  static std::string summary(const Item& item) {
    return item.attributes.all().empty() ? std::string() : item.attributes.all().front().second;
  }

  std::string owner_object_;  ///< Of the entry whose parts are compared.
  std::vector<Change> changes_;
};

std::string_view verb(ChangeKind kind) {
  static constexpr std::string_view words[] = {"added", "removed", "changed", "renamed"};
  return words[static_cast<std::size_t>(kind)];
}

/// What stands behind the name of what changed.
std::string particulars(const Change& change) {
  if (change.kind == ChangeKind::renamed) return " from " + change.before;
  if (change.kind == ChangeKind::changed) {
    const auto shown = [](const std::string& value) { return value.empty() ? "nothing" : value; };
    return ": " + change.attribute + " " + shown(change.before) + " -> " + shown(change.after);
  }
  const std::string& what = change.before.empty() ? change.after : change.before;
  return what.empty() ? what : " (" + what + ")";
}

/// What stands under the name of its owner: anything but what came, went or was renamed as a whole.
bool is_within(const Change& change) {
  return !change.owner_object.empty() ||
         (change.kind == ChangeKind::renamed && !change.name.empty());
}

}  // namespace

std::vector<Change> compare(const Schema& from, const Schema& to) {
  return Comparison().run(from, to);
}

std::string describe(const Change& change) {
  std::string text(verb(change.kind));
  text += " " + change.object;
  const std::string owner = spelled(change.owner);
  if (!owner.empty()) text += " " + owner;
  if (!change.name.empty()) text += "." + change.name;
  return text + particulars(change);
}

std::string report(const std::vector<Change>& changes) {
  // Owners in the order in which they first come; what is whole stands where it comes.
  std::map<std::pair<std::string, QualifiedName>, std::size_t> places;
  std::vector<std::string> blocks;
  for (const Change& change : changes) {
    if (!is_within(change)) {
      blocks.push_back(describe(change) + "\n");
      continue;
    }
    const std::string object = change.owner_object.empty() ? "table" : change.owner_object;
    const auto [place, is_new] = places.try_emplace({object, change.owner}, blocks.size());
    if (is_new) {
      const std::string owner = spelled(change.owner);
      blocks.push_back(object + (owner.empty() ? "" : " " + owner) + "\n");
    }
    std::string line = "  " + std::string(verb(change.kind));
    if (change.object != object || !change.name.empty()) line += " " + change.object;
    if (!change.name.empty()) line += " " + change.name;
    blocks[place->second] += line + particulars(change) + "\n";
  }
  std::string text;
  for (const std::string& block : blocks) text += block;
  return text;
}

}  // namespace relata::diff
