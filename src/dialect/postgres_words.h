#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace relata {

enum class SqlTokenKind { name, quoted_name, text, number, sign, comment };

/// A piece of PostgreSQL text.
struct SqlToken {
  SqlTokenKind kind = SqlTokenKind::sign;
  /// Names as the server understands them: folded to lower case, or without their quotation marks.
  /// Literals as their value, but for escapes. Comments are empty.
  std::string text;
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] bool is(SqlTokenKind wanted, std::string_view value) const {
    return kind == wanted && text == value;
  }
};

/// Cuts PostgreSQL text into tokens: quotes of every kind, dollar quotes, nested comments, `::`,
/// operators. Whatever the text holds, every byte other than white space is in one token.
/// https://www.postgresql.org/docs/current/sql-syntax-lexical.html
[[nodiscard]] std::vector<SqlToken> postgres_tokens(std::string_view sql);

/// How a name stands in SQL text, as far as that tells what it can be the name of.
enum class WordPlace {
  plain,
  call,       ///< Before an opening parenthesis.
  type,       ///< Behind `::` or CAST(... AS, or before a literal.
  relation,   ///< Behind FROM, JOIN, INTO and the like, or in a literal that is a name.
  operation,  ///< An operator.
};

/// A name, perhaps with a namespace before it, that SQL text uses.
struct SqlWord {
  std::string schema;
  std::string name;
  WordPlace place = WordPlace::plain;
};

/// The names in SQL text, in order. Of `a.b.c` the first two are given. What stands in literals and
/// comments is no name, but for those that nextval(), ::regclass and the like read.
[[nodiscard]] std::vector<SqlWord> postgres_words(std::string_view sql);

/// The expression in parentheses, without a second pair where it is in one already.
[[nodiscard]] std::string in_parentheses(std::string_view sql);

/// The expression so that anything can stand behind it: with a line end where a comment ends it.
[[nodiscard]] std::string closed_text(std::string_view sql);

/// The expression as DEFAULT takes it, in parentheses where the grammar wants them (b_expr).
[[nodiscard]] std::string default_text(std::string_view sql);

}  // namespace relata
