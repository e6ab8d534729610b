#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace relata::syntax::sqlite {

enum class TokenKind {
  word,         ///< A keyword or a name without quotes.
  quoted_name,  ///< "name", [name] or `name`; "..." may be a string to SQLite as well.
  string,       ///< 'text'
  blob,         ///< x'00ff'
  number,
  variable,  ///< ?1, :name, @name, $name
  symbol,    ///< An operator or punctuation mark.
  comment,   ///< "-- ..." without its line end, or "/* ... */".
};

/// One token; `text` is a view into the text that was read.
struct Token {
  TokenKind kind;
  std::uint32_t begin;
  std::string_view text;

  [[nodiscard]] std::uint32_t end() const {
    return begin + static_cast<std::uint32_t>(text.size());
  }
  [[nodiscard]] Span span() const { return {begin, end()}; }
  /// Whether it is this symbol.
  [[nodiscard]] bool is(std::string_view symbol) const {
    return kind == TokenKind::symbol && text == symbol;
  }
  /// Whether it is this keyword, given in upper case.
  [[nodiscard]] bool is_word(std::string_view upper_case) const;
  /// Whether it can be a name: SQLite takes strings for names too.
  [[nodiscard]] bool is_name() const {
    return kind == TokenKind::word || kind == TokenKind::quoted_name || kind == TokenKind::string;
  }
};

/// Divides a text into tokens as SQLite does (https://sqlite.org/src/file/src/tokenize.c), white
/// space left out. Never fails: a byte that begins no token is a symbol, and what is not closed
/// goes on to the end of the text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  /// The next token; nothing at the end.
  std::optional<Token> next();
  /// Goes on from this place.
  void go_to(std::size_t place) { place_ = place; }

 private:
  [[nodiscard]] char at(std::size_t place) const {
    return place < text_.size() ? text_[place] : '\0';
  }
  TokenKind take();
  TokenKind take_word(TokenKind kind);
  TokenKind take_comment(std::string_view end, bool with_end);
  TokenKind take_quoted(char quote, TokenKind kind);
  TokenKind take_bracketed();
  TokenKind take_number();

  std::string_view text_;
  std::size_t place_ = 0;
};

/// All tokens of a text.
[[nodiscard]] std::vector<Token> tokenize(std::string_view text);

/// The same without comments.
[[nodiscard]] std::vector<Token> tokenize_without_comments(std::string_view text);

/// The name that a token says, without quotes.
[[nodiscard]] std::string name_of(const Token& token);

/// The text of SQL that ends where it cannot swallow what is written behind it: a line end is added
/// when the last token is a comment of one line.
[[nodiscard]] std::string closed(std::string_view sql);

}  // namespace relata::syntax::sqlite
