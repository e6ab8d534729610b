#include "read/sql/postgres/source_text.h"

#include <algorithm>
#include <array>

namespace relata::sql::postgres {

using syntax::Token;
using syntax::TokenKind;
using syntax::Tokens;

SourceText::SourceText(const syntax::Statement& statement) : statement_(statement) {
  tokens_.reserve((statement.end - statement.begin) / 4);
  Tokens scanner(statement.text.substr(0, statement.end), statement.begin);
  for (Token token = scanner.next(); token.kind != TokenKind::end; token = scanner.next())
    tokens_.push_back(token);
}

std::string_view SourceText::token(std::size_t index) const {
  if (index >= tokens_.size()) return {};
  return statement_.text.substr(tokens_[index].begin, tokens_[index].end - tokens_[index].begin);
}

bool SourceText::is(std::size_t index, std::string_view lower_case_word) const {
  return syntax::is_word(token(index), lower_case_word);
}

std::size_t SourceText::at(std::size_t offset) const {
  const auto found =
      std::lower_bound(tokens_.begin(), tokens_.end(), offset,
                       [](const Token& token, std::size_t place) { return token.begin < place; });
  return static_cast<std::size_t>(found - tokens_.begin());
}

std::size_t SourceText::offset(std::size_t index) const {
  return index < tokens_.size() ? tokens_[index].begin : statement_.end;
}

std::size_t SourceText::find(std::size_t from, std::string_view word) const {
  std::size_t depth = 0;
  for (std::size_t i = from; i < tokens_.size(); ++i) {
    const std::string_view text = token(i);
    if (text == "(") ++depth;
    if (text == ")") {
      if (depth == 0) break;
      --depth;
    }
    if (depth == 0 && syntax::is_word(text, word)) return i;
  }
  return tokens_.size();
}

std::size_t SourceText::behind_bracket(std::size_t open) const {
  std::size_t depth = 0;
  for (std::size_t i = open; i < tokens_.size(); ++i) {
    const std::string_view text = token(i);
    if (text == "(" || text == "[") ++depth;
    if ((text == ")" || text == "]") && --depth == 0) return i + 1;
  }
  return tokens_.size();
}

TokenRange SourceText::in_brackets(std::size_t from) const {
  while (from < tokens_.size() && token(from) != "(") ++from;
  if (from >= tokens_.size()) return {};
  return {from + 1, behind_bracket(from) - 1};
}

bool SourceText::ends_column_expression(std::size_t index, bool operand) const {
  const std::string_view text = token(index);
  if (text == "," || text == ")" || text == ";") return true;
  if (tokens_[index].kind != TokenKind::word) return false;
  // NULL may be an operand, and NOT stands within IS NOT DISTINCT FROM.
  if (operand && (is(index, "null") || is(index, "default"))) return false;
  if (is(index, "not") && index > 0 && is(index - 1, "is")) return false;
  constexpr auto words = std::to_array<std::string_view>(
      {"constraint", "not", "null", "unique", "primary", "check", "default", "generated",
       "references", "collate", "deferrable", "initially", "compression", "storage", "using"});
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return syntax::is_word(text, word); });
}

TokenRange SourceText::column_expression(std::size_t from) const {
  TokenRange range{from, from};
  while (range.end < tokens_.size()) {
    const std::size_t i = range.end;
    const bool operand =
        i == from || tokens_[i - 1].kind == TokenKind::operation || is(i - 1, "from");
    if (i != from || !operand) {
      if (ends_column_expression(i, operand)) break;
    }
    range.end = token(i) == "(" || token(i) == "[" ? behind_bracket(i) : i + 1;
  }
  return range;
}

std::vector<TokenRange> SourceText::parts(TokenRange range) const {
  std::vector<TokenRange> parts;
  std::size_t begin = range.begin;
  for (std::size_t i = range.begin; i < range.end;) {
    const std::string_view text = token(i);
    if (text == ",") {
      parts.push_back({begin, i});
      begin = i + 1;
    }
    i = text == "(" || text == "[" ? behind_bracket(i) : i + 1;
  }
  if (begin < range.end) parts.push_back({begin, range.end});
  return parts;
}

void SourceText::insert(std::size_t offset, std::string inserted) {
  insertions_.emplace_back(offset, std::move(inserted));
  std::stable_sort(insertions_.begin(), insertions_.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
}

void SourceText::remove(TokenRange range) {
  removals_.emplace_back(offset(range.begin), offset(range.end));
}

std::string SourceText::text(TokenRange range) const {
  if (range.empty() || range.begin >= tokens_.size()) return {};
  const std::size_t begin = tokens_[range.begin].begin;
  const std::size_t end = tokens_[std::min(range.end, tokens_.size()) - 1].end;
  std::string result;
  std::size_t from = begin;
  const auto copy_until = [&](std::size_t to) {
    for (const auto& [removed, kept] : removals_) {
      if (removed < from || removed >= to) continue;
      result += statement_.text.substr(from, removed - from);
      from = std::min(kept, to);
    }
    result += statement_.text.substr(from, to - from);
    from = to;
  };
  for (const auto& [place, inserted] : insertions_) {
    if (place < begin || place >= end) continue;
    copy_until(place);
    result += inserted;
  }
  copy_until(end);
  return result;
}

}  // namespace relata::sql::postgres
