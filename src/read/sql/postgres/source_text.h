#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syntax/postgres/statements.h"
#include "syntax/postgres/tokens.h"

namespace relata::sql::postgres {

/// A stretch of tokens: the first, and the one behind the last.
struct TokenRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  [[nodiscard]] bool empty() const { return begin >= end; }
};

/// The tokens of a statement: where libpg_query's tree says no more than where something begins,
/// they say where it ends.
class SourceText {
 public:
  explicit SourceText(const syntax::Statement& statement);

  [[nodiscard]] std::size_t size() const { return tokens_.size(); }
  [[nodiscard]] std::string_view token(std::size_t index) const;
  [[nodiscard]] bool is(std::size_t index, std::string_view lower_case_word) const;
  /// The first token at or behind a byte of the statement's text.
  [[nodiscard]] std::size_t at(std::size_t offset) const;
  [[nodiscard]] std::size_t at(int offset) const {
    return at(static_cast<std::size_t>(offset < 0 ? 0 : offset));
  }
  [[nodiscard]] std::size_t offset(std::size_t index) const;
  /// The byte behind a token.
  [[nodiscard]] std::size_t end_of(std::size_t index) const { return tokens_[index].end; }

  /// The first such word at or behind a token, outside of brackets that open behind it; size() when
  /// there is none before they close.
  [[nodiscard]] std::size_t find(std::size_t from, std::string_view word) const;
  /// Behind the bracket that closes the one at `open`.
  [[nodiscard]] std::size_t behind_bracket(std::size_t open) const;
  /// What the first brackets at or behind a token hold.
  [[nodiscard]] TokenRange in_brackets(std::size_t from) const;
  /// An expression that begins at a token of a column's definition: up to the next constraint, the
  /// next column, or the end.
  [[nodiscard]] TokenRange column_expression(std::size_t from) const;
  /// The stretches between commas that stand in no brackets.
  [[nodiscard]] std::vector<TokenRange> parts(TokenRange range) const;
  [[nodiscard]] TokenRange all() const { return {0, tokens_.size()}; }

  /// The text of the tokens, with what was inserted into it.
  [[nodiscard]] std::string text(TokenRange range) const;
  /// Has text() write `inserted` before the byte `offset` of the statement's text.
  void insert(std::size_t offset, std::string inserted);
  /// Has text() leave tokens out.
  void remove(TokenRange range);

 private:
  [[nodiscard]] bool ends_column_expression(std::size_t index, bool operand) const;

  const syntax::Statement& statement_;
  std::vector<syntax::Token> tokens_;
  std::vector<std::pair<std::size_t, std::string>> insertions_;
  std::vector<std::pair<std::size_t, std::size_t>> removals_;  ///< Bytes.
};

}  // namespace relata::sql::postgres
