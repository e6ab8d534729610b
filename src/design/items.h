#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "design/design.h"

namespace relata::design {

/// A part of an item that always has a value: how it reads, and how to take it over.
template <class Owner>
struct Attribute {
  std::string_view name;
  std::string (*text)(const Owner&);
  void (*copy)(const Owner& from, Owner& to);
};

[[nodiscard]] const std::vector<Attribute<Design>>& design_attributes();
[[nodiscard]] const std::vector<Attribute<Entity>>& entity_attributes();

/// What tells one item from its siblings, and its content as text; both are stable.
[[nodiscard]] std::string key_of(const Field& field);
[[nodiscard]] std::string key_of(const UniqueKey& key);
[[nodiscard]] std::string key_of(const IndexWish& index);
[[nodiscard]] std::string key_of(const PolymorphicReference& reference);
[[nodiscard]] std::string key_of(const Relationship& relationship);
[[nodiscard]] std::string key_of(const Denormalization& item);
[[nodiscard]] std::string key_of(const Assumption& item);
[[nodiscard]] std::string key_of(const Question& item);

[[nodiscard]] std::string content_of(const Field& field);
[[nodiscard]] std::string content_of(const UniqueKey& key);
[[nodiscard]] std::string content_of(const IndexWish& index);
[[nodiscard]] std::string content_of(const PolymorphicReference& reference);
[[nodiscard]] std::string content_of(const Relationship& relationship);
[[nodiscard]] std::string content_of(const Denormalization& item);
[[nodiscard]] std::string content_of(const Assumption& item);
[[nodiscard]] std::string content_of(const Question& item);

}  // namespace relata::design
