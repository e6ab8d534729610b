#include "syntax/sqlite/canonical_text.h"

#include <algorithm>

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

std::string spelled(const Token& token) {
  if (token.kind == TokenKind::word) return to_lower(token.text);
  if (token.kind == TokenKind::blob) return to_lower(token.text);
  if (token.kind == TokenKind::quoted_name && token.text.front() != '"') {
    const std::string name = to_lower(name_of(token));
    if (is_plain(name) && !is_sqlite_reserved(name)) return name;
    return '[' + name + ']';
  }
  if (token.is("==")) return "=";
  if (token.is("!=")) return "<>";
  return std::string(token.text);
}

}  // namespace

std::string canonical_text(std::string_view sql) {
  std::string text;
  text.reserve(sql.size());
  Scanner scanner(sql);
  while (const auto token = scanner.next()) {
    if (token->kind == TokenKind::comment) continue;
    if (!text.empty()) text += ' ';
    text += spelled(*token);
  }
  return text;
}

}  // namespace relata::syntax::sqlite
