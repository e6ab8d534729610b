#pragma once

#include <cstddef>
#include <string_view>

namespace relata::syntax::mysql {

/// Most bytes that a character of the set takes (information_schema.CHARACTER_SETS, MAXLEN); 0 for
/// a set that is not known.
[[nodiscard]] std::size_t bytes_per_character(std::string_view character_set);

}  // namespace relata::syntax::mysql
