#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/text.h"
#include "live/sqlite/database.h"
#include "migrate/check/check_engine.h"

namespace relata::migrate::check {
namespace {

std::string file_of(const std::string& url, const std::string& name) {
  const std::filesystem::path given(live::sqlite::path_of(url));
  return (given.parent_path() / (name + ".db")).string();
}

/// One program writes at a time, so that what a step holds up is told by a second connection that
/// asks for the right to write again and again, and gives it back at once.
class SqliteCheck : public CheckEngine {
 public:
  SqliteCheck() : CheckEngine("sqlite") {}

  Result<std::unique_ptr<live::Session>> open_server(const std::string& url) const override {
    if (!url.starts_with("sqlite:")) {
      return tl::unexpected(Failure{"the plan is for SQLite, and --db is of another engine",
                                    "--db sqlite:FILE: databases are made beside that file"});
    }
    return std::unique_ptr<live::Session>();
  }
  // Beside the file that is named. An empty file is an empty database.
  Result<std::string> make_database(live::Session*, const std::string& url,
                                    const std::string& name) const override {
    const std::string path = file_of(url, name);
    std::ofstream file(path, std::ios::binary);
    if (!file) return tl::unexpected(Failure{"cannot write '" + path + "'", {}});
    return "sqlite:" + path;
  }
  void drop_database(live::Session*, const std::string& url,
                     const std::string& name) const override {
    for (const char* ending : {"", "-journal", "-wal", "-shm"}) {
      std::error_code ignored;
      std::filesystem::remove(file_of(url, name) + ending, ignored);
    }
  }

  std::vector<std::string> before_filling() const override { return {"PRAGMA foreign_keys = OFF"}; }
  Result<std::pair<std::uint64_t, std::string>> sum_of(
      live::Session& session, const std::string& table,
      const std::vector<std::string>& columns) const override {
    std::vector<std::string> texts{"''"};
    for (const std::string& column : columns) texts.push_back("quote(" + column + ")");
    const std::string query = "SELECT " + join(texts, " || '|' || ") + " FROM " + table +
                              " LIMIT " + std::to_string(rows_at_once) + " OFFSET ";
    std::uint64_t count = 0;
    std::uint64_t sum = 0;
    for (bool more = true; more;) {
      const auto rows = session.run(query + std::to_string(count));
      if (!rows) return tl::unexpected(rows.error());
      for (const live::Record& row : *rows) sum += stable_hash(row[0].value_or(""));
      count += rows->size();
      more = rows->size() == rows_at_once;
    }
    return std::pair<std::uint64_t, std::string>{count, std::to_string(sum)};
  }

  // Nobody gives up: how long it takes is what is measured.
  std::vector<std::string> client_settings() const override {
    return {"PRAGMA busy_timeout = 600000", "PRAGMA foreign_keys = ON"};
  }

  std::vector<std::string> watch_settings() const override { return {"PRAGMA busy_timeout = 0"}; }
  std::optional<std::vector<std::pair<std::string, std::string>>> locks(
      live::Session& session, const std::string&) const override {
    std::vector<std::pair<std::string, std::string>> seen;
    if (session.run("BEGIN IMMEDIATE")) {
      (void)session.run("ROLLBACK");
    } else {
      seen.emplace_back("the database", "WRITE LOCK");
    }
    return seen;
  }

  // A table that is built anew begins at another page (https://sqlite.org/fileformat2.html).
  OfTables places(live::Session& session) const override {
    OfTables all;
    const auto rows = session.run(
        "SELECT name, rootpage FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE "
        "'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'relata\\_%' ESCAPE '\\'");
    if (!rows) return all;
    for (const live::Record& row : *rows) all.emplace(row[0].value_or(""), row[1].value_or(""));
    return all;
  }

 private:
  static constexpr std::size_t rows_at_once = 50'000;
};

}  // namespace

const CheckEngine& sqlite_check();

const CheckEngine& sqlite_check() {
  static const SqliteCheck check;
  return check;
}

}  // namespace relata::migrate::check
