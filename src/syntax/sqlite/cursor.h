#pragma once

#include <string_view>
#include <vector>

#include "syntax/sqlite/tokens.h"

namespace relata::syntax::sqlite {

/// A place among the tokens of a statement, comments left out. Past the end stands an empty symbol.
class Cursor {
 public:
  explicit Cursor(std::string_view text)
      : text_(text),
        tokens_(tokenize_without_comments(text)),
        end_{TokenKind::symbol, static_cast<std::uint32_t>(text.size()), text.substr(text.size())} {
  }

  [[nodiscard]] bool at_end() const { return place_ >= tokens_.size(); }
  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const {
    return place_ + ahead < tokens_.size() ? tokens_[place_ + ahead] : end_;
  }
  const Token& take() {
    const Token& token = peek();
    if (!at_end()) ++place_;
    return token;
  }
  bool take_word(std::string_view upper_case) {
    if (!peek().is_word(upper_case)) return false;
    ++place_;
    return true;
  }
  bool take_symbol(std::string_view symbol) {
    if (!peek().is(symbol)) return false;
    ++place_;
    return true;
  }
  /// Takes "( ... )" with all that is nested in it; what stands between, as it was written.
  std::string_view take_parentheses();
  /// The end of the token that was taken last.
  [[nodiscard]] std::uint32_t last_end() const {
    return place_ == 0 ? 0 : tokens_[place_ - 1].end();
  }
  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  std::string_view text_;
  std::vector<Token> tokens_;
  Token end_;
  std::size_t place_ = 0;
};

}  // namespace relata::syntax::sqlite
