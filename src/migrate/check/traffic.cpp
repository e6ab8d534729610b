#include <algorithm>
#include <map>

#include "base/text.h"
#include "dialect/dialect.h"
#include "migrate/check/clients.h"
#include "model/questions.h"

namespace relata::migrate::check {
namespace {

constexpr std::size_t keys_known = 500;

std::string identifier(const std::string& name) {
  return find_dialect("postgres")->identifier(name);
}

bool can_be_absent(const Column& column) {
  return column.nullable || column.default_value || column.identity || column.generated;
}

/// Whether every column that only one of the two has can be left to itself.
bool rest_can_be_absent(const Table& table, const Table& other) {
  return std::all_of(table.columns.begin(), table.columns.end(), [&](const Column& column) {
    return other.find_column(column.name) != nullptr || can_be_absent(column);
  });
}

/// A unique key of columns that both have, which are never NULL.
std::vector<std::string> common_key(const Table& table, const Table& target) {
  std::vector<std::vector<std::string>> keys;
  if (table.primary_key) keys.push_back(table.primary_key->columns);
  for (const Unique& unique : table.uniques) keys.push_back(unique.columns);
  for (const std::vector<std::string>& key : keys) {
    const bool fits = std::all_of(key.begin(), key.end(), [&](const std::string& name) {
      const Column* column = table.find_column(name);
      return column != nullptr && !column->nullable && target.find_column(name) != nullptr;
    });
    if (fits) return key;
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

std::vector<std::string> literals_of(const std::vector<std::string>& key) {
  std::vector<std::string> literals;
  for (const std::string& column : key) literals.push_back("quote_literal(" + column + ")");
  return literals;
}

class Trial {
 public:
  Trial(live::Session& session, std::set<seed::ColumnName>& unstable,
        std::vector<std::string>& notes)
      : session_(session), unstable_(unstable), notes_(notes) {}

  /// What can be done with a table.
  Traffic find(const Table& table, const Table& target, const seed::TableFill& fill) {
    Traffic traffic;
    traffic.name = {table.schema, table.name};
    traffic.table = identifier(table.name);
    if (!table.schema.empty()) traffic.table = identifier(table.schema) + "." + traffic.table;
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
    find_keys(traffic);
    choose_changed(traffic, table, key);
    try_update(traffic, table);
    try_insert(traffic, table, target, fill);
    return traffic;
  }

 private:
  void find_keys(Traffic& traffic) {
    const auto rows = session_.run("SELECT " + join(literals_of(traffic.key), ", ") + " FROM " +
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
    const auto key = session_.run(seed::insert_statement(traffic.fill, number, number) +
                                  " RETURNING " + join(literals_of(traffic.key), ", "));
    std::string why = key ? "" : key.error().message;
    if (key && key->size() == 1) {
      const auto gone = session_.run("DELETE FROM " + traffic.table + " WHERE " +
                                     condition(traffic.key, key->front()));
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
  std::vector<std::string> names_;
};

}  // namespace

std::vector<Traffic> plan_traffic(live::Session& session, const Schema& start, const Schema& target,
                                  const std::vector<QualifiedName>& tables,
                                  const std::vector<seed::TableFill>& fills,
                                  std::set<seed::ColumnName>& unstable,
                                  std::vector<std::string>& notes) {
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
    traffic.push_back(Trial(session, unstable, notes).find(table, *after->second, *fill->second));
  }
  return traffic;
}

}  // namespace relata::migrate::check
