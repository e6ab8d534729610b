#include "design/origin_comment.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

#include "base/text.h"

namespace relata::design {
namespace {

constexpr std::size_t most_words = 60;  ///< Code points; a line of design.yaml stays readable.

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// What some YAML version takes for a line end, beside CR and LF.
constexpr std::array<std::string_view, 4> separators{"\u0085", "\u2028", "\u2029", "\uFEFF"};

/// Runs of blanks, line ends and control characters become one blank; cut with an ellipsis.
std::string on_one_line(std::string_view original) {
  // What comes after a generous cut cannot matter.
  std::size_t cut = std::min(original.size(), most_words * 40);
  while (cut < original.size() && is_continuation(original[cut])) ++cut;
  std::string text(original.substr(0, cut));
  for (std::string_view separator : separators) text = replace_all(text, separator, " ");
  std::string out;
  std::size_t points = 0;
  bool blank = false;
  for (char c : trim(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7F) {
      blank = true;
      continue;
    }
    if (blank) {
      out += ' ';
      ++points;
      blank = false;
    }
    if (!is_continuation(c) && ++points > most_words) {
      while (!out.empty() && out.back() == ' ') out.pop_back();
      return out + "\u2026";
    }
    out += c;
  }
  return out;
}

bool is_rule(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == 0 || slash == std::string_view::npos || slash + 1 == text.size()) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || is_ascii_digit(c) || c == '-' || c == '_' || c == '/';
  });
}

std::optional<double> confidence_of(std::string_view text) {
  double value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc() || result.ptr != text.data() + text.size()) return std::nullopt;
  if (!(value >= 0 && value <= 1)) return std::nullopt;
  return value;
}

/// Takes the last blank-separated word off `text`.
std::string_view take_last_word(std::string_view& text) {
  text = trim(text);
  const std::size_t blank = text.find_last_of(" \t");
  const std::size_t begin = blank == std::string_view::npos ? 0 : blank + 1;
  const std::string_view word = text.substr(begin);
  text = trim(text.substr(0, begin));
  return word;
}

}  // namespace

std::string words_behind(const Origin& origin, const SourceFile* source) {
  if (!origin.words.empty()) return on_one_line(origin.words);
  const bool shown = source != nullptr && source->name == origin.source && !origin.span.empty() &&
                     origin.span.end <= source->text.size() && origin.span.begin < origin.span.end;
  if (!shown) return {};
  return on_one_line(std::string_view(source->text).substr(origin.span.begin, origin.span.size()));
}

std::string origin_comment(const Origin& origin, std::string_view words) {
  if (!is_rule(origin.rule)) return {};
  std::string out;
  if (!words.empty()) out += "\"" + std::string(words) + "\" ";
  out += origin.rule;
  const std::string confidence = fmt::format("{:.2g}", origin.confidence);
  if (confidence != "1") out += " " + confidence;
  return out;
}

std::optional<Origin> parse_origin_comment(std::string_view text) {
  Origin origin;
  std::string_view word = take_last_word(text);
  if (const std::optional<double> confidence = confidence_of(word)) {
    origin.confidence = *confidence;
    word = take_last_word(text);
  }
  if (!is_rule(word)) return std::nullopt;
  origin.rule = word;
  if (text.empty()) return origin;
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::nullopt;
  origin.words = text.substr(1, text.size() - 2);
  return origin;
}

}  // namespace relata::design
