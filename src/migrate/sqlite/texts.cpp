#include "migrate/sqlite/texts.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "dialect/dialect.h"
#include "dialect/sqlite_texts.h"
#include "model/questions.h"
#include "syntax/sqlite/table_text.h"
#include "syntax/sqlite/tokens.h"

namespace relata::migrate::sqlite {
namespace {

using syntax::sqlite::Affinity;
using syntax::sqlite::name_of;
using syntax::sqlite::Scanner;
using syntax::sqlite::Token;
using syntax::sqlite::tokenize_without_comments;
using syntax::sqlite::TokenKind;

/// Words that DEFAULT takes for values, not for texts.
constexpr std::array<std::string_view, 6> value_words{
    "NULL", "TRUE", "FALSE", "CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP"};

bool is_value_word(const Token& token) {
  return std::any_of(value_words.begin(), value_words.end(),
                     [&](std::string_view word) { return token.is_word(word); });
}

bool is_moment(const Token& token) {
  return token.kind == TokenKind::word && to_lower(token.text).starts_with("current_");
}

bool has_reference(const syntax::sqlite::ColumnText& column) {
  return std::any_of(column.constraints.begin(), column.constraints.end(), [](const auto& one) {
    return one.kind == syntax::sqlite::ConstraintKind::foreign_key;
  });
}

/// The column in the table's statement; nothing where that is not understood.
std::optional<syntax::sqlite::ColumnText> text_of(const Table& table, const Column& column) {
  const auto text = syntax::sqlite::read_table_text(table.statement.text);
  if (!text) return std::nullopt;
  const auto found = std::find_if(text->columns.begin(), text->columns.end(), [&](const auto& one) {
    return to_lower(one.name) == to_lower(column.name);
  });
  if (found == text->columns.end()) return std::nullopt;
  return *found;
}

/// What stands behind the table's name.
std::string_view body_of(const Table& table) {
  const std::string_view sql = table.statement.text;
  const auto text = syntax::sqlite::read_table_text(sql);
  return text ? sql.substr(text->name_span.end) : std::string_view();
}

}  // namespace

std::string quoted(std::string_view name) { return '"' + replace_all(name, "\"", "\"\"") + '"'; }

std::string literal(std::string_view text) { return find_dialect("sqlite")->string_literal(text); }

std::string make_table(const Table& table, std::string_view name) {
  return "CREATE TABLE " + quoted(name) + " " + std::string(trim(body_of(table)));
}

bool names_itself(const Table& table) {
  const std::string own = to_lower(table.name);
  const std::vector<Token> tokens = tokenize_without_comments(body_of(table));
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens[i + 1].is(".") && tokens[i].is_name() && to_lower(name_of(tokens[i])) == own) {
      return true;
    }
  }
  return false;
}

std::optional<std::string> added_column(const Table& table, const Column& column) {
  const std::string_view sql = table.statement.text;
  const auto found = text_of(table, column);
  if (!found) return std::nullopt;
  std::string definition(sql.substr(found->span.begin, found->span.size()));
  for (const ForeignKey& key : table.foreign_keys) {
    if (key.columns == std::vector{column.name} && !has_reference(*found)) {
      definition += " ";
      if (!key.name.empty()) definition += "CONSTRAINT " + quoted(key.name) + " ";
      definition += sqlite_reference(*find_dialect("sqlite"), key);
    }
  }
  if (!column.comment.empty()) definition += " /* " + column.comment + " */";
  return definition;
}

bool refers_at_column(const Table& table, const Column& column) {
  const auto text = text_of(table, column);
  return text && has_reference(*text);
}

bool mentions(std::string_view sql, std::string_view name) {
  const std::string wanted = to_lower(name);
  Scanner scanner(sql);
  while (const auto token = scanner.next()) {
    if (token->is_name() && to_lower(name_of(*token)) == wanted) return true;
  }
  return false;
}

std::vector<std::string> double_quoted_names(std::string_view sql) {
  std::vector<std::string> names;
  Scanner scanner(sql);
  while (const auto token = scanner.next()) {
    if (token->kind == TokenKind::quoted_name && token->text.front() == '"') {
      names.push_back(to_lower(name_of(*token)));
    }
  }
  return names;
}

bool is_constant(std::string_view default_text) {
  std::vector<Token> tokens = tokenize_without_comments(default_text);
  if (!tokens.empty() && (tokens.front().is("-") || tokens.front().is("+"))) {
    tokens.erase(tokens.begin());
  }
  return tokens.size() == 1 && !is_moment(tokens.front()) &&
         tokens.front().kind != TokenKind::symbol;
}

std::string as_expression(std::string_view default_text) {
  const std::vector<Token> tokens = tokenize_without_comments(default_text);
  const bool name = tokens.size() == 1 && tokens.front().is_name() &&
                    tokens.front().kind != TokenKind::string && !is_value_word(tokens.front());
  if (name) return literal(name_of(tokens.front()));
  return "(" + syntax::sqlite::closed(default_text) + ")";
}

bool is_strict(const Table& table) { return has_option(table.options, "STRICT"); }

bool has_rowid(const Table& table) { return !has_option(table.options, "WITHOUT ROWID"); }

Affinity affinity(const Table& table, const Column& column) {
  return syntax::sqlite::affinity_of(column.type.spelling, is_strict(table));
}

const Column* rowid_column(const Table& table) {
  const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                  [](const Column& column) { return column.identity.has_value(); });
  return found == table.columns.end() ? nullptr : &*found;
}

const Column* column_like(const Table& table, std::string_view name) {
  const std::string wanted = to_lower(name);
  const auto found =
      std::find_if(table.columns.begin(), table.columns.end(),
                   [&](const Column& column) { return to_lower(column.name) == wanted; });
  return found == table.columns.end() ? nullptr : &*found;
}

}  // namespace relata::migrate::sqlite
