#pragma once

#include <string>
#include <vector>

#include "design/design.h"

namespace relata::english {

/// Whether a noun names a value rather than a thing ("price", "date"): a closed list of heads, then
/// WordNet's classes of attributes, times and quantities.
[[nodiscard]] bool is_attribute_head(const std::string& noun);

/// The type that the words of a field's name tell (rule 35), last word first.
[[nodiscard]] design::FieldType type_of(const std::vector<std::string>& words);

}  // namespace relata::english
