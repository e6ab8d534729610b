#include "design/short_form_tokens.h"

#include <algorithm>
#include <utility>

namespace relata::design {
namespace {

constexpr std::string_view signs = "(),|=<>\"";

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; }
bool is_word_byte(char c) {
  return !is_blank(c) && !is_control(c) && signs.find(c) == std::string_view::npos;
}

}  // namespace

ShortFormCursor::ShortFormCursor(std::string_view text) : text_(text) { skip_blanks(); }

void ShortFormCursor::skip_blanks() {
  while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
}

std::string_view ShortFormCursor::bare_word() const {
  std::size_t end = at_;
  while (end < text_.size() && is_word_byte(text_[end])) ++end;
  return text_.substr(at_, end - at_);
}

bool ShortFormCursor::take(std::string_view sign) {
  if (!rest().starts_with(sign)) return false;
  at_ += sign.size();
  skip_blanks();
  return true;
}

bool ShortFormCursor::take_keyword(std::string_view keyword) {
  if (bare_word() != keyword) return false;
  return take(keyword);
}

std::optional<std::string> ShortFormCursor::take_word() {
  if (at_end()) return std::nullopt;
  if (text_[at_] != '"') {
    const std::string_view word = bare_word();
    if (word.empty()) return std::nullopt;
    at_ += word.size();
    skip_blanks();
    return std::string(word);
  }
  std::string word;
  for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
    char c = text_[i];
    if (c == '"') {
      at_ = i + 1;
      skip_blanks();
      return word;
    }
    if (c == '\\' && i + 1 < text_.size()) {
      c = text_[++i];
      if (c == 'n') c = '\n';
      if (c == 't') c = '\t';
      if (c == 'r') c = '\r';
    }
    word += c;
  }
  return std::nullopt;
}

ShortForm<std::vector<std::string>> ShortFormCursor::take_list() {
  std::vector<std::string> words;
  if (take(")")) return words;
  while (true) {
    std::string phrase;
    const std::size_t begin = at_;
    while (std::optional<std::string> word = take_word()) {
      if (!phrase.empty()) phrase += ' ';
      phrase += *word;
    }
    if (at_ == begin) return tl::make_unexpected(error_here("a value is missing here"));
    words.push_back(std::move(phrase));
    if (take(")")) return words;
    if (!take(","))
      return tl::make_unexpected(error_here("',' or ')' is missing here", "write (a, b)"));
  }
}

ShortFormError ShortFormCursor::error_here(std::string message, std::string help) const {
  std::size_t size = bare_word().size();
  if (size == 0 && at_ < text_.size()) size = 1;
  ShortFormError error;
  error.begin = at_;
  error.end = at_ + size;
  error.message = std::move(message);
  error.help = std::move(help);
  return error;
}

std::string in_quotes(std::string_view word) {
  std::string out = "\"";
  for (char c : word) {
    switch (c) {
      case '"':
      case '\\':
        out += '\\';
        out += c;
        break;
      case '\n':
        out += "\\n";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        out += c;
    }
  }
  return out + "\"";
}

std::string quote_word(std::string_view word) {
  const bool bare = !word.empty() && std::all_of(word.begin(), word.end(), is_word_byte);
  return bare ? std::string(word) : in_quotes(word);
}

std::string quote_words(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) {
    if (&word != words.data()) out += ", ";
    out += quote_word(word);
  }
  return out;
}

}  // namespace relata::design
