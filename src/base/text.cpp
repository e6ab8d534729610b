#include "base/text.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace relata {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
char upper(char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }

/// Bytes of the UTF-8 sequence that begins with this byte; 1 for a byte that begins none.
std::size_t sequence_length(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte >= 0xF0) return 4;
  if (byte >= 0xE0) return 3;
  return byte >= 0xC0 ? 2 : 1;
}

/// First and last code point of a block of the Unicode Character Database (Blocks.txt).
struct Block {
  std::uint32_t first;
  std::uint32_t last;
};

/// Blocks beyond ASCII that hold punctuation, symbols and spaces rather than letters.
constexpr std::array symbol_blocks{
    Block{0x0080, 0x00A9}, Block{0x00AB, 0x00B4},  Block{0x00B6, 0x00B9}, Block{0x00BB, 0x00BF},
    Block{0x00D7, 0x00D7}, Block{0x00F7, 0x00F7},  Block{0x2000, 0x206F}, Block{0x20A0, 0x20CF},
    Block{0x2190, 0x2BFF}, Block{0x2E00, 0x2E7F},  Block{0x3000, 0x3004}, Block{0x3008, 0x3020},
    Block{0xE000, 0xF8FF}, Block{0xFE00, 0xFE0F},  Block{0xFE30, 0xFE4F}, Block{0xFEFF, 0xFEFF},
    Block{0xFFF0, 0xFFFF}, Block{0x1F000, 0x1FAFF}};

/// Whether one UTF-8 sequence is a letter or digit of any script.
bool is_word_character(std::string_view sequence) {
  const auto lead = static_cast<unsigned char>(sequence.front());
  if (lead < 0x80) return is_ascii_letter(sequence.front()) || is_ascii_digit(sequence.front());
  std::uint32_t point = lead & (0xFFU >> (sequence.size() + 1));
  for (char c : sequence.substr(1)) point = (point << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
  return std::none_of(symbol_blocks.begin(), symbol_blocks.end(), [&](const Block& block) {
    return point >= block.first && point <= block.last;
  });
}

}  // namespace

std::string to_lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

std::string to_upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), upper);
  return out;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(blank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) {
    if (&part != parts.data()) out += separator;
    out += part;
  }
  return out;
}

std::string replace_all(std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  std::size_t at = 0;
  while (!from.empty()) {
    const std::size_t hit = text.find(from, at);
    if (hit == std::string_view::npos) break;
    out += text.substr(at, hit - at);
    out += to;
    at = hit + from.size();
  }
  out += text.substr(at);
  return out;
}

std::vector<std::string> words_of(std::string_view identifier) {
  std::vector<std::string> words;
  std::string word;
  const auto finish = [&] {
    if (!word.empty()) words.push_back(to_lower(word));
    word.clear();
  };
  std::size_t next = 0;
  for (std::size_t i = 0; i < identifier.size(); i = next) {
    const char c = identifier[i];
    next = i + sequence_length(c);
    const std::string_view sequence = identifier.substr(i, next - i);
    if (!is_word_character(sequence)) {
      finish();
      continue;
    }
    if (is_upper(c) && !word.empty()) {
      const bool after_small = !is_upper(word.back());
      const bool before_small = next < identifier.size() && is_lower(identifier[next]);
      if (after_small || before_small) finish();
    }
    word += sequence;
  }
  finish();
  return words;
}

std::string snake_case(std::string_view identifier) { return join(words_of(identifier), "_"); }

std::string pascal_case(std::string_view identifier) {
  std::string out;
  for (std::string word : words_of(identifier)) {
    word.front() = upper(word.front());
    out += word;
  }
  return out;
}

std::string camel_case(std::string_view identifier) {
  std::string out = pascal_case(identifier);
  if (!out.empty()) out.front() = lower(out.front());
  return out;
}

std::size_t first_invalid_utf8(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  std::size_t i = 0;
  while (i < text.size()) {
    const unsigned lead = byte(i);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    std::size_t length = 0;
    std::uint32_t point = 0;
    if (lead >= 0xC2 && lead <= 0xDF) {
      length = 2;
      point = lead & 0x1FU;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
      length = 3;
      point = lead & 0x0FU;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
      length = 4;
      point = lead & 0x07U;
    } else {
      return i;
    }
    if (i + length > text.size()) return i;
    for (std::size_t k = 1; k < length; ++k) {
      if ((byte(i + k) & 0xC0U) != 0x80U) return i;
      point = (point << 6U) | (byte(i + k) & 0x3FU);
    }
    const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    if (overlong || surrogate || point > 0x10FFFF) return i;
    i += length;
  }
  return std::string_view::npos;
}

std::string_view clipped(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return text.substr(0, bytes);
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::uint64_t stable_hash(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211ULL;
  }
  return hash;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  // The rows of the table for a[0..i-2], a[0..i-1] and a[0..i].
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before.swap(last);
    last.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row.back();
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  std::string_view best;
  std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace relata
