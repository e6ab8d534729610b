#include "read/sql/sqlite/places.h"

#include "base/text.h"

namespace relata::sql::sqlite {
namespace {

using syntax::sqlite::name_of;
using syntax::sqlite::Token;
using syntax::sqlite::tokenize;

constexpr std::string_view rule = "sqlite/create-table";

}  // namespace

void Places::note(const SourceFile& file, const Statement& statement) {
  if (const std::size_t name = created_table(statement)) {
    note_table(file, statement, name);
  } else if (statement.head.size() > 3 && statement.head[0].is_word("ALTER")) {
    note_alter(file, statement);
  }
}

void Places::note_table(const SourceFile& file, const Statement& statement, std::size_t name) {
  const Token& token = statement.head[name];
  tables_.try_emplace(to_lower(name_of(token)), Place{&file, token.span()});
}

/// ALTER TABLE [schema .] table RENAME TO name | ADD [COLUMN] name ...
void Places::note_alter(const SourceFile& file, const Statement& statement) {
  const std::vector<Token>& head = statement.head;
  std::size_t place = 2;
  if (place + 2 < head.size() && head[place + 1].is(".")) place += 2;
  const std::string table = to_lower(name_of(head[place]));
  ++place;
  if (place + 2 < head.size() && head[place].is_word("RENAME") && head[place + 1].is_word("TO")) {
    if (auto found = tables_.extract(table)) {
      found.key() = to_lower(name_of(head[place + 2]));
      tables_.insert(std::move(found));
    }
  } else if (place + 1 < head.size() && head[place].is_word("ADD")) {
    ++place;
    if (place + 1 < head.size() && head[place].is_word("COLUMN")) ++place;
    columns_[{table, to_lower(name_of(head[place]))}] = {&file, head[place].span()};
  }
}

Origin Places::origin_of(const Place& table, Span in_catalog, Span table_in_catalog,
                         std::string_view column) const {
  Origin origin{table.file->name, table.name, std::string(rule)};
  // The catalog keeps the statement from the name on, so that both texts go along from there.
  std::uint32_t begin = table.name.end;
  for (std::uint32_t left = in_catalog.begin - table_in_catalog.end;
       left > 0 && begin < table.file->text.size(); ++begin) {
    if (!std::string_view(table.file->text).substr(begin).starts_with("\r\n")) --left;
  }
  const Span span{begin, begin + in_catalog.size()};
  if (in_catalog.empty() || span.end > table.file->text.size()) return origin;
  const std::vector<Token> tokens =
      tokenize(std::string_view(table.file->text).substr(span.begin, span.size()));
  if (tokens.size() == 1 && name_of(tokens.front()) == column) origin.span = span;
  return origin;
}

void Places::apply(Schema& schema) const {
  for (Table& table : schema.tables) {
    const std::string key = to_lower(table.name);
    const Span in_catalog = table.origin.span;
    table.origin = {};
    const auto found = tables_.find(key);
    if (found != tables_.end()) {
      table.origin = {found->second.file->name, found->second.name, std::string(rule)};
    }
    for (Column& column : table.columns) {
      const Span span = column.origin.span;
      column.origin = {};
      const auto added = columns_.find({key, to_lower(column.name)});
      if (added != columns_.end()) {
        column.origin = {added->second.file->name, added->second.name, "sqlite/add-column"};
      } else if (found != tables_.end()) {
        column.origin = origin_of(found->second, span, in_catalog, column.name);
      }
    }
  }
}

}  // namespace relata::sql::sqlite
