#include "syntax/sqlite/tokens.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace relata::syntax::sqlite {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }

/// Letters, digits, '_', '$' and every byte beyond ASCII.
bool is_word_byte(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool begins_word(char c) { return is_word_byte(c) && !is_ascii_digit(c) && c != '$'; }

constexpr std::array<std::string_view, 10> long_symbols{"->>", "->", "||", "<<", ">>",
                                                        "<=",  "<>", ">=", "==", "!="};

}  // namespace

std::optional<Token> Scanner::next() {
  while (place_ < text_.size() && is_blank(text_[place_])) ++place_;
  if (place_ >= text_.size()) return {};
  const std::size_t begin = place_;
  const TokenKind kind = take();
  return Token{kind, static_cast<std::uint32_t>(begin), text_.substr(begin, place_ - begin)};
}

TokenKind Scanner::take() {
  const char c = text_[place_];
  const char after = at(place_ + 1);
  if (c == '-' && after == '-') return take_comment("\n", false);
  if (c == '/' && after == '*') return take_comment("*/", true);
  if (c == '\'') return take_quoted('\'', TokenKind::string);
  if (c == '"' || c == '`') return take_quoted(c, TokenKind::quoted_name);
  if (c == '[') return take_bracketed();
  if ((c == 'x' || c == 'X') && after == '\'') {
    ++place_;
    return take_quoted('\'', TokenKind::blob);
  }
  if (is_ascii_digit(c) || (c == '.' && is_ascii_digit(after))) return take_number();
  if (begins_word(c)) return take_word(TokenKind::word);
  if (c == '?' || ((c == ':' || c == '@' || c == '$' || c == '#') && is_word_byte(after))) {
    ++place_;
    return take_word(TokenKind::variable);
  }
  for (const std::string_view symbol : long_symbols) {
    if (text_.substr(place_).starts_with(symbol)) {
      place_ += symbol.size();
      return TokenKind::symbol;
    }
  }
  ++place_;
  return TokenKind::symbol;
}

TokenKind Scanner::take_word(TokenKind kind) {
  while (place_ < text_.size() && is_word_byte(text_[place_])) ++place_;
  return kind;
}

TokenKind Scanner::take_comment(std::string_view end, bool with_end) {
  const std::size_t found = text_.find(end, place_ + 2);
  if (found == std::string_view::npos) {
    place_ = text_.size();
  } else {
    place_ = with_end ? found + end.size() : found;
  }
  return TokenKind::comment;
}

TokenKind Scanner::take_quoted(char quote, TokenKind kind) {
  ++place_;
  while (place_ < text_.size()) {
    if (text_[place_++] != quote) continue;
    if (at(place_) != quote) return kind;
    ++place_;  // A doubled quote stands for itself.
  }
  return kind;
}

TokenKind Scanner::take_bracketed() {
  const std::size_t end = text_.find(']', place_);
  place_ = end == std::string_view::npos ? text_.size() : end + 1;
  return TokenKind::quoted_name;
}

TokenKind Scanner::take_number() {
  if (text_[place_] == '0' && (at(place_ + 1) == 'x' || at(place_ + 1) == 'X')) {
    place_ += 2;
    return take_word(TokenKind::number);
  }
  const auto digits = [&] {
    while (is_ascii_digit(at(place_))) ++place_;
  };
  digits();
  if (at(place_) == '.') {
    ++place_;
    digits();
  }
  if (at(place_) == 'e' || at(place_) == 'E') {
    const std::size_t sign = at(place_ + 1) == '+' || at(place_ + 1) == '-' ? 1 : 0;
    if (is_ascii_digit(at(place_ + 1 + sign))) {
      place_ += 1 + sign;
      digits();
    }
  }
  return TokenKind::number;
}

bool Token::is_word(std::string_view upper_case) const {
  return kind == TokenKind::word && text.size() == upper_case.size() &&
         std::equal(text.begin(), text.end(), upper_case.begin(), [](char a, char b) {
           return (a >= 'a' && a <= 'z' ? static_cast<char>(a - 'a' + 'A') : a) == b;
         });
}

std::vector<Token> tokenize(std::string_view text) {
  std::vector<Token> tokens;
  Scanner scanner(text);
  while (const auto token = scanner.next()) tokens.push_back(*token);
  return tokens;
}

std::vector<Token> tokenize_without_comments(std::string_view text) {
  std::vector<Token> tokens = tokenize(text);
  std::erase_if(tokens, [](const Token& token) { return token.kind == TokenKind::comment; });
  return tokens;
}

std::string name_of(const Token& token) {
  const std::string_view text = token.text;
  if (token.kind != TokenKind::quoted_name && token.kind != TokenKind::string) {
    return std::string(text);
  }
  const char closing = text.front() == '[' ? ']' : text.front();
  const bool ends = text.size() > 1 && text.back() == closing;
  const std::string_view inside = text.substr(1, text.size() - (ends ? 2 : 1));
  if (closing == ']') return std::string(inside);
  return replace_all(inside, std::string(2, closing), std::string(1, closing));
}

std::string closed(std::string_view sql) {
  std::string text(sql);
  const std::vector<Token> tokens = tokenize(text);
  if (!tokens.empty() && tokens.back().kind == TokenKind::comment &&
      tokens.back().text.starts_with("--")) {
    text += '\n';
  }
  return text;
}

}  // namespace relata::syntax::sqlite
