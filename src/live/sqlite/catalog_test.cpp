#include "live/sqlite/catalog.h"

#include <gtest/gtest.h>

#include "live/sqlite/database.h"

namespace relata::live::sqlite {
namespace {

Schema schema_after(const std::string& sql) {
  sqlite3* opened = nullptr;
  EXPECT_EQ(sqlite3_open(":memory:", &opened), SQLITE_OK);
  const Database database(opened);
  EXPECT_EQ(sqlite3_exec(opened, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
      << sqlite3_errmsg(opened);
  DiagnosticSink sink;
  auto schema = schema_of(opened, sink);
  EXPECT_TRUE(schema);
  EXPECT_TRUE(sink.all().empty());
  return schema ? *schema : Schema{};
}

std::string option(const std::vector<Option>& options, std::string_view name) {
  for (const Option& row : options) {
    if (row.name == name) return row.value.empty() ? "set" : row.value;
  }
  return {};
}

TEST(SqliteCatalog, HasColumnsWithTheirConstraints) {
  const Schema schema = schema_after(
      "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT,"
      " a VARCHAR(20) COLLATE NOCASE NOT NULL ON CONFLICT IGNORE DEFAULT 'x',"
      " b DEFAULT (1 + 1) CONSTRAINT positive CHECK (b > 0), c AS (b * 2) STORED) ");
  ASSERT_EQ(schema.tables.size(), 1U);
  const Table& table = schema.tables[0];
  ASSERT_EQ(table.columns.size(), 4U);
  EXPECT_TRUE(table.columns[0].identity && table.columns[0].identity->automatic);
  EXPECT_EQ(table.columns[1].type.spelling, "VARCHAR(20)");
  EXPECT_EQ(table.columns[1].type.length, 20);
  EXPECT_EQ(table.columns[1].collation, "NOCASE");
  EXPECT_FALSE(table.columns[1].nullable);
  EXPECT_EQ(option(table.columns[1].options, "NOT NULL ON CONFLICT"), "IGNORE");
  EXPECT_EQ(table.columns[1].default_value->text, "'x'");
  EXPECT_EQ(table.columns[2].default_value->text, "1 + 1");
  EXPECT_EQ(table.columns[3].generated->expression.text, "b * 2");
  EXPECT_TRUE(table.columns[3].generated->stored);
  ASSERT_EQ(table.checks.size(), 1U);
  EXPECT_EQ(table.checks[0].name, "positive");
  EXPECT_EQ(table.checks[0].column, "b");
}

TEST(SqliteCatalog, TellsTheNumberOfTheRowFromOtherKeys) {
  struct Case {
    std::string definition;
    bool numbered;
  };
  const Case cases[] = {
      {"id INTEGER PRIMARY KEY", true},
      {"id integer, PRIMARY KEY (ID DESC)", true},
      {"id INTEGER PRIMARY KEY DESC", false},
      {"id INT PRIMARY KEY", false},
      {"id INTEGER, b, PRIMARY KEY (id, b)", false},
  };
  for (const Case& row : cases) {
    const Schema schema = schema_after("CREATE TABLE t (" + row.definition + ")");
    EXPECT_EQ(schema.tables[0].columns[0].identity.has_value(), row.numbered) << row.definition;
  }
  const Schema without =
      schema_after("CREATE TABLE t (id INTEGER PRIMARY KEY) WITHOUT ROWID, STRICT");
  EXPECT_FALSE(without.tables[0].columns[0].identity);
  EXPECT_EQ(option(without.tables[0].options, "WITHOUT ROWID"), "set");
  EXPECT_EQ(option(without.tables[0].options, "STRICT"), "set");
}

TEST(SqliteCatalog, KeepsTheOrderOfKeys) {
  const Schema schema = schema_after(
      "CREATE TABLE t (a UNIQUE, b, c, PRIMARY KEY (b), CONSTRAINT u UNIQUE (c COLLATE RTRIM, a "
      "DESC) ON CONFLICT FAIL)");
  const Table& table = schema.tables[0];
  EXPECT_EQ(option(table.primary_key->options, "place"), "2");
  ASSERT_EQ(table.uniques.size(), 2U);
  EXPECT_EQ(table.uniques[0].columns, std::vector<std::string>{"a"});
  EXPECT_EQ(table.uniques[1].name, "u");
  EXPECT_EQ(option(table.uniques[1].options, "columns"), "c COLLATE \"RTRIM\", a DESC");
  EXPECT_EQ(option(table.uniques[1].options, "ON CONFLICT"), "FAIL");
}

TEST(SqliteCatalog, HasForeignKeysInTheirOrder) {
  const Schema schema = schema_after(
      "CREATE TABLE u (x INTEGER PRIMARY KEY, y, UNIQUE (x, y));"
      "CREATE TABLE t (A INTEGER CONSTRAINT first REFERENCES u ON DELETE CASCADE, b,"
      " CONSTRAINT second FOREIGN KEY (a, B) REFERENCES u (x, y) ON UPDATE SET NULL DEFERRABLE "
      "INITIALLY DEFERRED)");
  const std::vector<ForeignKey>& keys = schema.tables[1].foreign_keys;
  ASSERT_EQ(keys.size(), 2U);
  EXPECT_EQ(keys[0].name, "first");
  EXPECT_TRUE(keys[0].referenced.empty());
  EXPECT_EQ(keys[0].on_delete, ReferentialAction::cascade);
  EXPECT_EQ(keys[1].name, "second");
  EXPECT_EQ(keys[1].columns, (std::vector<std::string>{"A", "b"}));
  EXPECT_TRUE(keys[1].initially_deferred);
  EXPECT_EQ(keys[1].on_update, ReferentialAction::set_null);
  // A column without a type is elsewhere of the type that it refers to.
  const Schema untyped =
      schema_after("CREATE TABLE t (a REFERENCES u); CREATE TABLE u (x INTEGER PRIMARY KEY)");
  EXPECT_EQ(untyped.tables[0].columns[0].type.kind, TypeKind::big_integer);
  EXPECT_EQ(untyped.tables[0].columns[0].type.spelling, "");
}

TEST(SqliteCatalog, HasIndexes) {
  const Schema schema = schema_after(
      "CREATE TABLE t (a TEXT COLLATE NOCASE, B);"
      "CREATE INDEX plain ON t (A COLLATE nocase, b DESC);"
      "CREATE UNIQUE INDEX i ON t (lower(a) COLLATE RTRIM, a COLLATE BINARY) WHERE b > 0");
  const std::vector<Index>& indexes = schema.tables[0].indexes;
  ASSERT_EQ(indexes.size(), 2U);
  EXPECT_EQ(indexes[0].parts[0].expression, expression::column("a"));
  EXPECT_EQ(indexes[0].parts[0].collation, "");
  EXPECT_EQ(indexes[0].parts[1].expression, expression::column("B"));
  EXPECT_TRUE(indexes[0].parts[1].descending);
  EXPECT_TRUE(indexes[1].unique);
  EXPECT_EQ(indexes[1].parts[0].expression.text, "lower(a)");
  EXPECT_EQ(indexes[1].parts[0].collation, "RTRIM");
  EXPECT_EQ(indexes[1].parts[1].collation, "BINARY");
  EXPECT_EQ(indexes[1].where->text, "b > 0");
}

TEST(SqliteCatalog, LeavesOutWhatTheEngineMakesItself) {
  const Schema schema = schema_after(
      "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a UNIQUE); CREATE TEMP TABLE x (a);"
      "CREATE VIRTUAL TABLE words USING fts5(word); CREATE VIRTUAL TABLE box USING rtree(id, a, b);"
      "INSERT INTO t (a) VALUES (1); ANALYZE;");
  ASSERT_EQ(schema.tables.size(), 1U);
  EXPECT_TRUE(schema.tables[0].indexes.empty());
  ASSERT_EQ(schema.others.size(), 2U);
  EXPECT_EQ(schema.others[0].kind, "virtual table");
  EXPECT_EQ(schema.others[0].sql.text, "CREATE VIRTUAL TABLE words USING fts5(word)");
}

TEST(SqliteCatalog, HasViewsAndTriggers) {
  const Schema schema = schema_after(
      "CREATE TABLE t (a); CREATE VIEW v (x) AS SELECT a FROM t; CREATE VIEW w AS SELECT a, 1 AS "
      "one "
      "FROM t;"
      "CREATE TRIGGER touch AFTER INSERT ON t BEGIN SELECT 1; END;"
      "CREATE TRIGGER write INSTEAD OF INSERT ON V BEGIN SELECT 1; END;");
  ASSERT_EQ(schema.views.size(), 2U);
  EXPECT_EQ(schema.views[0].sql, "SELECT a FROM t");
  EXPECT_TRUE(schema.views[0].names_columns);
  EXPECT_EQ(schema.views[1].columns, (std::vector<std::string>{"a", "one"}));
  ASSERT_EQ(schema.tables[0].triggers.size(), 1U);
  EXPECT_EQ(std::get<TriggerBody>(schema.tables[0].triggers[0].purpose).sql,
            "CREATE TRIGGER touch AFTER INSERT ON t BEGIN SELECT 1; END");
  EXPECT_EQ(schema.views[0].triggers.size(), 1U);
}

}  // namespace
}  // namespace relata::live::sqlite
