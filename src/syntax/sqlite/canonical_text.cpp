#include "syntax/sqlite/canonical_text.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "dialect/reserved_words.h"
#include "syntax/sqlite/tokens.h"

namespace relata::syntax::sqlite {
namespace {

bool is_plain(std::string_view name) {
  return !name.empty() && !is_ascii_digit(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return is_ascii_letter(c) || is_ascii_digit(c) || c == '_'; });
}

/// Words behind which a name stands, never a string.
constexpr std::array<std::string_view, 8> words_before_names{"AS", "FROM",       "INTO",  "JOIN",
                                                             "OF", "REFERENCES", "TABLE", "UPDATE"};

/// Whether a name in double quotes, which may be a string to SQLite, is a name by where it stands.
bool is_surely_name(const std::optional<Token>& before, const std::optional<Token>& after) {
  if (after && after->is(".")) return true;
  if (!before) return false;
  return before->is(".") ||
         std::any_of(words_before_names.begin(), words_before_names.end(),
                     [&](std::string_view word) { return before->is_word(word); });
}

std::string spelled(const std::optional<Token>& before, const Token& token,
                    const std::optional<Token>& after) {
  if (token.kind == TokenKind::word) return to_lower(token.text);
  if (token.kind == TokenKind::blob) return to_lower(token.text);
  if (token.kind == TokenKind::quoted_name &&
      (token.text.front() != '"' || is_surely_name(before, after))) {
    const std::string name = to_lower(name_of(token));
    if (is_plain(name) && !is_sqlite_reserved(name)) return name;
    return '[' + name + ']';
  }
  if (token.kind == TokenKind::quoted_name) {
    // "x" is a string where nothing is called so, in which case x alone is refused: no text means
    // one thing with the quotes and another without. A string's case counts, a name's does not.
    const std::string name = name_of(token);
    if (is_plain(name) && name == to_lower(name) && !is_sqlite_reserved(name)) return name;
  }
  if (token.is("==")) return "=";
  if (token.is("!=")) return "<>";
  return std::string(token.text);
}

}  // namespace

std::vector<std::string> canonical_words(std::string_view sql) {
  std::vector<std::string> words;
  Scanner scanner(sql);
  const auto next = [&] {
    std::optional<Token> token = scanner.next();
    while (token && token->kind == TokenKind::comment) token = scanner.next();
    return token;
  };
  std::optional<Token> before;
  std::optional<Token> token = next();
  while (token) {
    std::optional<Token> after = next();
    words.push_back(spelled(before, *token, after));
    before = token;
    token = after;
  }
  return words;
}

std::string canonical_text(std::string_view sql) { return join(canonical_words(sql), " "); }

}  // namespace relata::syntax::sqlite
