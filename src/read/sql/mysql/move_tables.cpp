#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "read/sql/mysql/script.h"

namespace relata::sql::mysql {

namespace {

/// The names that InnoDB gave follow the table: "old_ibfk_1" becomes "new_ibfk_1".
void rename_foreign_keys(Table& table, const std::string& from, const std::string& to) {
  const std::string prefix = from + "_ibfk_";
  for (ForeignKey& key : table.foreign_keys) {
    if (!key.name.starts_with(prefix)) continue;
    const std::string number = key.name.substr(prefix.size());
    if (number.find_first_not_of("0123456789") == std::string::npos) {
      key.name = to + "_ibfk_" + number;
    }
  }
}

}  // namespace

void move_table(Script& script, const QualifiedName& from, const QualifiedName& to) {
  Database& database = script.database;
  auto node = database.tables.extract(from);
  if (node.empty()) return;
  node.key() = to;
  TableState& state = node.mapped();
  state.table.name = to.name;
  state.table.schema = to.schema;
  rename_foreign_keys(state.table, from.name, to.name);
  database.tables.insert(std::move(node));
  for (auto& [name, other] : database.tables) {
    for (ForeignKey& key : other.table.foreign_keys) {
      if (key.table != from.name || key.table_schema != from.schema) continue;
      key.table = to.name;
      key.table_schema = to.schema;
    }
  }
  for (auto& [trigger, table] : database.trigger_tables) {
    if (table == from) table = to;
  }
}

void rename_tables(Script& script, Cursor& cursor) {
  const bool if_exists = cursor.accept({"if", "exists"});
  do {
    const std::size_t begin = cursor.position();
    const QualifiedName from = script.resolve(cursor.qualified_name());
    if (cursor.accept("wait")) cursor.take();
    cursor.accept("nowait");
    cursor.expect("to");
    const QualifiedName to = script.resolve(cursor.qualified_name());
    if (cursor.failed()) return;
    if (script.database.tables.contains(to) || script.database.views.contains(to)) {
      script.warn("mysql-duplicate-table", "there is a table or view '" + to.name + "' already",
                  cursor.span_from(begin));
    } else if (script.database.tables.contains(from)) {
      move_table(script, from, to);
    } else if (auto view = script.database.views.extract(from); !view.empty()) {
      view.key() = to;
      view.mapped().name = to.name;
      view.mapped().schema = to.schema;
      script.database.views.insert(std::move(view));
    } else if (!if_exists) {
      script.warn("mysql-unknown-table", "there is no table '" + from.name + "' to rename",
                  cursor.span_from(begin));
    }
  } while (cursor.accept_symbol(","));
}

void drop_tables(Script& script, Cursor& cursor) {
  const bool if_exists = cursor.accept({"if", "exists"});
  do {
    const std::size_t begin = cursor.position();
    const QualifiedName name = script.resolve(cursor.qualified_name());
    if (cursor.failed()) return;
    TableState* table = script.database.find_table(name);
    if (table != nullptr) {
      for (const TriggerState& trigger : table->triggers) {
        script.database.trigger_tables.erase({name.schema, trigger.name});
      }
      script.database.tables.erase(name);
    } else if (script.database.sequences.erase(name) == 0 && !if_exists) {
      script.warn("mysql-unknown-table", "there is no table '" + name.name + "' to drop",
                  cursor.span_from(begin));
    }
  } while (cursor.accept_symbol(","));
  cursor.accept_any({"restrict", "cascade"});
}

}  // namespace relata::sql::mysql
