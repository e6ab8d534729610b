#include <algorithm>
#include <map>

#include "base/text.h"
#include "migrate/check/clients.h"
#include "model/questions.h"

namespace relata::migrate::check {
namespace {

constexpr std::size_t keys_known = 500;

bool can_be_absent(const Column& column) {
  return column.nullable || column.default_value || column.identity || column.generated;
}

/// Whether every column that only one of the two has can be left to itself.
bool rest_can_be_absent(const Table& table, const Table& other) {
  return std::all_of(table.columns.begin(), table.columns.end(), [&](const Column& column) {
    return other.find_column(column.name) != nullptr || can_be_absent(column);
  });
}

/// A unique key of columns that both have, which are never NULL: what is filled has no NULL in a
/// primary key, although SQLite lets it be.
std::vector<std::string> common_key(const Table& table, const Table& target) {
  const auto are_there = [&](const std::vector<std::string>& key) {
    return std::all_of(key.begin(), key.end(), [&](const std::string& name) {
      return table.find_column(name) != nullptr && target.find_column(name) != nullptr;
    });
  };
  if (table.primary_key && are_there(table.primary_key->columns)) return table.primary_key->columns;
  for (const Unique& unique : table.uniques) {
    const bool required =
        are_there(unique.columns) &&
        std::none_of(unique.columns.begin(), unique.columns.end(),
                     [&](const std::string& name) { return table.find_column(name)->nullable; });
    if (required) return unique.columns;
  }
  return {};
}

/// The condition that finds a row by its key's literals.
std::string condition(const std::vector<std::string>& key, const live::Record& literals) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < key.size(); ++i) {
    parts.push_back(key[i] + " = " + literals[i].value_or("NULL"));
  }
  return join(parts, " AND ");
}

class Trial {
 public:
  Trial(live::Session& session, std::set<seed::ColumnName>& unstable,
        std::vector<std::string>& notes, const CheckEngine& engine)
      : session_(session), unstable_(unstable), notes_(notes), engine_(engine) {}

  /// What can be done with a table.
  Traffic find(const Table& table, const Table& target, const seed::TableFill& fill) {
    Traffic traffic;
    traffic.name = {table.schema, table.name};
    traffic.table = engine_.engine().table_name(traffic.name);
    for (const Column& column : table.columns) {
      if (target.find_column(column.name) != nullptr) names_.push_back(column.name);
    }
    for (const std::string& name : names_) traffic.columns.push_back(identifier(name));
    const std::vector<std::string> key = common_key(table, target);
    for (const std::string& name : key) traffic.key.push_back(identifier(name));
    if (key.empty()) {
      notes_.push_back(plain_name(table) + " is only read: it has no key before and after");
      return traffic;
    }
    traffic.key_names = key;
    const auto literals = engine_.engine().key_literals(session_, {traffic.name, key, {}, {}});
    if (literals) traffic.literals = *literals;
    find_keys(traffic);
    choose_changed(traffic, table, key);
    try_update(traffic, table);
    try_insert(traffic, table, target, fill);
    return traffic;
  }

 private:
  [[nodiscard]] std::string identifier(const std::string& name) const {
    return engine_.dialect().identifier(name);
  }

  void find_keys(Traffic& traffic) {
    if (traffic.literals.empty()) return;
    const auto rows = session_.run("SELECT " + join(traffic.literals, ", ") + " FROM " +
                                   traffic.table + " LIMIT " + std::to_string(keys_known));
    if (!rows) return;
    for (const live::Record& row : *rows) traffic.keys.push_back(condition(traffic.key, row));
  }

  void choose_changed(Traffic& traffic, const Table& table, const std::vector<std::string>& key) {
    for (const std::string& name : names_) {
      const Column* column = table.find_column(name);
      const bool in_key = std::find(key.begin(), key.end(), name) != key.end();
      if (in_key || column->generated || (column->identity && column->identity->always)) continue;
      traffic.changed = identifier(name);
      return;
    }
  }

  /// Runs statements in a transaction that is rolled back; the rows of the last, or what was said.
  Result<std::vector<live::Record>> tried(const std::vector<std::string>& statements) {
    (void)session_.run("BEGIN");
    Result<std::vector<live::Record>> last;
    for (const std::string& statement : statements) {
      last = session_.run(statement);
      if (!last) break;
    }
    (void)session_.run("ROLLBACK");
    return last;
  }

  void try_update(Traffic& traffic, const Table& table) {
    if (traffic.keys.empty() || traffic.changed.empty()) return;
    const std::string row = "SELECT " + join(traffic.columns, ", ") + " FROM " + traffic.table +
                            " WHERE " + traffic.keys.front();
    const auto before = session_.run(row);
    const auto after = tried({"UPDATE " + traffic.table + " SET " + traffic.changed + " = " +
                                  traffic.changed + " WHERE " + traffic.keys.front(),
                              row});
    if (!before || !after || before->size() != 1 || after->size() != 1) {
      notes_.push_back(plain_name(table) + " is not updated: " +
                       (after ? "the row is not there afterwards" : after.error().message));
      return;
    }
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (before->front()[i] != after->front()[i]) unstable_.insert({traffic.name, names_[i]});
    }
    traffic.updates = true;
  }

  void try_insert(Traffic& traffic, const Table& table, const Table& target,
                  const seed::TableFill& fill) {
    if (!rest_can_be_absent(table, target) || !rest_can_be_absent(target, table)) {
      notes_.push_back("nothing is inserted into " + plain_name(table) +
                       ": a column that is there before or after only must have a value");
      return;
    }
    if (fill.rows == 0) return;
    traffic.fill = fill;
    traffic.fill.columns.clear();
    traffic.fill.values.clear();
    for (std::size_t i = 0; i < fill.columns.size(); ++i) {
      if (std::find(names_.begin(), names_.end(), fill.columns[i]) == names_.end()) continue;
      traffic.fill.columns.push_back(fill.columns[i]);
      traffic.fill.values.push_back(fill.values[i]);
    }
    const std::uint64_t number = fill.rows + rows_between;
    (void)session_.run("BEGIN");
    const auto answer = session_.run(insert_of(traffic, number, engine_));
    std::string why = answer ? "" : answer.error().message;
    if (answer) {
      const auto gone = session_.run("DELETE FROM " + traffic.table + " WHERE " +
                                     row_inserted(traffic, number, *answer, engine_));
      if (!gone) why = gone.error().message;
      traffic.inserts = gone && session_.affected_rows() == 1;
      if (gone && !traffic.inserts) why = "its rows cannot be deleted";
    }
    (void)session_.run("ROLLBACK");
    if (!traffic.inserts) {
      notes_.push_back("nothing is inserted into " + plain_name(table) + ": " + why);
    }
  }

  live::Session& session_;
  std::set<seed::ColumnName>& unstable_;
  std::vector<std::string>& notes_;
  const CheckEngine& engine_;
  std::vector<std::string> names_;
};

}  // namespace

std::string insert_of(const Traffic& traffic, std::uint64_t number, const CheckEngine& engine) {
  std::string statement = seed::insert_statement(traffic.fill, number, number);
  if (engine.inserts_return()) statement += " RETURNING " + join(traffic.literals, ", ");
  return statement;
}

std::string row_inserted(const Traffic& traffic, std::uint64_t number,
                         const std::vector<live::Record>& answer, const CheckEngine& engine) {
  if (engine.inserts_return()) {
    return answer.size() == 1 ? condition(traffic.key, answer.front()) : "1 = 0";
  }
  live::Record values;
  for (const std::string& name : traffic.key_names) {
    const std::string value = seed::value_in_row(traffic.fill, name, number);
    values.push_back(value.empty() ? std::nullopt : std::optional(value));
  }
  return condition(traffic.key, values);
}

std::vector<Traffic> plan_traffic(live::Session& session, const Schema& start, const Schema& target,
                                  const std::vector<QualifiedName>& tables,
                                  const std::vector<seed::TableFill>& fills,
                                  std::set<seed::ColumnName>& unstable,
                                  std::vector<std::string>& notes, const CheckEngine& engine) {
  std::map<QualifiedName, const Table*> targets;
  for (const Table& table : target.tables)
    targets.emplace(QualifiedName{table.schema, table.name}, &table);
  std::map<QualifiedName, const seed::TableFill*> filled;
  for (const seed::TableFill& fill : fills) {
    filled.emplace(QualifiedName{fill.table->schema, fill.table->name}, &fill);
  }
  std::vector<Traffic> traffic;
  for (const Table& table : start.tables) {
    const QualifiedName name{table.schema, table.name};
    const auto after = targets.find(name);
    const auto fill = filled.find(name);
    if (std::find(tables.begin(), tables.end(), name) == tables.end() || after == targets.end() ||
        fill == filled.end() || table.partition_of) {
      continue;
    }
    traffic.push_back(
        Trial(session, unstable, notes, engine).find(table, *after->second, *fill->second));
  }
  return traffic;
}

}  // namespace relata::migrate::check
