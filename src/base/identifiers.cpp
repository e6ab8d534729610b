#include "base/identifiers.h"

#include <algorithm>

#include "base/text.h"

namespace relata {

void collect_identifiers(std::string_view text, std::set<std::string>& words) {
  const auto is_part = [](char c) {
    return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '$' ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '"' || text[at] == '`') {
      const std::size_t end = std::min(text.find(text[at], at + 1), text.size());
      words.emplace(text.substr(at + 1, end - at - 1));
      at = end + 1;
    } else if (is_part(text[at])) {
      const std::size_t begin = at;
      while (at < text.size() && is_part(text[at])) ++at;
      words.emplace(text.substr(begin, at - begin));
    } else {
      ++at;
    }
  }
}

}  // namespace relata
