#include "emit/typeorm/sqlite_table_text.h"

#include <gtest/gtest.h>

namespace relata::emit::typeorm {
namespace {

TEST(SqliteTableText, QuotesNamesAndKeepsWhatDefaultsSay) {
  const SqliteTableText text = sqlite_table_text(R"(CREATE TABLE tasks (
  id    INTEGER PRIMARY KEY AUTOINCREMENT,  -- numbered
  title TEXT NOT NULL DEFAULT ('a,  (b)'),
  score REAL DEFAULT -1.5, [odd "name] BLOB DEFAULT x'00',
  owner_id INTEGER NOT NULL CONSTRAINT owner_set CHECK(owner_id > 0),
  CONSTRAINT tasks_owner FOREIGN KEY (owner_id, id)
    REFERENCES users (id, other) ON DELETE CASCADE,
  CONSTRAINT tasks_title UNIQUE(title,owner_id),
  CONSTRAINT tasks_check CHECK (title IN ('a',
    'b'))
))");
  ASSERT_TRUE(text.read);
  EXPECT_EQ(text.table, "tasks");
  EXPECT_EQ(text.sql, R"(CREATE TABLE "tasks" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "title" TEXT NOT NULL DEFAULT ('a,  (b)'),
  "score" REAL DEFAULT -1.5,
  "odd ""name" BLOB DEFAULT x'00',
  "owner_id" INTEGER NOT NULL CONSTRAINT "owner_set" CHECK(owner_id > 0),
  CONSTRAINT "tasks_owner" FOREIGN KEY ("owner_id", "id") REFERENCES "users" ("id", "other") ON DELETE CASCADE,
  CONSTRAINT "tasks_title" UNIQUE("title", "owner_id"),
  CONSTRAINT "tasks_check" CHECK (title IN ('a',     'b'))))");
  EXPECT_EQ(text.auto_increment, "id");
  EXPECT_EQ(text.foreign_key_name({"owner_id", "id"}, "users"), "tasks_owner");
  EXPECT_EQ(text.foreign_key_name({"owner_id", "id"}, "others"), "");
  EXPECT_EQ(text.unique_name({"title", "owner_id"}), "tasks_title");
  EXPECT_EQ(text.unique_name({"title"}), "");
  EXPECT_EQ(text.checks, (std::unordered_set<std::string>{"owner_set", "tasks_check"}));
}

TEST(SqliteTableText, TakesTheFirstNameThatFits) {
  const SqliteTableText text = sqlite_table_text(
      "CREATE TABLE t (a INT, b INT, CONSTRAINT one UNIQUE (a), CONSTRAINT two UNIQUE (a, b))");
  EXPECT_EQ(text.unique_name({"a", "b"}), "one");
}

TEST(SqliteTableText, ALastCheckBeforeStrictIsNotSeen) {
  const SqliteTableText text =
      sqlite_table_text("CREATE TABLE t (a INT, CONSTRAINT c CHECK (a > 0)) STRICT");
  EXPECT_TRUE(text.read);
  EXPECT_TRUE(text.checks.empty());
}

TEST(SqliteTableText, LeavesOtherStatements) {
  for (const char* sql : {"CREATE INDEX i ON t (a)", "CREATE VIRTUAL TABLE f USING fts5(a)",
                          "CREATE TABLE t AS SELECT 1", "PRAGMA foreign_keys = ON", "", "CREATE"}) {
    const SqliteTableText text = sqlite_table_text(sql);
    EXPECT_FALSE(text.read) << sql;
    EXPECT_EQ(text.sql, sql);
  }
}

}  // namespace
}  // namespace relata::emit::typeorm
