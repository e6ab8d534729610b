#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "base/file.h"
#include "read/sql/sql.h"
#include "read/sql/sql_words.h"

namespace relata::sql {
namespace {

DetectedDialect detect(std::string name, std::string text) {
  return detect_dialect({{std::move(name), std::move(text)}});
}

TEST(DetectDialect, ByWhatOnlyOneTakes) {
  struct Case {
    std::string_view text;
    std::string_view dialect;
  };
  constexpr Case cases[] = {
      {"CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;", "mysql"},
      {"CREATE TABLE `t` (`id` int(11) NOT NULL, PRIMARY KEY (`id`));", "mysql"},
      {"DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 1; END //\n", "mysql"},
      {"/*!40101 SET NAMES utf8 */;\nCREATE TABLE t (a INT);", "mysql"},
      {"ALTER TABLE t ADD INDEX i (a), MODIFY COLUMN b BIGINT UNSIGNED;", "mysql"},
      {"CREATE TABLE t (a enum('x', 'y') COMMENT 'which');", "mysql"},
      {"CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT);", "sqlite"},
      {"PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE t (a);", "sqlite"},
      {"CREATE TABLE t (a TEXT PRIMARY KEY) WITHOUT ROWID;", "sqlite"},
      {"CREATE TABLE [t] ([id] INTEGER PRIMARY KEY, [n] NVARCHAR(20));", "sqlite"},
      {"CREATE TABLE t (id INTEGER PRIMARY KEY, at DATETIME);", "sqlite"},
      {"CREATE TABLE `t` (`id` text PRIMARY KEY NOT NULL, `n` integer);", "sqlite"},
      {"CREATE TABLE \"T\" (\"id\" TEXT NOT NULL PRIMARY KEY, \"at\" DATETIME);", "sqlite"},
      {"CREATE VIRTUAL TABLE t USING fts5(a);", "sqlite"},
      {"CREATE TABLE t (id serial PRIMARY KEY, a jsonb DEFAULT '{}'::jsonb);", "postgres"},
      {"CREATE FUNCTION f() RETURNS trigger AS $$ BEGIN END $$ LANGUAGE plpgsql;", "postgres"},
      {"--\n-- PostgreSQL database dump\n--\nCREATE TABLE t (a integer);", "postgres"},
      {"COPY t (a) FROM stdin;\n1\n\\.\n", "postgres"},
      {"CREATE TABLE t (a text[], b character varying(10));", "postgres"},
      {"ALTER TABLE \"User\" ALTER COLUMN \"name\" SET NOT NULL;", "postgres"},
      {"ALTER TABLE t ADD COLUMN tags TEXT ARRAY[1];", "postgres"},
      // Little or nothing tells: PostgreSQL.
      {"CREATE TABLE t (id INT NOT NULL, PRIMARY KEY (id));", "postgres"},
      {"CREATE INDEX IF NOT EXISTS i ON t (a);", "postgres"},
      {"DROP INDEX IF EXISTS \"i\";", "postgres"},
      {"CREATE TABLE t (id INT, key TEXT);", "postgres"},
      {"", "postgres"},
      // What stands in strings and comments does not count.
      {"-- ENGINE=InnoDB AUTO_INCREMENT\nCREATE TABLE t (a serial);", "postgres"},
      {"CREATE TABLE t (a TEXT DEFAULT 'x::jsonb $$ AUTO_INCREMENT' COLLATE NOCASE);", "sqlite"},
      {"INSERT INTO `t` VALUES ('it\\'s a PRAGMA; AUTOINCREMENT', '::');", "mysql"},
      {"DO $x$ BEGIN EXECUTE 'CREATE TABLE `a` (b INT AUTO_INCREMENT)'; END $x$;", "postgres"},
      // A remark at the top helps where nothing else does.
      {"-- Schema for SQLite\nCREATE TABLE t (a INT);", "sqlite"},
  };
  for (const Case& row : cases) {
    EXPECT_EQ(detect("a.sql", std::string(row.text)).dialect, row.dialect) << row.text;
  }
}

TEST(DetectDialect, ByTheNameWhereTheTextLeavesItOpen) {
  struct Case {
    std::string_view name;
    std::string_view text;
    std::string_view dialect;
  };
  constexpr Case cases[] = {
      {"db/schema.mysql.sql", "CREATE TABLE t (a INT);", "mysql"},
      {"db/sqlite/v3/schema.sql", "CREATE TABLE t (a INT UNSIGNED, b MEDIUMBLOB);", "sqlite"},
      {"mysql/postgresql/a.sql", "CREATE TABLE t (a INT);", "postgres"},
      {"pgsql/a.sql",
       "CREATE TABLE t (a INT) ENGINE=InnoDB DEFAULT CHARSET=utf8; "
       "CREATE TABLE `u` (a INT AUTO_INCREMENT, KEY (a), UNIQUE KEY (a)) "
       "ROW_FORMAT=DYNAMIC COLLATE=utf8_bin COMMENT='x';",
       "mysql"},
  };
  for (const Case& row : cases) {
    EXPECT_EQ(detect(std::string(row.name), std::string(row.text)).dialect, row.dialect)
        << row.name;
  }
}

TEST(DetectDialect, SaysWhy) {
  EXPECT_EQ(detect("x/a.sql", "CREATE TABLE t (\n a INT AUTO_INCREMENT\n);").reason,
            "AUTO_INCREMENT, x/a.sql:2");
  EXPECT_EQ(detect("a.sql", "CREATE TABLE t (a INT);").reason, "");
  EXPECT_EQ(detect("my/sqlite.sql", "CREATE TABLE t (a INT);").reason, "the name my/sqlite.sql");
}

TEST(DetectDialect, LooksThroughAllFiles) {
  EXPECT_EQ(detect_dialect({{"1.sql", "CREATE TABLE t (a INT);"},
                            {"2.sql", "ALTER TABLE t ADD COLUMN b INT AFTER a, ENGINE=InnoDB;"}})
                .dialect,
            "mysql");
}

/// Over a corpus of other people's files, where there is one: a folder for each dialect.
TEST(DetectDialect, IsRightOnACorpus) {
  namespace fs = std::filesystem;
  const char* corpus = std::getenv("RELATA_CORPUS");
  if (corpus == nullptr) GTEST_SKIP() << "RELATA_CORPUS names no folder";
  struct Case {
    std::string_view folder;
    std::string_view dialect;
  };
  constexpr Case cases[] = {{"postgresql", "postgres"}, {"mysql", "mysql"}, {"sqlite", "sqlite"}};
  for (const Case& row : cases) {
    for (const auto& entry : fs::directory_iterator(fs::path(corpus) / row.folder)) {
      if (entry.path().extension() != ".sql") continue;
      auto file = read_source(entry.path().string(), maximum_sql_bytes);
      ASSERT_TRUE(file) << file.error().message;
      EXPECT_EQ(detect_dialect({*file}).dialect, row.dialect) << entry.path();
    }
  }
}

TEST(SqlWords, EndOnWhateverText) {
  for (const std::string_view text : {"'", "\"", "`", "$", "$$", "$a$", "/*", "/*!", "[", "[a",
                                      "\\", ".", ".a", "#", "--", "'\\", "'\\'", "::", "@"}) {
    SqlWords words(text);
    std::size_t count = 0;
    while (words.next()) ASSERT_LT(++count, 10U) << text;
  }
}

}  // namespace
}  // namespace relata::sql
