#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/schema.h"

namespace relata::diff {

/// What an object is, attribute by attribute, as texts that are equal where the objects are. An
/// attribute at its default is left out.
class Attributes {
 public:
  void add(std::string_view name, std::string value) {
    if (!value.empty()) all_.emplace_back(name, std::move(value));
  }
  void flag(std::string_view name, bool value) {
    if (value) all_.emplace_back(name, "yes");
  }
  /// What may be left unsaid: nothing is equal to everything.
  void implied(std::string_view name, std::string value) {
    implied_.emplace_back(name);
    add(name, std::move(value));
  }
  [[nodiscard]] bool is_implied(std::string_view name) const {
    return std::find(implied_.begin(), implied_.end(), name) != implied_.end();
  }
  [[nodiscard]] std::string_view value(std::string_view name) const;
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& all() const { return all_; }
  bool operator==(const Attributes&) const = default;

 private:
  std::vector<std::pair<std::string, std::string>> all_;
  std::vector<std::string> implied_;
};

/// An object with its attributes, and what belongs to it.
struct Item {
  std::string object;  ///< "column".
  std::string name;    ///< What tells it from others of the kind within its owner.
  Attributes attributes;
};

/// A table, view or other object of the database, and the items that belong to it.
struct Entry {
  std::string object;  ///< "table".
  QualifiedName name;
  Attributes attributes;
  std::vector<Item> items;
};

/// A schema as entries, those of a kind in the order of their names.
[[nodiscard]] std::vector<Entry> entries_of(const Schema& schema);

}  // namespace relata::diff
