#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace relata::syntax::mysql {

enum class TokenKind {
  word,        ///< An identifier or key word without quotes.
  identifier,  ///< In backticks, or in double quotes under ANSI_QUOTES.
  string,      ///< A string literal; an introducer such as _utf8mb4 is a word before it.
  number,      ///< Decimal digits, with point and exponent.
  bits,        ///< b'01', 0b01
  bytes,       ///< x'4d', 0x4d
  variable,    ///< @name, @@name, @'name'
  symbol,      ///< An operator or a separator, whole: "<=>", "->>", ",".
  unknown,     ///< A byte that begins nothing, or a quote that is never closed.
  end,
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text;  ///< As written, with its quotes.
  Span span;              ///< In the text that was given, moved by `offset`.
};

/// The SQL modes that change how text is cut into tokens.
struct LexicalMode {
  bool ansi_quotes = false;           ///< "x" is an identifier.
  bool no_backslash_escapes = false;  ///< \ is an ordinary character.
  bool pipes_as_concat = false;       ///< || joins strings.
  bool operator==(const LexicalMode&) const = default;
};

/// The tokens of a text, with one of kind `end` behind them; white space and comments are left
/// out, what stands in versioned comments is read (see without_version_marks()). The tokens look
/// into `text`, which must live as long as they do.
/// Source: MariaDB Knowledge Base, "Comment Syntax", "String Literals", "Identifier Names".
[[nodiscard]] std::vector<Token> tokenize(std::string_view text, const LexicalMode& mode = {},
                                          std::size_t offset = 0);

/// The value of a string token: without quotes, escapes resolved.
[[nodiscard]] std::string string_value(std::string_view token, const LexicalMode& mode = {});
/// The name that a word or an identifier token stands for.
[[nodiscard]] std::string identifier_value(const Token& token);
/// The bytes of b'01', 0b01, x'4d' and 0x4d, as lower-case hexadecimal digits; empty when
/// malformed.
[[nodiscard]] std::string hexadecimal_value(const Token& token);

/// Whether the token is that word, in any case; never in quotes. `lower` is lower case.
[[nodiscard]] bool is_word(const Token& token, std::string_view lower);
[[nodiscard]] bool is_symbol(const Token& token, std::string_view text);

/// Where the token that begins at `position` ends: a string, a quoted name or a comment of any kind
/// is skipped as a whole, anything else is one byte. What is never closed ends with the text.
[[nodiscard]] std::size_t skip_token(std::string_view text, std::size_t position,
                                     const LexicalMode& mode);

/// The text with blanks in place of the marks of versioned comments that MariaDB 10.11 reads
/// ("/*!40101" and its "*/"), and of the whole of those that it skips (50700 to 99999: MySQL's
/// own). Offsets stay.
[[nodiscard]] std::string without_version_marks(std::string_view text, const LexicalMode& mode);

/// The text without the backslashes that stand outside of quotes before white space, as the
/// command-line client sends it.
[[nodiscard]] std::string without_line_backslashes(std::string_view text, const LexicalMode& mode);

/// The text as a string literal of this dialect.
[[nodiscard]] std::string quoted_string(std::string_view value);
/// The name in backticks.
[[nodiscard]] std::string quoted_identifier(std::string_view name);

}  // namespace relata::syntax::mysql
