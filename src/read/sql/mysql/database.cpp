#include "read/sql/mysql/database.h"

#include <algorithm>

#include "base/text.h"
#include "syntax/mysql/character_sets.h"
#include "syntax/mysql/tokens.h"

namespace relata::sql::mysql {

namespace {

/// The database whose objects are written without its name.
std::string default_database(const Database& database) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  };
  for (const auto& [name, table] : database.tables) add(name.schema);
  for (const auto& [name, view] : database.views) add(name.schema);
  for (const auto& [key, routine] : database.routines) add(key.second.schema);
  // Without name, there was one before the script began.
  if (names.empty() || std::ranges::find(names, std::string()) != names.end()) return {};
  return names.front();
}

/// The SQL without the database's own name before names: the schema may be loaded under another.
std::string without_database(std::string sql, const std::string& database) {
  using syntax::mysql::TokenKind;
  if (database.empty() || sql.find(database) == std::string::npos) return sql;
  const auto tokens = syntax::mysql::tokenize(sql);
  const auto is_name = [](const syntax::mysql::Token& token) {
    return token.kind == TokenKind::word || token.kind == TokenKind::identifier;
  };
  std::string result;
  std::size_t copied = 0;
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (!is_name(tokens[i]) || !syntax::mysql::is_symbol(tokens[i + 1], ".")) continue;
    if (i > 0 && syntax::mysql::is_symbol(tokens[i - 1], ".")) continue;
    if (syntax::mysql::identifier_value(tokens[i]) != database || !is_name(tokens[i + 2])) continue;
    result.append(sql, copied, tokens[i].span.begin - copied);
    copied = tokens[i + 2].span.begin;
  }
  return result + sql.substr(copied);
}

void finish_keys(TableState& state) {
  Table& table = state.table;
  for (Key& key : state.keys) {
    if (key.kind != KeyKind::primary) {
      table.indexes.push_back(std::move(key.index));
      continue;
    }
    PrimaryKey primary;
    primary.comment = key.index.comment;
    primary.algorithm = key.index.algorithm;
    primary.options = key.index.options;
    bool prefixed = false;
    for (const IndexPart& part : key.index.parts) {
      primary.columns.push_back(part.expression.text);
      primary.prefix_lengths.push_back(part.prefix_length);
      prefixed = prefixed || part.prefix_length > 0;
    }
    if (!prefixed) primary.prefix_lengths.clear();
    table.primary_key = std::move(primary);
  }
}

/// In the order of the catalog: AFTER before BEFORE, DELETE, INSERT, UPDATE, then as they run.
void finish_triggers(TableState& state) {
  std::ranges::stable_sort(state.triggers, {}, [](const TriggerState& trigger) {
    return std::pair(trigger.timing, trigger.event);
  });
  for (TriggerState& trigger : state.triggers) {
    TriggerBody body;
    body.dialect = "mysql";
    body.sql = "CREATE TRIGGER " + syntax::mysql::quoted_identifier(trigger.name) + " " +
               trigger.timing + " " + trigger.event + " ON " +
               syntax::mysql::quoted_identifier(state.table.name) + " FOR EACH ROW " + trigger.body;
    body.session = std::move(trigger.session);
    state.table.triggers.push_back({trigger.name, std::move(body), std::move(trigger.origin)});
  }
}

Table finished_table(TableState state) {
  finish_keys(state);
  finish_triggers(state);
  Table& table = state.table;
  for (Column& column : table.columns) {
    const std::string character_set = std::move(column.character_set);
    const std::string collation = std::move(column.collation);
    syntax::mysql::set_collation(column, character_set, collation, table);
  }
  if (state.partitions) {
    table.partitioning.emplace();
    table.partitioning->text =
        SqlText{"mysql", syntax::mysql::partition_clause(*state.partitions), {}};
  }
  syntax::mysql::sort_options(table);
  return std::move(table);
}

}  // namespace

TableState* Database::find_table(const QualifiedName& name) {
  const auto found = tables.find(name);
  return found == tables.end() ? nullptr : &found->second;
}

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && (a == b || to_lower(a) == to_lower(b));
}

Column* find_column(Table& table, std::string_view name) {
  const auto found = std::ranges::find_if(
      table.columns, [&](const Column& column) { return same_name(column.name, name); });
  return found == table.columns.end() ? nullptr : &*found;
}

const Column* find_column(const Table& table, std::string_view name) {
  const auto found = std::ranges::find_if(
      table.columns, [&](const Column& column) { return same_name(column.name, name); });
  return found == table.columns.end() ? nullptr : &*found;
}

Schema finished_schema(Database database) {
  Schema schema;
  schema.dialect = "mysql";
  const std::string own = default_database(database);
  schema.name = own;
  const auto settle = [&](std::string& name) {
    if (name == own) name.clear();
  };
  if (const auto found = database.databases.find(own); found != database.databases.end()) {
    schema.character_set.text = found->second.character_set;
    schema.collation.text = found->second.collation;
  }
  for (auto& [name, state] : database.tables) {
    for (TriggerState& trigger : state.triggers) {
      trigger.body = without_database(std::move(trigger.body), own);
    }
    Table& table = schema.tables.emplace_back(finished_table(std::move(state)));
    settle(table.schema);
    for (ForeignKey& key : table.foreign_keys) settle(key.table_schema);
  }
  for (auto& [name, view] : database.views) {
    settle(view.schema);
    view.sql = without_database(std::move(view.sql), own);
    schema.views.push_back(std::move(view));
  }
  for (auto& [name, routine] : database.routines) {
    settle(routine.schema);
    routine.sql.text = without_database(std::move(routine.sql.text), own);
    schema.routines.push_back(std::move(routine));
  }
  for (auto& [name, sequence] : database.sequences) {
    settle(sequence.schema);
    schema.sequences.push_back(std::move(sequence));
  }
  return schema;
}

}  // namespace relata::sql::mysql
