#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace relata::syntax {

enum class TokenKind {
  word,    ///< A key word or a name without quotes.
  quoted,  ///< "name", U&"name".
  string,  ///< 'text', E'..', B'..', X'..', N'..', U&'..', $tag$..$tag$.
  number,
  parameter,    ///< $1
  operation,    ///< An operator: + <= ||, and also :: := =>
  punctuation,  ///< One of ( ) [ ] , ; . :
  backslash,    ///< Where one of psql's own lines begins.
  end,
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::size_t begin = 0;
  std::size_t end = 0;
  bool complete = true;  ///< false: a quote or comment that the text does not close.
};

/// PostgreSQL's lexical rules (scan.l), one token after the other, without white space and
/// comments. Never fails: what is cut off is a token up to the end of the text.
/// https://www.postgresql.org/docs/current/sql-syntax-lexical.html
class Tokens {
 public:
  explicit Tokens(std::string_view text, std::size_t from = 0) : text_(text), at_(from) {}

  [[nodiscard]] Token next();
  /// Goes on at another place.
  void seek(std::size_t offset) { at_ = offset; }
  [[nodiscard]] std::size_t position() const { return at_; }
  [[nodiscard]] std::string_view text(const Token& token) const {
    return text_.substr(token.begin, token.end - token.begin);
  }

 private:
  bool skip_blanks_and_comments();
  void scan_quoted(char quote, bool escapes);
  bool scan_dollar_quoted();
  void scan_number();
  void scan_operation();
  void scan_word(Token& token);

  std::string_view text_;
  std::size_t at_ = 0;
  bool complete_ = true;
};

/// Whether the token is that word, in any case; `lower_case` must be lower case.
[[nodiscard]] bool is_word(std::string_view token_text, std::string_view lower_case);

/// The name that a word or quoted token means: folded to lower case, or without its quotes; cut to
/// 63 bytes at a character's border as the server does.
[[nodiscard]] std::string name_of(std::string_view token_text);

/// The name cut to what the server keeps of it: 63 bytes, at a character's border.
[[nodiscard]] std::string_view cut_name(std::string_view name);

/// Counts how deep the grammar's tree of a text can become: brackets, and chains of operators
/// within them (a + b + c ... is as deep as it is long).
class NestingDepth {
 public:
  void add(const Token& token, std::string_view token_text);
  /// The greatest depth seen so far.
  [[nodiscard]] std::size_t deepest() const { return deepest_; }

 private:
  static constexpr std::size_t levels = 512;
  std::uint32_t chains_[levels] = {};  ///< Operators since the last comma, one a bracket.
  std::size_t level_ = 0;
  std::size_t total_ = 0;
  std::size_t joined_ = 0;  ///< UNION, JOIN and the like: a comma does not end their chain.
  std::size_t deepest_ = 0;
};

/// Statements deeper than this are refused before they reach the grammar.
inline constexpr std::size_t deepest_nesting = 4000;

[[nodiscard]] std::size_t nesting_depth(std::string_view sql);

}  // namespace relata::syntax
