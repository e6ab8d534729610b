#include "read/sql/mysql/rename_column.h"

#include "syntax/mysql/tokens.h"

namespace relata::sql::mysql {

using syntax::mysql::TokenKind;

std::string with_column_renamed(std::string_view sql, std::string_view from, std::string_view to) {
  const auto tokens = syntax::mysql::tokenize(sql);
  std::string result;
  std::size_t copied = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool name = tokens[i].kind == TokenKind::word || tokens[i].kind == TokenKind::identifier;
    if (!name || !same_name(syntax::mysql::identifier_value(tokens[i]), from)) continue;
    if (tokens[i].kind == TokenKind::word && syntax::mysql::is_symbol(tokens[i + 1], "(")) continue;
    result += sql.substr(copied, tokens[i].span.begin - copied);
    result += syntax::mysql::quoted_identifier(to);
    copied = tokens[i].span.end;
  }
  return result + std::string(sql.substr(copied));
}

void rename_column_mentions(Database& database, TableState& state, const std::string& from,
                            const std::string& to) {
  const auto rename = [&](std::string& name) {
    if (same_name(name, from)) name = to;
  };
  const auto rename_in = [&](std::string& sql) { sql = with_column_renamed(sql, from, to); };
  Table& table = state.table;
  for (Key& key : state.keys) {
    for (IndexPart& part : key.index.parts) {
      if (part.expression.operation == Operation::column) {
        rename(part.expression.text);
      } else {
        rename_in(part.expression.text);
      }
    }
  }
  for (Column& column : table.columns) {
    if (column.generated) rename_in(column.generated->expression.text);
    if (column.default_value) rename_in(column.default_value->text);
  }
  for (Check& check : table.checks) {
    rename(check.column);
    rename_in(check.expression.text);
  }
  for (ForeignKey& key : table.foreign_keys) {
    for (std::string& column : key.columns) rename(column);
  }
  const auto rename_referenced = [&](Table& other) {
    for (ForeignKey& key : other.foreign_keys) {
      if (key.table != table.name || key.table_schema != table.schema) continue;
      for (std::string& column : key.referenced) rename(column);
    }
  };
  rename_referenced(table);
  for (auto& [name, other] : database.tables) rename_referenced(other.table);
  if (state.partitions) {
    rename_in(state.partitions->expression);
    rename_in(state.partitions->subexpression);
  }
}

}  // namespace relata::sql::mysql
