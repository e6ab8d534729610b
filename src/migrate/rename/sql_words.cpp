#include "migrate/rename/sql_words.h"

#include <array>
#include <utility>

#include "base/text.h"
#include "syntax/mysql/tokens.h"
#include "syntax/postgres/tokens.h"
#include "syntax/postgres/types.h"
#include "syntax/sqlite/tokens.h"

namespace relata::migrate {
namespace {

std::vector<SqlWord> postgres_words(std::string_view sql) {
  std::vector<SqlWord> words;
  syntax::Tokens tokens(sql);
  for (syntax::Token token = tokens.next(); token.kind != syntax::TokenKind::end;
       token = tokens.next()) {
    const bool quoted = token.kind == syntax::TokenKind::quoted;
    const bool name = quoted || token.kind == syntax::TokenKind::word;
    const std::string_view text = tokens.text(token);
    words.push_back(
        {token.begin, token.end, name, quoted, name ? syntax::name_of(text) : std::string(text)});
  }
  return words;
}

std::vector<SqlWord> mysql_words(std::string_view sql) {
  using syntax::mysql::TokenKind;
  std::vector<SqlWord> words;
  for (const syntax::mysql::Token& token : syntax::mysql::tokenize(sql)) {
    if (token.kind == TokenKind::end) break;
    const bool quoted = token.kind == TokenKind::identifier;
    const bool name = quoted || token.kind == TokenKind::word;
    words.push_back(
        {token.span.begin, token.span.end, name, quoted,
         name ? to_lower(syntax::mysql::identifier_value(token)) : std::string(token.text)});
  }
  return words;
}

std::vector<SqlWord> sqlite_words(std::string_view sql) {
  using syntax::sqlite::TokenKind;
  std::vector<SqlWord> words;
  for (const syntax::sqlite::Token& token : syntax::sqlite::tokenize_without_comments(sql)) {
    const bool quoted = token.kind == TokenKind::quoted_name;
    const bool name = quoted || token.kind == TokenKind::word;
    words.push_back({token.begin, token.end(), name, quoted,
                     name ? to_lower(syntax::sqlite::name_of(token)) : std::string(token.text)});
  }
  return words;
}

/// What SQLite writes where it renames.
std::string sqlite_quoted(std::string_view name) {
  std::string text = "\"";
  for (const char c : name) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + "\"";
}

// https://www.postgresql.org/docs/current/sql-altertable.html,
// https://mariadb.com/kb/en/rename-table/ (triggers, views and routines keep what they say),
// https://sqlite.org/lang_altertable.html (since 3.26 views and triggers follow).
constexpr std::array rules_by_dialect{
    NameRules{"postgres", postgres_words, syntax::postgres_identifier, false, "public", true, true,
              false, true, true},
    NameRules{"mysql", mysql_words, syntax::mysql::quoted_identifier, true, "", false, false, true,
              false, false},
    NameRules{"sqlite", sqlite_words, sqlite_quoted, true, "main", true, false, false, false,
              false},
};

}  // namespace

const NameRules* name_rules(std::string_view dialect) {
  for (const NameRules& rules : rules_by_dialect) {
    if (rules.dialect == dialect) return &rules;
  }
  return nullptr;
}

std::string name_key(const NameRules& rules, std::string_view name) {
  return rules.ignores_case ? to_lower(std::string(name)) : std::string(name);
}

}  // namespace relata::migrate
