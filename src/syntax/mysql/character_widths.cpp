#include "syntax/mysql/character_widths.h"

#include <algorithm>
#include <array>

#include "syntax/mysql/character_sets.h"

namespace relata::syntax::mysql {

namespace {

struct Width {
  std::string_view character_set;
  std::size_t bytes;
};

/// The sets whose characters take more than one byte.
constexpr std::array widths{
    Width{"big5", 2},    Width{"cp932", 2},   Width{"eucjpms", 3}, Width{"euckr", 2},
    Width{"gb18030", 4}, Width{"gb2312", 2},  Width{"gbk", 2},     Width{"sjis", 2},
    Width{"ucs2", 2},    Width{"ujis", 3},    Width{"utf16", 4},   Width{"utf16le", 4},
    Width{"utf32", 4},   Width{"utf8mb3", 3}, Width{"utf8mb4", 4},
};

}  // namespace

std::size_t bytes_per_character(std::string_view character_set) {
  const auto* found = std::ranges::find(widths, character_set, &Width::character_set);
  if (found != widths.end()) return found->bytes;
  return default_collation(character_set).empty() ? 0 : 1;
}

}  // namespace relata::syntax::mysql
