#include "read/english/word_classes.h"

#include <unordered_map>

#include "base/text.h"

namespace relata::english {
namespace {

using Mask = std::uint64_t;

Mask bit(WordClass list) { return Mask{1} << static_cast<unsigned>(list); }

struct ClassWords {
  WordClass list;
  std::string_view words;
};

constexpr ClassWords classes[] = {
#define WORD_CLASS(name, words) {WordClass::name, words},
#include "read/english/word_classes.def"
#undef WORD_CLASS
};

static_assert(sizeof(classes) / sizeof(classes[0]) <= 64);

const std::unordered_map<std::string_view, Mask>& masks() {
  static const auto instance = [] {
    std::unordered_map<std::string_view, Mask> map;
    map.reserve(2048);
    for (const auto& [list, words] : classes) {
      for (const std::string_view word : split(words, ' ')) {
        if (!word.empty()) map[word] |= bit(list);
      }
    }
    return map;
  }();
  return instance;
}

}  // namespace

bool is_in(std::string_view word, WordClass list) {
  const auto it = masks().find(word);
  return it != masks().end() && (it->second & bit(list)) != 0;
}

}  // namespace relata::english
