#include "emit/dictionary/markdown.h"

#include <algorithm>

#include "base/text.h"

namespace relata::emit::markdown {
namespace {

std::string one_line(std::string_view words) {
  std::string out;
  for (const char c : trim(words)) out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  return out;
}

/// Backticks in a row, at most, in the text.
std::size_t longest_run(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

std::string text(std::string_view words) {
  static constexpr std::string_view special = "\\`*_{}[]<>#|~$&";
  std::string out;
  for (const char c : one_line(words)) {
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string code(std::string_view words) {
  const std::string line = one_line(words);
  if (line.empty()) return {};
  const std::string ticks(longest_run(line) + 1, '`');
  const bool apart = line.front() == '`' || line.back() == '`';
  const std::string inner = apart ? " " + line + " " : line;
  // A bar ends a table's cell even within a code span.
  return ticks + replace_all(inner, "|", "\\|") + ticks;
}

std::string block(std::string_view language, std::string_view text) {
  const std::string ticks(std::max<std::size_t>(3, longest_run(text) + 1), '`');
  return ticks + std::string(language) + "\n" + std::string(trim(text)) + "\n" + ticks + "\n";
}

std::string anchor(std::string_view heading) {
  std::string out;
  for (const char c : to_lower(one_line(heading))) {
    const bool kept = is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '-' ||
                      static_cast<unsigned char>(c) >= 0x80;
    if (kept) out += c;
    if (c == ' ') out += '-';
  }
  return out;
}

}  // namespace relata::emit::markdown
