#include "read/english/quantity.h"

#include <array>
#include <charconv>

#include "read/english/word_classes.h"

namespace relata::english {
namespace {

using enum WordClass;

constexpr std::array<std::string_view, 11> number_words{
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"};

std::optional<int> number_of(const Token& token) {
  for (std::size_t i = 0; i < number_words.size(); ++i) {
    if (token.lower == number_words[i]) return static_cast<int>(i);
  }
  if (token.lower == "a" || token.lower == "an" || token.lower == "single") return 1;
  if (token.lower == "no") return 0;
  int value = 0;
  const char* end = token.lower.data() + token.lower.size();
  const auto [stop, error] = std::from_chars(token.lower.data(), end, value);
  if (error == std::errc() && stop == end) return value;
  return std::nullopt;
}

}  // namespace

void read_quantity(const Sentence& tokens, std::size_t& i, NounPhrase& phrase) {
  const auto word_at = [&](std::size_t k, std::string_view word) {
    return k < tokens.size() && tokens[k].lower == word;
  };
  const auto tag_at = [&](std::size_t k, Tag tag) {
    return k < tokens.size() && tokens[k].tag == tag;
  };
  Quantity& q = phrase.quantity;
  const auto set = [&](int low, std::optional<int> high) {
    q.stated = true;
    q.minimum = low;
    q.maximum = high;
  };
  const auto number_at = [&](std::size_t k) {
    return k < tokens.size() ? number_of(tokens[k]) : std::nullopt;
  };
  if (word_at(i, "exactly") || word_at(i, "precisely")) {
    if (const auto n = number_at(i + 1)) {
      set(*n, *n);
      i += 2;
      return;
    }
  }
  if ((word_at(i, "at") && word_at(i + 1, "most")) || (word_at(i, "up") && word_at(i + 1, "to"))) {
    if (const auto n = number_at(i + 2)) {
      set(0, *n);
      i += 3;
      return;
    }
  }
  if (word_at(i, "more") && word_at(i + 1, "than")) {
    if (const auto n = number_at(i + 2)) {
      set(*n + 1, std::nullopt);
      i += 3;
      return;
    }
  }
  if (word_at(i, "at") && word_at(i + 1, "least")) {
    if (const auto n = number_at(i + 2)) {
      set(*n, std::nullopt);
      i += 3;
      return;
    }
  }
  if (word_at(i, "only") || word_at(i, "just")) {
    if (const auto n = number_at(i + 1); n && !word_at(i + 1, "a") && !word_at(i + 1, "an")) {
      set(0, *n);
      i += 2;
      return;
    }
  }
  if (word_at(i, "between")) {
    const auto low = number_at(i + 1);
    const auto high = number_at(i + 3);
    if (low && high && word_at(i + 2, "and")) {
      set(*low, *high);
      i += 4;
      return;
    }
  }
  if (const auto low = number_at(i); low && (word_at(i + 1, "or") || word_at(i + 1, "to"))) {
    if (word_at(i + 2, "more") || word_at(i + 2, "many") || word_at(i + 2, "several") ||
        word_at(i + 2, "multiple")) {
      set(*low, std::nullopt);
      i += 3;
      return;
    }
    if (const auto high = number_at(i + 2)) {
      set(*low, *high);
      i += 3;
      return;
    }
  }
  while (i < tokens.size()) {
    const Token& t = tokens[i];
    if (t.tag == Tag::determiner || t.tag == Tag::possessive_pronoun) {
      if (is_in(t.lower, many)) {
        if (t.lower == "more") {
          set(1, std::nullopt);
        } else if (t.lower != "all" && t.lower != "both" && t.lower != "most" &&
                   t.lower != "different") {
          set(0, std::nullopt);
        }
      } else if (is_in(t.lower, distributive)) {
        phrase.each = true;
      } else if (t.lower == "other" || t.lower == "another") {
        phrase.other = true;
      } else if (t.tag == Tag::possessive_pronoun) {
        phrase.own = true;
      } else if (t.lower == "a" || t.lower == "an") {
        phrase.indefinite = true;
      } else {
        phrase.definite = true;
      }
      ++i;
      continue;
    }
    if (t.tag == Tag::number) {
      const auto n = number_of(t);
      if (n && (i + 1 < tokens.size()) &&
          (tag_at(i + 1, Tag::noun) || tag_at(i + 1, Tag::adjective) ||
           tag_at(i + 1, Tag::determiner) || tag_at(i + 1, Tag::number))) {
        set(*n, *n);
        ++i;
        continue;
      }
    }
    break;
  }
}

}  // namespace relata::english
