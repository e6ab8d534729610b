#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "live/live.h"
#include "live/sqlite/catalog.h"
#include "live/sqlite/database.h"

namespace relata::live {

Result<Schema> introspect_sqlite(const std::string& url, DiagnosticSink& sink);

namespace {

namespace fs = std::filesystem;

class SqliteFile : public ::testing::Test {
 protected:
  SqliteFile() : folder_(fs::path(::testing::TempDir()) / "relata_sqlite_file") {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    path_ = (folder_ / "a b%20?.db").string();
  }
  ~SqliteFile() override { fs::remove_all(folder_); }

  /// Runs statements on the file; the connection stays open.
  sqlite::Database run(const std::string& sql) const {
    sqlite3* opened = nullptr;
    EXPECT_EQ(sqlite3_open(path_.c_str(), &opened), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(opened, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(opened);
    return sqlite::Database(opened);
  }
  static Result<Schema> read(const std::string& url) {
    DiagnosticSink sink;
    return introspect_sqlite(url, sink);
  }
  std::string message(const std::string& url) const {
    const auto schema = read(url);
    return schema ? "" : schema.error().message;
  }

  fs::path folder_;
  std::string path_;
};

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST_F(SqliteFile, IsReadWithoutAChangeBesideIt) {
  for (const char* mode : {"DELETE", "WAL"}) {
    fs::remove(path_);
    static_cast<void>(run("PRAGMA journal_mode = " + std::string(mode) + "; CREATE TABLE t (a)"));
    const auto written = fs::last_write_time(path_);
    const auto schema = read("sqlite:" + path_);
    ASSERT_TRUE(schema) << schema.error().message;
    EXPECT_EQ(schema->dialect, "sqlite");
    ASSERT_EQ(schema->tables.size(), 1U);
    EXPECT_EQ(files_in(folder_), 1U) << mode;
    EXPECT_EQ(fs::last_write_time(path_), written);
  }
}

TEST_F(SqliteFile, IsReadWhileAnotherHasItOpen) {
  const auto writer = run("PRAGMA journal_mode = WAL; CREATE TABLE t (a); CREATE TABLE u (a)");
  const auto schema = read("sqlite:" + path_);
  ASSERT_TRUE(schema) << schema.error().message;
  EXPECT_EQ(schema->tables.size(), 2U);
}

TEST_F(SqliteFile, IsNamedInSeveralForms) {
  path_ = (folder_ / "plain.db").string();
  static_cast<void>(run("CREATE TABLE t (a)"));
  EXPECT_EQ(message("sqlite:" + path_), "");
  EXPECT_EQ(message("sqlite://" + path_), "");
  EXPECT_EQ(message("sqlite://" + path_ + "?mode=ro"), "");
  EXPECT_EQ(message("sqlite://" + folder_.string() + "/pl%61in.db"), "");
}

TEST_F(SqliteFile, ThatCannotBeReadIsAMessage) {
  EXPECT_EQ(message("sqlite:" + path_), "there is no database file '" + path_ + "'");
  EXPECT_EQ(message("sqlite:" + folder_.string()),
            "'" + folder_.string() + "' is a folder, not a database file");
  EXPECT_EQ(message("sqlite:"), "'sqlite:' names no database file");
  EXPECT_EQ(message("sqlite::memory:"), "'sqlite::memory:' names no database file");
  std::ofstream(path_) << "This is a text and no database at all, however long it is.\n";
  EXPECT_EQ(message("sqlite:" + path_), "'" + path_ + "' is not a SQLite database");
  std::ofstream(path_, std::ios::binary) << std::string(4096, '\x5a');
  EXPECT_EQ(message("sqlite:" + path_), "'" + path_ + "' is not a SQLite database");
}

TEST_F(SqliteFile, ThatIsTornIsAMessage) {
  static_cast<void>(run("CREATE TABLE t (a); CREATE INDEX i ON t (a)"));
  std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(100);
  file << std::string(3000, '\xff');
  file.close();
  EXPECT_NE(message("sqlite:" + path_), "");
}

TEST_F(SqliteFile, ThatIsLockedIsAMessage) {
  const auto writer = run("CREATE TABLE t (a); BEGIN EXCLUSIVE");
  EXPECT_EQ(message("sqlite:" + path_),
            "the database '" + path_ + "' is locked by a program that is writing to it");
}

TEST_F(SqliteFile, ThatIsEmptyHoldsNothing) {
  std::ofstream(path_).flush();
  const auto schema = read("sqlite:" + path_);
  ASSERT_TRUE(schema);
  EXPECT_TRUE(schema->tables.empty());
}

TEST_F(SqliteFile, ThatIsNotUtf8IsReadAllTheSame) {
  static_cast<void>(run("CREATE TABLE t (a DEFAULT 'caf\xe9') -- \xff"));
  const auto schema = read("sqlite:" + path_);
  ASSERT_TRUE(schema);
  EXPECT_EQ(schema->tables[0].columns[0].default_value->text, "'caf\xEF\xBF\xBD'");
}

TEST_F(SqliteFile, WithViewsThatDoNotWorkIsReadAllTheSame) {
  static_cast<void>(
      run("CREATE TABLE t (a); CREATE VIEW good AS SELECT a AS b FROM t;"
          "CREATE VIEW bad AS SELECT * FROM gone"));
  DiagnosticSink sink;
  const auto schema = introspect_sqlite("sqlite:" + path_, sink);
  ASSERT_TRUE(schema);
  ASSERT_EQ(schema->views.size(), 2U);
  EXPECT_EQ(schema->views[0].columns, std::vector<std::string>{"b"});
  ASSERT_EQ(sink.all().size(), 1U);
  EXPECT_EQ(sink.all()[0].code, "sqlite-view-broken");
}

}  // namespace
}  // namespace relata::live
