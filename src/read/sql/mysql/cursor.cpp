#include "read/sql/mysql/cursor.h"

#include <algorithm>

namespace relata::sql::mysql {

using syntax::mysql::Token;
using syntax::mysql::TokenKind;

namespace {

constexpr std::size_t deepest_parentheses = 1000;

}  // namespace

Cursor::Cursor(std::string_view text, const syntax::mysql::LexicalMode& mode, Span place)
    : text_(text), mode_(mode), tokens_(syntax::mysql::tokenize(text, mode, place.begin)) {
  if (place.size() == text.size()) return;
  for (Token& token : tokens_) token.span = place;
}

const Token& Cursor::peek(std::size_t ahead) const {
  return tokens_[std::min(position_ + ahead, tokens_.size() - 1)];
}

const Token& Cursor::take() {
  const Token& token = peek();
  if (position_ + 1 < tokens_.size()) ++position_;
  return token;
}

bool Cursor::at_word(std::string_view lower, std::size_t ahead) const {
  return syntax::mysql::is_word(peek(ahead), lower);
}

bool Cursor::at_symbol(std::string_view symbol, std::size_t ahead) const {
  return syntax::mysql::is_symbol(peek(ahead), symbol);
}

bool Cursor::at_name(std::size_t ahead) const {
  const TokenKind kind = peek(ahead).kind;
  return kind == TokenKind::word || kind == TokenKind::identifier;
}

bool Cursor::accept(std::string_view lower) {
  if (!at_word(lower)) return false;
  take();
  return true;
}

bool Cursor::accept(std::initializer_list<std::string_view> words) {
  std::size_t ahead = 0;
  for (const std::string_view word : words) {
    if (!at_word(word, ahead++)) return false;
  }
  for (std::size_t i = 0; i < words.size(); ++i) take();
  return true;
}

bool Cursor::accept_any(std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [this](std::string_view word) { return accept(word); });
}

bool Cursor::accept_symbol(std::string_view symbol) {
  if (!at_symbol(symbol)) return false;
  take();
  return true;
}

void Cursor::expect(std::string_view lower) {
  if (!accept(lower)) fail_here();
}

void Cursor::expect_symbol(std::string_view symbol) {
  if (!accept_symbol(symbol)) fail_here();
}

std::string Cursor::name() {
  if (!at_name()) {
    fail_here();
    return {};
  }
  return syntax::mysql::identifier_value(take());
}

QualifiedName Cursor::qualified_name() {
  QualifiedName result;
  accept_symbol(".");
  result.name = name();
  if (accept_symbol(".")) {
    result.schema = std::move(result.name);
    result.name = name();
  }
  return result;
}

std::string Cursor::value() {
  const Token& first = take();
  if (first.kind == TokenKind::word || first.kind == TokenKind::identifier) {
    return syntax::mysql::identifier_value(first);
  }
  if (first.kind != TokenKind::string) return std::string(first.text);
  std::string result = syntax::mysql::string_value(first.text, mode_);
  while (peek().kind == TokenKind::string) {
    result += syntax::mysql::string_value(take().text, mode_);
  }
  return result;
}

std::vector<std::string> Cursor::names_in_parentheses() {
  std::vector<std::string> names;
  expect_symbol("(");
  do {
    names.push_back(name());
  } while (accept_symbol(","));
  expect_symbol(")");
  return names;
}

void Cursor::skip_parentheses() {
  expect_symbol("(");
  for (std::size_t depth = 1; depth > 0 && !failed_;) {
    if (at_end()) {
      fail_here();
    } else if (depth > deepest_parentheses) {
      broken_ = true;
      fail("parentheses are nested too deeply");
    } else if (accept_symbol("(")) {
      ++depth;
    } else if (accept_symbol(")")) {
      --depth;
    } else {
      take();
    }
  }
}

std::string Cursor::parenthesised() {
  const std::size_t first = position_ + 1;
  skip_parentheses();
  if (failed_ || position_ <= first) return {};
  return std::string(text_between(first, position_ - 1));
}

void Cursor::skip_item() {
  while (!at_end() && !at_symbol(",") && !at_symbol(")")) {
    if (at_symbol("(")) {
      skip_parentheses();
    } else {
      take();
    }
  }
}

void Cursor::fail(std::string message) {
  if (failed_) return;
  failed_ = true;
  message_ = std::move(message);
  failure_span_ = peek().span;
  position_ = tokens_.size() - 1;
}

void Cursor::fail_here() {
  const Token& token = peek();
  if (token.kind == TokenKind::end) {
    broken_ = broken_ || !failed_;
    fail("the statement ends too early");
  } else if (token.kind == TokenKind::unknown && token.text.size() > 1) {
    broken_ = broken_ || !failed_;
    fail("a quote is not closed");
  } else {
    fail("'" + std::string(token.text.substr(0, 40)) + "' is not understood here");
  }
}

void Cursor::go_to(std::size_t position) {
  if (!failed_) position_ = position;
}

std::string_view Cursor::text_between(std::size_t first, std::size_t behind) const {
  if (first >= behind || behind > tokens_.size()) return {};
  const auto begin = static_cast<std::size_t>(tokens_[first].text.data() - text_.data());
  const std::string_view last = tokens_[behind - 1].text;
  return text_.substr(begin,
                      static_cast<std::size_t>(last.data() - text_.data()) + last.size() - begin);
}

std::string_view Cursor::rest() const {
  return text_.substr(static_cast<std::size_t>(peek().text.data() - text_.data()));
}

Span Cursor::span_from(std::size_t first) const {
  const Token& begin = tokens_[std::min(first, tokens_.size() - 1)];
  const Token& last = tokens_[position_ == 0 ? 0 : position_ - 1];
  return {begin.span.begin, std::max(begin.span.end, last.span.end)};
}

}  // namespace relata::sql::mysql
