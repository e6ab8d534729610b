#include "live/mysql/catalog.h"

#include <algorithm>

#include "base/text.h"
#include "syntax/mysql/tokens.h"

namespace relata::live::mysql {

using syntax::mysql::Token;
using syntax::mysql::TokenKind;

Expression sql_expression(std::string text) {
  return Expression{Operation::sql, std::move(text), "mysql", {}, {}};
}

std::string without_escapes(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    plain += text[i];
  }
  return plain;
}

std::string without_database(std::string_view sql, std::string_view database) {
  const std::string name(database);
  const std::vector<Token> tokens = syntax::mysql::tokenize(sql);
  const auto is_name = [](const Token& token) { return token.kind == TokenKind::identifier; };
  const auto is_point = [](const Token& token) { return syntax::mysql::is_symbol(token, "."); };
  const auto follows_table_word = [](const Token& token) {
    return syntax::mysql::is_word(token, "from") || syntax::mysql::is_word(token, "join") ||
           syntax::mysql::is_symbol(token, "(") || syntax::mysql::is_symbol(token, ",");
  };
  std::string text;
  std::size_t copied = 0;
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (!is_name(tokens[i]) || !is_point(tokens[i + 1]) || !is_name(tokens[i + 2])) continue;
    const bool begins = i == 0 || !is_point(tokens[i - 1]);
    if (!begins || syntax::mysql::identifier_value(tokens[i]) != name) continue;
    // `shop`.`a`.`b` is a column of a table; of two names, the first may be an alias of a table
    // that has the database's name, except where a table or a routine is named.
    const bool column = i + 3 < tokens.size() && is_point(tokens[i + 3]);
    const bool routine = i + 3 < tokens.size() && syntax::mysql::is_symbol(tokens[i + 3], "(");
    const bool table = i > 0 && follows_table_word(tokens[i - 1]);
    if (!column && !routine && !table) continue;
    text += sql.substr(copied, tokens[i].span.begin - copied);
    copied = tokens[i + 2].span.begin;
    i += 2;
  }
  text += sql.substr(copied);
  return text;
}

std::string quoted_name(std::string_view name) { return syntax::mysql::quoted_identifier(name); }
std::string quoted_text(std::string_view text) { return syntax::mysql::quoted_string(text); }

std::string quoted_account(std::string_view account) {
  // The host has no '@'; the name may have one.
  const std::size_t at = account.rfind('@');
  if (at == std::string_view::npos) return quoted_name(account);
  return quoted_name(account.substr(0, at)) + "@" + quoted_name(account.substr(at + 1));
}

Table* Catalog::find(std::string_view table) {
  const auto found = tables_.find(std::string(table));
  return found == tables_.end() ? nullptr : &schema_.tables[found->second];
}

CreationSession Catalog::session(const Row& row, std::size_t first) const {
  CreationSession session;
  // Whoever loads what is printed becomes the definer; only another one need be said.
  if (row.view(first) != server_.account) session.definer.text = quoted_account(row.view(first));
  if (!row.is_null(first + 1)) {
    session.sql_mode.text = row.view(first + 1).empty() ? "-" : row.text(first + 1);
  }
  session.character_set.text = row.text(first + 2);
  session.collation.text = row.text(first + 3);
  return session;
}

void Catalog::warn_of_hidden(std::string_view kind, std::string_view name,
                             std::string_view privilege) {
  sink_.warning(
      "mysql-hidden-text",
      "the text of " + std::string(kind) + " '" + std::string(name) +
          "' is not shown to this account",
      {}, {},
      "The server shows it to its definer and to accounts with " + std::string(privilege) + ".");
}

void Catalog::read_database(const Rows& rows) {
  for (const Row row : rows) {
    schema_.character_set.text = row.text(0);
    schema_.collation.text = row.text(1);
  }
}

Schema Catalog::take() {
  for (View& view : schema_.views) view.columns = std::move(view_columns_[view.name]);
  return std::move(schema_);
}

}  // namespace relata::live::mysql
