#include "read/sql/sql_words.h"

#include <algorithm>

#include "base/text.h"

namespace relata::sql {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

bool is_word_byte(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

bool SqlWords::begins_line() const { return place_ == 0 || text_[place_ - 1] == '\n'; }

void SqlWords::skip_line() { place_ = std::min(text_.find('\n', place_), text_.size()); }

/// Skips a comment, save that what stands in "/*! ... */" counts for MySQL.
bool SqlWords::skip_comment() {
  const char c = text_[place_];
  if (c == '-' && at(place_ + 1) == '-') {
    skip_line();
    return true;
  }
  if (c == '/' && at(place_ + 1) == '*' && at(place_ + 2) != '!') {
    const std::size_t end = text_.find("*/", place_ + 2);
    place_ = end == std::string_view::npos ? text_.size() : end + 2;
    return true;
  }
  return false;
}

std::optional<SqlWord> SqlWords::next() {
  while (place_ < text_.size()) {
    if (is_blank(text_[place_])) {
      ++place_;
    } else if (!skip_comment()) {
      SqlWord word;
      word.begin = place_;
      word.begins_statement = begins_statement_;
      word.text = take();
      // What counts as "alone on its line" in the clients leaves the statement where it was.
      if (word.text != "\\" && word.text != ".command" && word.text != "#" && word.text != "/*!") {
        begins_statement_ = word.text == ";";
      }
      return word;
    }
  }
  return {};
}

std::string_view SqlWords::take() {
  const char c = text_[place_];
  if (c == '\'') {
    skip_string(c);
    return "'";
  }
  if (c == '"' || c == '`') {
    skip_string(c);
    return c == '"' ? "\"" : "`";
  }
  if (c == '$' && skip_dollar_quote()) return "$$";
  if (c == '/' && at(place_ + 1) == '*') {  // "/*!40101"
    place_ += 3;
    while (is_ascii_digit(at(place_))) ++place_;
    return "/*!";
  }
  if (c == '\\' && begins_line()) {
    skip_line();
    return "\\";
  }
  if (c == '.' && begins_line() && is_ascii_letter(at(place_ + 1))) {
    skip_line();
    return ".command";
  }
  if (c == '#' && (place_ == 0 || is_blank(text_[place_ - 1])) && at(place_ + 1) != '>' &&
      at(place_ + 1) != '-') {
    skip_line();
    return "#";
  }
  // A name in brackets does not stand behind a name, as an array's index does.
  if (c == '[' && (is_ascii_letter(at(place_ + 1)) || at(place_ + 1) == '_') &&
      (place_ == 0 || !(is_word_byte(text_[place_ - 1]) || text_[place_ - 1] == ')' ||
                        text_[place_ - 1] == ']' || text_[place_ - 1] == '"'))) {
    const std::size_t end = text_.find(']', place_);
    if (end != std::string_view::npos &&
        text_.substr(place_, end - place_).find('\n') == std::string_view::npos) {
      place_ = end + 1;
      return "[";
    }
  }
  if (is_word_byte(c)) return take_word();
  for (const std::string_view symbol : {"::", "@@"}) {
    if (text_.substr(place_).starts_with(symbol)) {
      place_ += symbol.size();
      return symbol;
    }
  }
  return std::string_view(folded_).substr(place_++, 1);
}

std::string_view SqlWords::take_word() {
  const std::size_t begin = place_;
  while (place_ < text_.size() && (is_word_byte(text_[place_]) || text_[place_] == '$')) ++place_;
  return std::string_view(folded_).substr(begin, place_ - begin);
}

void SqlWords::skip_string(char quote) {
  ++place_;
  while (place_ < text_.size()) {
    const char c = text_[place_];
    if (c == '\\' && quote == '\'' && at(place_ + 1) == '\'') {
      // An escape in MySQL, the last character of the string elsewhere.
      std::size_t after = place_ + 2;
      while (after < text_.size() && is_blank(text_[after])) ++after;
      const char next = at(after);
      const bool ends = next == ',' || next == ')' || next == ';' || next == '\0';
      place_ += 2;
      if (ends) return;
      continue;
    }
    if (c == '\\' && quote == '\'' && at(place_ + 1) == '\\') {
      place_ += 2;
      continue;
    }
    ++place_;
    if (c != quote) continue;
    if (at(place_) != quote) return;
    ++place_;
  }
}

bool SqlWords::skip_dollar_quote() {
  std::size_t end = place_ + 1;
  if (is_ascii_digit(at(end))) return false;
  while (is_word_byte(at(end)) && end < text_.size()) ++end;
  if (at(end) != '$') return false;
  const std::string_view tag = text_.substr(place_, end + 1 - place_);
  const std::size_t close = text_.find(tag, end + 1);
  place_ = close == std::string_view::npos ? text_.size() : close + tag.size();
  return true;
}

}  // namespace relata::sql
