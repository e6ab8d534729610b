#include "syntax/postgres/tokens.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace relata::syntax {
namespace {

bool is_name_start(char c) {
  return is_ascii_letter(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_name_part(char c) { return is_name_start(c) || is_ascii_digit(c) || c == '$'; }

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

bool is_operator_sign(char c) {
  return std::string_view("+-*/<>=~!@#%^&|`?").find(c) != std::string_view::npos;
}

// Key words that nest their operands, and those that no comma separates from the next.
constexpr auto chain_words = std::to_array<std::string_view>(
    {"and",      "at", "between", "case",    "collate", "else", "filter",
     "ilike",    "in", "is",      "isnull",  "like",    "not",  "notnull",
     "operator", "or", "over",    "similar", "then",    "when"});
constexpr auto joining_words =
    std::to_array<std::string_view>({"except", "intersect", "join", "union"});

}  // namespace

bool is_word(std::string_view token_text, std::string_view lower_case) {
  return token_text.size() == lower_case.size() &&
         std::equal(token_text.begin(), token_text.end(), lower_case.begin(), [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
         });
}

std::string_view cut_name(std::string_view name) {
  constexpr std::size_t longest_name = 63;
  return clipped(name, longest_name);
}

std::string name_of(std::string_view token_text) {
  if (token_text.empty()) return {};
  if (token_text.front() != '"') return std::string(cut_name(to_lower(token_text)));
  token_text.remove_prefix(1);
  if (!token_text.empty() && token_text.back() == '"') token_text.remove_suffix(1);
  return std::string(cut_name(replace_all(token_text, "\"\"", "\"")));
}

bool Tokens::skip_blanks_and_comments() {
  while (at_ < text_.size()) {
    if (is_blank(text_[at_])) {
      ++at_;
    } else if (text_.substr(at_, 2) == "--") {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (text_.substr(at_, 2) == "/*") {
      std::size_t depth = 1;
      at_ += 2;
      while (at_ < text_.size() && depth > 0) {
        if (text_.substr(at_, 2) == "/*") {
          ++depth;
          at_ += 2;
        } else if (text_.substr(at_, 2) == "*/") {
          --depth;
          at_ += 2;
        } else {
          ++at_;
        }
      }
      if (depth > 0) return false;
    } else {
      break;
    }
  }
  return true;
}

void Tokens::scan_quoted(char quote, bool escapes) {
  ++at_;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (escapes && c == '\\') {
      at_ = std::min(at_ + 2, text_.size());
    } else if (c != quote) {
      ++at_;
    } else if (at_ + 1 < text_.size() && text_[at_ + 1] == quote) {
      at_ += 2;
    } else {
      ++at_;
      return;
    }
  }
  complete_ = false;
}

bool Tokens::scan_dollar_quoted() {
  std::size_t end = at_ + 1;
  if (end < text_.size() && is_ascii_digit(text_[end])) return false;
  while (end < text_.size() && text_[end] != '$' && is_name_part(text_[end])) ++end;
  if (end >= text_.size() || text_[end] != '$') return false;
  const std::string_view tag = text_.substr(at_, end + 1 - at_);
  const std::size_t close = text_.find(tag, end + 1);
  complete_ = close != std::string_view::npos;
  at_ = complete_ ? close + tag.size() : text_.size();
  return true;
}

void Tokens::scan_number() {
  const auto digits = [&] {
    while (at_ < text_.size() && is_ascii_digit(text_[at_])) ++at_;
  };
  digits();
  if (at_ < text_.size() && text_[at_] == '.' && text_.substr(at_, 2) != "..") {
    ++at_;
    digits();
  }
  if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
    std::size_t exponent = at_ + 1;
    if (exponent < text_.size() && (text_[exponent] == '+' || text_[exponent] == '-')) ++exponent;
    if (exponent < text_.size() && is_ascii_digit(text_[exponent])) {
      at_ = exponent;
      digits();
    }
  }
}

void Tokens::scan_operation() {
  while (at_ < text_.size() && is_operator_sign(text_[at_]) && text_.substr(at_, 2) != "--" &&
         text_.substr(at_, 2) != "/*")
    ++at_;
}

void Tokens::scan_word(Token& token) {
  const char first = text_[at_];
  const char second = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
  if (second == '\'' && std::string_view("eEbBxXnN").find(first) != std::string_view::npos) {
    token.kind = TokenKind::string;
    ++at_;
    scan_quoted('\'', first == 'e' || first == 'E');
  } else if ((first == 'u' || first == 'U') && second == '&' && at_ + 2 < text_.size() &&
             (text_[at_ + 2] == '\'' || text_[at_ + 2] == '"')) {
    token.kind = text_[at_ + 2] == '"' ? TokenKind::quoted : TokenKind::string;
    at_ += 2;
    scan_quoted(text_[at_], false);
  } else {
    token.kind = TokenKind::word;
    while (at_ < text_.size() && is_name_part(text_[at_])) ++at_;
  }
}

Token Tokens::next() {
  complete_ = skip_blanks_and_comments();
  Token token;
  token.begin = at_;
  if (at_ < text_.size()) {
    const char c = text_[at_];
    const char after = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (is_name_start(c)) {
      scan_word(token);
    } else if (is_ascii_digit(c) || (c == '.' && is_ascii_digit(after))) {
      token.kind = TokenKind::number;
      scan_number();
    } else if (c == '\'') {
      token.kind = TokenKind::string;
      scan_quoted('\'', false);
    } else if (c == '"') {
      token.kind = TokenKind::quoted;
      scan_quoted('"', false);
    } else if (c == '$' && scan_dollar_quoted()) {
      token.kind = TokenKind::string;
    } else if (c == '$' && is_ascii_digit(after)) {
      token.kind = TokenKind::parameter;
      ++at_;
      scan_number();
    } else if (is_operator_sign(c)) {
      token.kind = TokenKind::operation;
      scan_operation();
    } else if (c == ':' && (after == ':' || after == '=')) {
      token.kind = TokenKind::operation;
      at_ += 2;
    } else {
      token.kind = c == '\\' ? TokenKind::backslash : TokenKind::punctuation;
      ++at_;
    }
  }
  token.end = at_;
  token.complete = complete_;
  return token;
}

void NestingDepth::add(const Token& token, std::string_view token_text) {
  const char first = token_text.empty() ? '\0' : token_text.front();
  if (token.kind == TokenKind::punctuation) {
    if (first == '(' || first == '[') {
      ++total_;
      ++level_;
      if (level_ < levels) chains_[level_] = 0;
    } else if ((first == ')' || first == ']') && level_ > 0) {
      if (level_ < levels) total_ -= chains_[level_];
      --total_;
      --level_;
    } else if (first == ',' && level_ < levels) {
      total_ -= chains_[level_];
      chains_[level_] = 0;
    }
  } else if (token.kind == TokenKind::operation ||
             (token.kind == TokenKind::word &&
              std::any_of(chain_words.begin(), chain_words.end(),
                          [&](std::string_view word) { return is_word(token_text, word); }))) {
    ++total_;
    if (level_ < levels) ++chains_[level_];
  } else if (token.kind == TokenKind::word &&
             std::any_of(joining_words.begin(), joining_words.end(),
                         [&](std::string_view word) { return is_word(token_text, word); })) {
    ++joined_;
  }
  deepest_ = std::max(deepest_, total_ + joined_);
}

std::size_t nesting_depth(std::string_view sql) {
  Tokens tokens(sql);
  NestingDepth depth;
  for (Token token = tokens.next(); token.kind != TokenKind::end; token = tokens.next())
    depth.add(token, tokens.text(token));
  return depth.deepest();
}

}  // namespace relata::syntax
