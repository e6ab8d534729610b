#pragma once

#include <cstdint>
#include <string_view>

namespace relata::english {

/// A closed list of words (word_classes.def).
enum class WordClass : std::uint8_t {
#define WORD_CLASS(name, words) name,
#include "read/english/word_classes.def"
#undef WORD_CLASS
};

/// Whether a lower-case word (verbs and nouns in their base form) is in a closed list.
[[nodiscard]] bool is_in(std::string_view word, WordClass list);

}  // namespace relata::english
