#include <array>

#include "base/text.h"
#include "live/url/url.h"
#include "migrate/check/check_engine.h"

namespace relata::migrate::check {
namespace {

/// The table that a client's statement is about, by the word behind which it stands.
std::string table_in(std::string_view statement) {
  static constexpr std::array<std::string_view, 3> before{"UPDATE ", " INTO ", " FROM "};
  for (const std::string_view word : before) {
    const std::size_t found = statement.find(word);
    if (found == std::string_view::npos) continue;
    const std::string_view rest = statement.substr(found + word.size());
    const bool quoted = rest.starts_with('`');
    const std::size_t end = quoted ? rest.find('`', 1) : rest.find_first_of(" (");
    return std::string(rest.substr(quoted ? 1 : 0, end - (quoted ? 1 : 0)));
  }
  return "a table";
}

/// What a statement waits for is told by the list of processes, which needs no plugin and no
/// privilege for sessions of one's own account: performance_schema.metadata_locks is most often off
/// on MariaDB (MySQL 8.0 Reference Manual, 8.14.3 "General Thread States"; MariaDB Knowledge Base,
/// "Metadata Locking").
class MysqlCheck : public CheckEngine {
 public:
  MysqlCheck() : CheckEngine("mysql") {}

  Result<std::string> make_database(live::Session* server, const std::string& url,
                                    const std::string& name) const override {
    if (auto made = server->run("CREATE DATABASE " + name); !made) {
      return tl::unexpected(made.error());
    }
    return live::with_database(url, name);
  }
  void drop_database(live::Session* server, const std::string&,
                     const std::string& name) const override {
    (void)server->run("DROP DATABASE IF EXISTS " + name);
  }

  std::vector<std::string> before_filling() const override {
    return {"SET SESSION foreign_key_checks = 0, SESSION unique_checks = 1"};
  }
  std::vector<std::string> after_filling() const override {
    return {"SET SESSION foreign_key_checks = DEFAULT, SESSION unique_checks = DEFAULT"};
  }
  Result<std::pair<std::uint64_t, std::string>> sum_of(
      live::Session& session, const std::string& table,
      const std::vector<std::string>& columns) const override {
    std::vector<std::string> texts;
    for (const std::string& column : columns) texts.push_back("quote(" + column + ")");
    const std::string row = texts.empty() ? "''" : "concat_ws('|', " + join(texts, ", ") + ")";
    const auto rows = session.run("SELECT count(*), coalesce(sum(cast(conv(substr(md5(" + row +
                                  "), 1, 15), 16, 10) AS unsigned)), 0) FROM " + table);
    if (!rows) return tl::unexpected(rows.error());
    return std::pair<std::uint64_t, std::string>{std::stoull(rows->front()[0].value_or("0")),
                                                 rows->front()[1].value_or("")};
  }

  bool inserts_return() const override { return false; }
  bool updates_count_found() const override { return false; }

  std::string process() const override { return "SELECT CONNECTION_ID()"; }
  std::optional<std::vector<std::pair<std::string, std::string>>> locks(
      live::Session& session, const std::string& process) const override {
    const auto rows = session.run(
        "SELECT INFO FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND ID <> " +
        process +
        " AND (STATE LIKE 'Waiting for table%lock' OR STATE LIKE 'Waiting for schema%lock')");
    if (!rows) return std::nullopt;
    std::vector<std::pair<std::string, std::string>> seen;
    for (const live::Record& row : *rows) {
      seen.emplace_back(table_in(row[0].value_or("")), "METADATA LOCK");
    }
    return seen;
  }

  // A table that is written anew has another number; MariaDB's name of the view, then MySQL's.
  OfTables places(live::Session& session) const override {
    OfTables all;
    for (const char* view : {"INNODB_SYS_TABLES", "INNODB_TABLES"}) {
      const auto rows = session.run(
          "SELECT SUBSTR(NAME, LOCATE('/', NAME) + 1), TABLE_ID FROM "
          "information_schema." +
          std::string(view) +
          " WHERE NAME LIKE CONCAT(REPLACE(DATABASE(), '_', '\\\\_'), "
          "'/%') AND NAME NOT LIKE '%/relata\\\\_steps'");
      if (!rows) continue;
      for (const live::Record& row : *rows) all.emplace(row[0].value_or(""), row[1].value_or(""));
      break;
    }
    return all;
  }
};

}  // namespace

const CheckEngine& mysql_check();

const CheckEngine& mysql_check() {
  static const MysqlCheck check;
  return check;
}

}  // namespace relata::migrate::check
