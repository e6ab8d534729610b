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

using Pair = std::pair<std::string_view, std::string_view>;

/// Nouns whose plural no suffix rule gives: singular, plural.
constexpr std::array irregular_nouns{
    Pair{"person", "people"},
    Pair{"child", "children"},
    Pair{"man", "men"},
    Pair{"woman", "women"},
    Pair{"foot", "feet"},
    Pair{"tooth", "teeth"},
    Pair{"goose", "geese"},
    Pair{"mouse", "mice"},
    Pair{"criterion", "criteria"},
    Pair{"phenomenon", "phenomena"},
    Pair{"datum", "data"},
    Pair{"medium", "media"},
    Pair{"analysis", "analyses"},
    Pair{"basis", "bases"},
    Pair{"diagnosis", "diagnoses"},
    Pair{"thesis", "theses"},
    Pair{"crisis", "crises"},
    Pair{"hypothesis", "hypotheses"},
    Pair{"synopsis", "synopses"},
    Pair{"index", "indexes"},
    Pair{"matrix", "matrices"},
    Pair{"vertex", "vertices"},
    Pair{"appendix", "appendices"},
    Pair{"leaf", "leaves"},
    Pair{"shelf", "shelves"},
    Pair{"half", "halves"},
    Pair{"knife", "knives"},
    Pair{"life", "lives"},
    Pair{"wife", "wives"},
    Pair{"loaf", "loaves"},
    Pair{"thief", "thieves"},
    Pair{"wolf", "wolves"},
    Pair{"calf", "calves"},
    Pair{"quiz", "quizzes"},
    Pair{"bus", "buses"},
    Pair{"gas", "gases"},
    Pair{"status", "statuses"},
    Pair{"virus", "viruses"},
    Pair{"campus", "campuses"},
    Pair{"bonus", "bonuses"},
    Pair{"lens", "lenses"},
    Pair{"alias", "aliases"},
    Pair{"canvas", "canvases"},
    Pair{"atlas", "atlases"},
    Pair{"hero", "heroes"},
    Pair{"potato", "potatoes"},
    Pair{"tomato", "tomatoes"},
    Pair{"echo", "echoes"},
    Pair{"veto", "vetoes"},
    Pair{"cargo", "cargoes"},
    Pair{"ox", "oxen"},
    Pair{"movie", "movies"},
    Pair{"cookie", "cookies"},
    Pair{"zombie", "zombies"},
    Pair{"calorie", "calories"},
    Pair{"prairie", "prairies"},
    Pair{"die", "dice"},
    Pair{"axis", "axes"},
    Pair{"cache", "caches"},
    Pair{"niche", "niches"},
    Pair{"axe", "axes"},
    Pair{"shoe", "shoes"},
    Pair{"tie", "ties"},
    Pair{"pie", "pies"},
    Pair{"lie", "lies"},
    Pair{"response", "responses"},
    Pair{"cause", "causes"},
    Pair{"menu", "menus"},
    Pair{"bureau", "bureaus"},
};

/// Nouns with one form for both numbers.
constexpr std::array<std::string_view, 33> unchanging_nouns{
    "staff",      "equipment", "information", "series",  "species",     "news",      "aircraft",
    "spacecraft", "sheep",     "fish",        "deer",    "feedback",    "software",  "hardware",
    "furniture",  "luggage",   "metadata",    "mail",    "money",       "personnel", "inventory",
    "research",   "homework",  "traffic",     "weather", "music",       "stuff",     "cash",
    "clothing",   "police",    "means",       "chassis", "headquarters"};

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

bool ends_with(std::string_view word, std::string_view suffix) {
  return word.size() >= suffix.size() && word.substr(word.size() - suffix.size()) == suffix;
}

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

bool contains(const auto& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The plural or singular of one lower-case word.
std::string plural_word(std::string_view word) {
  if (word.empty() || contains(unchanging_nouns, word)) return std::string(word);
  for (const auto& [one, many] : irregular_nouns) {
    if (word == one) return std::string(many);
  }
  for (const auto& [one, many] : irregular_nouns) {
    if (word == many && one != "basis" && one != "axis") return std::string(word);
  }
  const std::string stem(word);
  const char last = word.back();
  if (last == 'y' && word.size() > 1 && !is_vowel(word[word.size() - 2]))
    return stem.substr(0, stem.size() - 1) + "ies";
  if (last == 's' || last == 'x' || last == 'z' || ends_with(word, "ch") || ends_with(word, "sh"))
    return stem + "es";
  return stem + "s";
}

std::string singular_word(std::string_view word) {
  if (contains(unchanging_nouns, word)) return std::string(word);
  for (const auto& [one, many] : irregular_nouns) {
    if (word == one) return std::string(one);
  }
  if (word == "bases") return "base";  // far more often than "basis" in schemas
  if (word == "indices") return "index";
  for (const auto& [one, many] : irregular_nouns) {
    if (word == many) return std::string(one);
  }
  const std::string stem(word);
  if (word.size() > 3 && ends_with(word, "ies")) return stem.substr(0, stem.size() - 3) + "y";
  for (std::string_view suffix : {"sses", "xes", "zzes", "ches", "shes"}) {
    if (word.size() > suffix.size() && ends_with(word, suffix))
      return stem.substr(0, stem.size() - 2);
  }
  if (word.size() > 2 && word.back() == 's' && !ends_with(word, "ss") && !ends_with(word, "us") &&
      !ends_with(word, "is"))
    return stem.substr(0, stem.size() - 1);
  return stem;
}

/// Applies a word function to the last word of a name, keeping the case of what came before and
/// of the word's first letter.
std::string change_last_word(std::string_view name, std::string (*change)(std::string_view)) {
  std::size_t begin = name.size();
  while (begin > 0) {
    const char c = name[begin - 1];
    if (!is_ascii_letter(c) && static_cast<unsigned char>(c) < 0x80) break;
    --begin;
    if (is_upper(c) && begin > 0 && is_lower(name[begin - 1])) break;
  }
  const std::string_view word = name.substr(begin);
  if (word.empty()) return std::string(name);
  std::string changed = change(to_lower(word));
  const bool all_upper = word.size() > 1 && std::all_of(word.begin(), word.end(), is_upper);
  if (all_upper) {
    // "URLs": an acronym keeps its capitals.
    std::string kept(word);
    if (changed.size() > word.size()) kept += changed.substr(word.size());
    return std::string(name.substr(0, begin)) + kept;
  }
  if (is_upper(word.front())) changed.front() = upper(changed.front());
  return std::string(name.substr(0, begin)) + changed;
}

}  // namespace

bool is_ascii_letter(char c) { return is_upper(c) || is_lower(c); }
bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

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

std::string plural_of(std::string_view name) { return change_last_word(name, plural_word); }
std::string singular_of(std::string_view name) { return change_last_word(name, singular_word); }

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
