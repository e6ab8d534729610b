#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/sql_text.h"
#include "syntax/mysql/tokens.h"

namespace relata::sql::mysql {

/// Walks over the tokens of one statement. The first thing that is not as expected is kept as the
/// failure, and from then on the cursor stands at the end, so that every reading function comes
/// back without looking.
class Cursor {
 public:
  using Token = syntax::mysql::Token;

  /// `place`: where the text stands in the file. A text of another length does not stand there
  /// itself, and every token is said to be at that place.
  Cursor(std::string_view text, const syntax::mysql::LexicalMode& mode, Span place);

  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const;
  const Token& take();
  [[nodiscard]] bool at_end() const { return peek().kind == syntax::mysql::TokenKind::end; }
  [[nodiscard]] bool at_word(std::string_view lower, std::size_t ahead = 0) const;
  [[nodiscard]] bool at_symbol(std::string_view symbol, std::size_t ahead = 0) const;
  /// Whether the token can be a name: a word or a quoted identifier.
  [[nodiscard]] bool at_name(std::size_t ahead = 0) const;

  bool accept(std::string_view lower);
  /// All of the words, one behind the other, or none.
  bool accept(std::initializer_list<std::string_view> words);
  bool accept_any(std::initializer_list<std::string_view> words);
  bool accept_symbol(std::string_view symbol);
  void expect(std::string_view lower);
  void expect_symbol(std::string_view symbol);

  /// A name; fails when there is none.
  std::string name();
  /// A name, or schema.name; ".name" is read as name.
  QualifiedName qualified_name();
  /// A string literal, its neighbours joined to it; a plain word or number is taken as it stands.
  std::string value();
  /// (a, b, ...)
  std::vector<std::string> names_in_parentheses();
  /// The text between a parenthesis and its partner; the cursor goes behind it.
  std::string parenthesised();
  /// Goes behind the partner of the parenthesis at hand.
  void skip_parentheses();
  /// Goes to the next "," or ")" of this level, or to the end.
  void skip_item();

  /// Fails with what stands here.
  void fail(std::string message);
  void fail_here();
  [[nodiscard]] bool failed() const { return failed_; }
  /// Whether the text broke off in the middle, or is nested deeper than any server takes.
  [[nodiscard]] bool broken() const { return broken_; }
  [[nodiscard]] const std::string& message() const { return message_; }
  [[nodiscard]] Span failure_span() const { return failure_span_; }

  [[nodiscard]] std::size_t position() const { return position_; }
  void go_to(std::size_t position);
  /// Text from one token to the one before another.
  [[nodiscard]] std::string_view text_between(std::size_t first, std::size_t behind) const;
  /// Everything from here to the end of the statement.
  [[nodiscard]] std::string_view rest() const;
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] const syntax::mysql::LexicalMode& mode() const { return mode_; }
  [[nodiscard]] const std::vector<Token>& tokens() const { return tokens_; }
  [[nodiscard]] Span span_from(std::size_t first) const;

 private:
  std::string_view text_;
  syntax::mysql::LexicalMode mode_;
  std::vector<Token> tokens_;
  std::size_t position_ = 0;
  bool failed_ = false;
  bool broken_ = false;
  std::string message_;
  Span failure_span_;
};

}  // namespace relata::sql::mysql
