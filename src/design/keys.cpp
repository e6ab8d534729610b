#include "design/keys.h"

#include <algorithm>

#include "base/text.h"

namespace relata::design {

const std::vector<Key>& keys() {
  static const std::vector<Key> table{
#define RELATA_KEY(section, name, shape, choices, help) \
  Key{Section::section, name, Shape::shape, choices, help},
#include "design/keys.def"
#undef RELATA_KEY
  };
  return table;
}

const Key* find_key(Section section, std::string_view name) {
  const auto found = std::find_if(keys().begin(), keys().end(), [&](const Key& key) {
    return key.section == section && key.name == name;
  });
  return found == keys().end() ? nullptr : &*found;
}

std::vector<std::string_view> key_names(Section section) {
  std::vector<std::string_view> names;
  for (const Key& key : keys()) {
    if (key.section == section) names.push_back(key.name);
  }
  return names;
}

std::vector<std::string_view> choices_of(const Key& key) {
  return key.choices.empty() ? std::vector<std::string_view>{} : split(key.choices, '|');
}

}  // namespace relata::design
