#include "emit/yaml_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "base/text.h"

namespace relata::emit {
namespace {

constexpr std::size_t widest_column = 56;

/// Words that some YAML version reads as a null or a boolean.
constexpr std::array<std::string_view, 11> taken_words{"null", "~",   "true", "false", "yes", "no",
                                                       "on",   "off", "y",    "n",     ".nan"};

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; }

/// Numbers, dates and the like in any YAML version: a digit in front, or a sign or point before it.
bool looks_like_number(std::string_view text) {
  const std::size_t digit = text.find_first_not_of("+-.");
  if (digit == std::string_view::npos) return true;
  if (to_lower(text.substr(digit)) == "inf") return true;
  return is_ascii_digit(text[digit]) &&
         text.find_first_not_of("0123456789abcdefABCDEFxXo_:.+-TZ ") == std::string_view::npos;
}

/// What some YAML version takes for a line end, beside CR and LF; and how it is escaped.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> separators{
    {{"\u0085", "\\u0085"}, {"\u2028", "\\u2028"}, {"\u2029", "\\u2029"}, {"\uFEFF", "\\uFEFF"}}};

bool has_line_separator(std::string_view text) {
  return std::any_of(separators.begin(), separators.end(), [&](const auto& separator) {
    return text.find(separator.first) != std::string_view::npos;
  });
}

bool can_be_plain(std::string_view text, YamlPlace place) {
  if (text.empty() || trim(text).size() != text.size()) return false;
  if (std::any_of(text.begin(), text.end(), is_control) || has_line_separator(text)) return false;
  if (std::string_view("-?:,[]{}#&*!|>'\"%@`=<").find(text.front()) != std::string_view::npos)
    return false;
  if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos ||
      text.back() == ':')
    return false;
  if (place == YamlPlace::flow && text.find_first_of(",[]{}:") != std::string_view::npos)
    return false;
  const std::string lower = to_lower(text);
  if (std::find(taken_words.begin(), taken_words.end(), lower) != taken_words.end()) return false;
  return !looks_like_number(text);
}

std::string in_double_quotes(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (is_control(c)) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      out += c;
    }
  }
  for (const auto& [separator, escaped] : separators) out = replace_all(out, separator, escaped);
  return out + "\"";
}

}  // namespace

std::string yaml_scalar(std::string_view text, YamlPlace place) {
  return can_be_plain(text, place) ? std::string(text) : in_double_quotes(text);
}

void CommentedLines::add(std::string line, std::string comment) {
  lines_.push_back({std::move(line), std::move(comment)});
}

std::string CommentedLines::take() {
  std::size_t column = 0;
  for (const Line& line : lines_) {
    const std::size_t width = code_points(line.text);
    if (!line.comment.empty() && width <= widest_column) column = std::max(column, width);
  }
  std::string out;
  for (const Line& line : lines_) {
    out += line.text;
    if (!line.comment.empty()) {
      const std::size_t width = code_points(line.text);
      out.append(width < column ? column - width : 0, ' ');
      out += "  # " + line.comment;
    }
    out += '\n';
  }
  lines_.clear();
  return out;
}

}  // namespace relata::emit
