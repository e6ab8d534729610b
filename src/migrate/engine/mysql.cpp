#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "migrate/engine/engine.h"

namespace relata::migrate {
namespace {

/// Words of statements that name nothing unless they are quoted.
constexpr std::array<std::string_view, 24> keywords{
    "ADD",    "AFTER", "ALTER",  "BEFORE",  "COLUMN", "CREATE", "DROP", "EACH",
    "EXISTS", "FOR",   "FROM",   "IF",      "INDEX",  "INSERT", "INTO", "NOT",
    "ON",     "OR",    "RENAME", "REPLACE", "SET",    "TABLE",  "TO",   "UNIQUE"};

bool is_keyword(std::string_view word) {
  const std::string upper = to_upper(word);
  return std::binary_search(keywords.begin(), keywords.end(), std::string_view(upper));
}

/// The names with which a statement begins, up to its first parenthesis: among them is what it
/// makes, changes or drops.
std::vector<std::string> first_names(std::string_view statement) {
  constexpr std::size_t enough = 8;
  std::vector<std::string> names;
  std::size_t at = 0;
  const auto is_part = [](char c) {
    return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '$' ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  while (at < statement.size() && statement[at] != '(' && names.size() < enough) {
    if (statement[at] == '`') {
      std::string name;
      for (++at; at < statement.size(); ++at) {
        if (statement[at] == '`') {
          if (at + 1 >= statement.size() || statement[at + 1] != '`') break;
          ++at;
        }
        name += statement[at];
      }
      ++at;
      names.push_back(std::move(name));
    } else if (is_part(statement[at])) {
      const std::size_t begin = at;
      while (at < statement.size() && is_part(statement[at])) ++at;
      const std::string_view word = statement.substr(begin, at - begin);
      if (!is_keyword(word)) names.emplace_back(word);
    } else {
      ++at;
    }
  }
  return names;
}

/// Without the next number of an AUTO_INCREMENT column, which moves with every row that comes in.
std::string without_counter(std::string text) {
  constexpr std::string_view counter = " AUTO_INCREMENT=";
  const std::size_t at = text.find(counter);
  if (at == std::string::npos) return text;
  std::size_t end = at + counter.size();
  while (end < text.size() && is_ascii_digit(text[end])) ++end;
  return text.erase(at, end - at);
}

class MysqlEngine : public Engine {
 public:
  MysqlEngine() : Engine("mysql") {}

  std::string state_table() const override { return "relata_steps"; }
  std::string find_state() const override {
    return "SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME "
           "= 'relata_steps'";
  }
  std::vector<std::string> make_state() const override {
    return {
        "CREATE TABLE IF NOT EXISTS relata_steps (run_number INT NOT NULL, place INT NOT NULL, "
        "title TEXT NOT NULL, content VARCHAR(32) NOT NULL, plan_steps INT NOT NULL, state "
        "VARCHAR(16) NOT NULL, statements_done INT NOT NULL, before_statement VARCHAR(32) NOT "
        "NULL, last_key LONGTEXT, rows_changed BIGINT NOT NULL, rows_seen BIGINT NOT NULL, "
        "started_at DATETIME NOT NULL, done_at DATETIME, PRIMARY KEY (run_number, place)) ENGINE = "
        "InnoDB DEFAULT CHARACTER SET utf8mb4"};
  }
  std::string now() const override { return "UTC_TIMESTAMP()"; }
  std::string time_text(const std::string& column) const override {
    return "DATE_FORMAT(" + column + ", '%Y-%m-%dT%H:%i:%sZ')";
  }

  // Waits for tables (a day otherwise) and for rows. With REPEATABLE READ an UPDATE would lock the
  // gaps between the rows of a batch too, and with them those who insert
  // (MySQL 8.0 Reference Manual, 15.7.2.1 "Transaction Isolation Levels").
  std::vector<std::string> settings() const override {
    return {
        "SET SESSION lock_wait_timeout = 2, SESSION innodb_lock_wait_timeout = 2, SESSION "
        "foreign_key_checks = DEFAULT, SESSION sql_mode = DEFAULT",
        "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"};
  }
  // A second is the shortest; who comes for the table meanwhile waits as long.
  std::string wait_for_locks(int attempt) const override {
    constexpr int attempts_that_are_short = 6;
    return std::string("SET SESSION lock_wait_timeout = ") +
           (attempt <= attempts_that_are_short ? "1" : "2");
  }
  std::string begin() const override { return "START TRANSACTION"; }
  bool changes_schemas_in_transactions() const override { return false; }
  std::string session_number() const override { return "SELECT CONNECTION_ID()"; }
  std::string fingerprint(live::Session& session, const std::string& statement) const override {
    constexpr std::array<std::string_view, 6> kinds{"TABLE",    "VIEW",      "TRIGGER",
                                                    "FUNCTION", "PROCEDURE", "EVENT"};
    std::string all;
    for (const std::string& name : first_names(statement)) {
      for (const std::string_view kind : kinds) {
        const auto shown =
            session.run("SHOW CREATE " + std::string(kind) + " " + dialect().identifier(name));
        if (!shown || shown->empty()) continue;
        for (const auto& value : shown->front()) all += without_counter(value.value_or("")) + "\n";
      }
      all += name + "\n";
    }
    return std::to_string(stable_hash(all));
  }

  Result<std::vector<std::string>> key_literals(live::Session& session,
                                                const Backfill& backfill) const override {
    const std::string schema = backfill.table.schema.empty()
                                   ? std::string("DATABASE()")
                                   : dialect().string_literal(backfill.table.schema);
    const auto rows = session.run(
        "SELECT COLUMN_NAME, DATA_TYPE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = " +
        schema + " AND TABLE_NAME = " + dialect().string_literal(backfill.table.name));
    if (!rows) return tl::unexpected(rows.error());
    std::map<std::string, std::string> types;
    for (const live::Record& row : *rows) {
      types.emplace(to_lower(row[0].value_or("")), to_lower(row[1].value_or("")));
    }
    std::vector<std::string> literals;
    for (const std::string& column : backfill.key) {
      literals.push_back(literal_of(dialect().identifier(column), types[to_lower(column)]));
    }
    return literals;
  }
  // The range optimizer does not take comparisons of rows apart, except with = and IN.
  // Source: MySQL 8.0 Reference Manual, 8.2.1.22 "Row Constructor Expression Optimization".
  std::string compared(const std::vector<std::string>& columns, std::string_view comparison,
                       const std::vector<std::string>& values) const override {
    const std::string strict = std::string(" ") + comparison.front() + " ";
    const std::string last = " " + std::string(comparison) + " ";
    std::vector<std::string> ways;
    std::string equal;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const bool is_last = i + 1 == columns.size();
      ways.push_back("(" + equal + columns[i] + (is_last ? last : strict) + values[i] + ")");
      equal += columns[i] + " = " + values[i] + " AND ";
    }
    return "(" + join(ways, " OR ") + ")";
  }
  std::uint64_t about_rows(live::Session& session, const QualifiedName& table) const override {
    return static_cast<std::uint64_t>(only_number(
        session,
        "SELECT TABLE_ROWS FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND "
        "TABLE_NAME = " +
            dialect().string_literal(table.name)));
  }
  std::uint64_t sessions_waiting(live::Session& session) const override {
    // MariaDB's form; MySQL 8 has performance_schema.data_lock_waits in its place. Both need a
    // privilege (PROCESS, SELECT) that the account may not have.
    for (const char* query :
         {"SELECT COUNT(*) FROM information_schema.INNODB_LOCK_WAITS w JOIN "
          "information_schema.INNODB_TRX t ON t.trx_id = w.blocking_trx_id WHERE "
          "t.trx_mysql_thread_id = CONNECTION_ID()",
          "SELECT COUNT(*) FROM performance_schema.data_lock_waits w JOIN "
          "information_schema.INNODB_TRX t ON t.trx_id = w.BLOCKING_ENGINE_TRANSACTION_ID WHERE "
          "t.trx_mysql_thread_id = CONNECTION_ID()"}) {
      const auto rows = session.run(query);
      if (rows && !rows->empty()) {
        return static_cast<std::uint64_t>(std::stoull(rows->front()[0].value_or("0")));
      }
    }
    return 0;
  }
  double replication_lag(live::Session&) const override { return 0; }
  std::chrono::milliseconds breath() const override { return std::chrono::milliseconds(0); }
  std::optional<std::string> oldest_transaction(live::Session& session) const override {
    return only_value(
        session,
        "SELECT CONCAT('connection ', t.trx_mysql_thread_id, ', since ', TIME(t.trx_started)) FROM "
        "information_schema.INNODB_TRX t WHERE t.trx_mysql_thread_id <> CONNECTION_ID() ORDER BY "
        "t.trx_started LIMIT 1");
  }

 private:
  /// Numbers without quotes, since a text is compared with them as a floating point number; bytes
  /// in hexadecimal; enumerations by their place, in which their index has them.
  static std::string literal_of(const std::string& column, const std::string& type) {
    static constexpr std::array<std::string_view, 9> numbers{
        "tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "year", "float", "double"};
    static constexpr std::array<std::string_view, 7> bytes{
        "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "bit"};
    if (std::find(numbers.begin(), numbers.end(), type) != numbers.end()) {
      return "CAST(" + column + " AS CHAR)";
    }
    if (type == "enum" || type == "set") return "CAST(" + column + " + 0 AS CHAR)";
    if (std::find(bytes.begin(), bytes.end(), type) != bytes.end()) {
      return "CONCAT('0x', HEX(" + column + "))";
    }
    return "QUOTE(" + column + ")";
  }
};

}  // namespace

const Engine& mysql_engine();

const Engine& mysql_engine() {
  static const MysqlEngine engine;
  return engine;
}

}  // namespace relata::migrate
