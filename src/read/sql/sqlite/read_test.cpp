#include <gtest/gtest.h>

#include <filesystem>

#include "base/text.h"
#include "read/sql/sql.h"
#include "read/sql/sqlite/statements.h"

namespace relata::sql {

Schema read_sqlite(const std::vector<SourceFile>& files, DiagnosticSink& sink, Reading reading);

namespace {

struct Outcome {
  Schema schema;
  DiagnosticSink sink;

  /// "code line:column" of each diagnostic.
  [[nodiscard]] std::string codes(std::string_view text) const {
    std::vector<std::string> shown;
    for (const Diagnostic& diagnostic : sink.all()) {
      std::string place;
      if (diagnostic.span) {
        const Position position = position_of(text, diagnostic.span->begin);
        place = " " + std::to_string(position.line) + ":" + std::to_string(position.column);
      }
      shown.push_back(diagnostic.code + place);
    }
    return join(shown, ", ");
  }
  [[nodiscard]] std::string tables() const {
    std::vector<std::string> names;
    for (const Table& table : schema.tables) names.push_back(table.name);
    return join(names, " ");
  }
};

Outcome read(std::string text) {
  Outcome outcome;
  outcome.schema = read_sqlite({{"a.sql", std::move(text)}}, outcome.sink, Reading::portable);
  return outcome;
}

TEST(SqliteStatements, EndWhereTheShellEndsThem) {
  struct Case {
    std::string_view script;
    std::vector<std::string_view> expected;
  };
  const Case cases[] = {
      {"a; b ;; -- c;\n d", {"a", "b", "d"}},
      {"a ';' b; c", {"a ';' b", "c"}},
      {"CREATE TRIGGER t BEGIN SELECT CASE 1 WHEN 1 THEN 2 END; END; b",
       {"CREATE TRIGGER t BEGIN SELECT CASE 1 WHEN 1 THEN 2 END; END", "b"}},
      {"create temp trigger t begin x; end; b", {"create temp trigger t begin x; end", "b"}},
      {"CREATE TABLE trigger_log (a); b", {"CREATE TABLE trigger_log (a)", "b"}},
      {"a\nGO\nb\n/\nc", {"a", "b", "c"}},
      {"a / b; go on", {"a / b", "go on"}},
      {".mode csv\na;\n.read b.sql\n  .5;", {".mode csv", "a", ".read b.sql", ".5"}},
      {"", {}},
      {" ; -- nothing", {}},
  };
  for (const Case& row : cases) {
    sqlite::Statements statements(row.script);
    std::vector<std::string_view> found;
    while (const auto statement = statements.next()) found.push_back(statement->text);
    EXPECT_EQ(found, row.expected) << row.script;
  }
}

TEST(SqliteReader, AddsUpWhatTheStatementsDo) {
  const Outcome outcome = read(
      "PRAGMA foreign_keys = ON;\nCREATE TABLE a (x);\nINSERT INTO a VALUES (unknown(1));\n"
      "BEGIN;\nCREATE TABLE lost (x);\nROLLBACK;\n"
      "ALTER TABLE a RENAME TO b;\nALTER TABLE b ADD COLUMN y TEXT;\nCREATE TABLE c (x);\n"
      "DROP TABLE c;\nSELECT 1;\nWITH n AS (SELECT 1) DELETE FROM b;\n");
  EXPECT_EQ(outcome.codes(""), "");
  EXPECT_EQ(outcome.tables(), "b");
  EXPECT_EQ(outcome.schema.tables[0].columns.size(), 2U);
}

TEST(SqliteReader, SaysWhatIsRefusedAndReadsOn) {
  const std::string text =
      "CREATE TABLE a (x);\n"
      "CREATE TABEL b (x);\n"
      "ALTER TABLE a ADD CONSTRAINT k PRIMARY KEY (x);\r\n"
      "CREATE TABLE c (x,\r\n  y REFERENCES);\n"
      "CREATE TABLE d (x);\n";
  const Outcome outcome = read(text);
  EXPECT_EQ(outcome.tables(), "a d");
  EXPECT_EQ(outcome.codes(text),
            "sqlite-statement-refused 2:8, sqlite-statement-refused 3:19, "
            "sqlite-statement-refused 5:15");
  EXPECT_FALSE(outcome.sink.has_errors());
}

TEST(SqliteReader, SaysWhenNothingIsUnderstood) {
  const Outcome outcome = read("CREATE EXTENSION x;\nSET search_path = y;\n");
  EXPECT_TRUE(outcome.sink.has_errors());
  EXPECT_EQ(outcome.sink.all().back().code, "sqlite-nothing-read");
}

TEST(SqliteReader, KnowsWhereTablesAndColumnsStand) {
  const std::string text =
      "-- first\nCREATE TABLE IF NOT EXISTS main.[a b] (\r\n  x INTEGER,\r\n  \"y z\" TEXT\n);\n"
      "ALTER TABLE [a b] RENAME TO c;\nALTER TABLE c ADD COLUMN w;\n";
  const Outcome outcome = read(text);
  ASSERT_EQ(outcome.tables(), "c");
  const Table& table = outcome.schema.tables[0];
  const auto words = [&](const Origin& origin) {
    return text.substr(origin.span.begin, origin.span.size());
  };
  EXPECT_EQ(table.origin.source, "a.sql");
  EXPECT_EQ(words(table.origin), "[a b]");
  EXPECT_EQ(words(table.columns[0].origin), "x");
  EXPECT_EQ(words(table.columns[1].origin), "\"y z\"");
  EXPECT_EQ(words(table.columns[2].origin), "w");
}

TEST(SqliteReader, MakesUpWhatOnlyAnApplicationHas) {
  const Outcome outcome = read(
      "CREATE TABLE a (x COLLATE of_mine, y CHECK (is_valid(y, 1)));\n"
      "CREATE INDEX i ON a (slug(x));\n");
  EXPECT_EQ(outcome.tables(), "a");
  EXPECT_EQ(outcome.codes(""), "sqlite-function-unknown, sqlite-function-unknown");
  EXPECT_EQ(outcome.schema.tables[0].indexes.size(), 1U);
}

TEST(SqliteReader, TakesVirtualTablesOutOfDumps) {
  const Outcome outcome = read(
      "PRAGMA writable_schema=ON;\n"
      "INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','n','n',0,'CREATE "
      "VIRTUAL TABLE n USING fts5(word, tokenize = ''porter'')');\n"
      "CREATE TABLE IF NOT EXISTS 'n_data'(id INTEGER PRIMARY KEY, block BLOB);\n"
      "PRAGMA writable_schema=OFF;\nUPDATE sqlite_master SET sql = '';\n");
  EXPECT_EQ(outcome.tables(), "");
  ASSERT_EQ(outcome.schema.others.size(), 1U);
  EXPECT_EQ(outcome.schema.others[0].sql.text,
            "CREATE VIRTUAL TABLE n USING fts5(word, tokenize = 'porter')");
  EXPECT_EQ(outcome.codes("").substr(0, 21), "sqlite-catalog-edited");
}

TEST(SqliteReader, TakesWhatTheShellShowsOfASchema) {
  const Outcome outcome = read(
      "CREATE TABLE sqlite_sequence(name,seq);\nCREATE TABLE IF NOT EXISTS \"a\" (x);\n"
      "CREATE VIRTUAL TABLE n USING fts5(word)\n/* n(word) */;\n"
      "CREATE TABLE IF NOT EXISTS 'n_data'(id INTEGER PRIMARY KEY, block BLOB);\n"
      "CREATE VIEW v AS SELECT x FROM a\n/* v(x) */;\n");
  EXPECT_EQ(outcome.codes(""), "");
  EXPECT_EQ(outcome.tables(), "a");
  ASSERT_EQ(outcome.schema.views.size(), 1U);
  EXPECT_EQ(outcome.schema.views[0].sql, "SELECT x FROM a\n/* v(x) */");
}

TEST(SqliteReader, ReachesNothingOutside) {
  const std::string file = ::testing::TempDir() + "relata_sqlite_reader_made.db";
  std::filesystem::remove(file);
  const Outcome outcome =
      read("CREATE TABLE a (x);\nATTACH '" + file + "' AS other;\nVACUUM INTO '" + file +
           "';\nPRAGMA journal_mode = WAL;\n"
           "CREATE TABLE b AS SELECT load_extension('x');\n"
           "CREATE TABLE other.c (x);\n.output " +
           file + "\n");
  EXPECT_EQ(outcome.tables(), "a");
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST(SqliteReader, EndsStatementsThatDoNot) {
  const Outcome outcome = read(
      "CREATE TABLE a AS WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
      " SELECT max(x) AS most FROM n;\nCREATE TABLE b (x);\n");
  EXPECT_EQ(outcome.tables(), "b");
  EXPECT_NE(outcome.sink.all()[0].message.find("too long"), std::string::npos);
}

TEST(SqliteReader, RefusesWhatIsNestedTooDeep) {
  std::string deep = "CREATE TABLE a (x CHECK (" + std::string(20'000, '(') + "1";
  deep += std::string(20'000, ')') + "));\nCREATE TABLE b (x);";
  EXPECT_EQ(read(deep).tables(), "b");
}

/// Many tables, each with a key to the one before, an index and a trigger.
std::string many_tables(int count) {
  std::string text = "PRAGMA foreign_keys = OFF;\nBEGIN;\n";
  for (int i = 0; i < count; ++i) {
    const std::string name = "t" + std::to_string(i);
    const std::string before = "t" + std::to_string(i == 0 ? count - 1 : i - 1);
    text += "CREATE TABLE " + name + " (id INTEGER PRIMARY KEY, up REFERENCES " + before +
            " (id), name TEXT);\nCREATE UNIQUE INDEX " + name + "_name ON " + name +
            " (name);\nCREATE TRIGGER " + name + "_gone AFTER DELETE ON " + name +
            " BEGIN SELECT 1; END;\n";
  }
  return text + "COMMIT;\n";
}

TEST(SqliteReader, ReadsALargeSchemaInPartsAsAWhole) {
  const std::string text = many_tables(250);
  const Outcome parts = read(text);
  Outcome whole = read(text + "CREATE VIEW v AS SELECT * FROM t7 JOIN t207;\n");
  ASSERT_EQ(whole.schema.views.size(), 1U);
  EXPECT_EQ(whole.schema.views.front().columns.size(), 6U);
  whole.schema.views.clear();
  EXPECT_EQ(parts.schema, whole.schema);
  EXPECT_EQ(parts.codes(text), "");
}

TEST(SqliteReader, SaysOfALargeSchemaWhatItSaysOfASmallOne) {
  for (const std::string_view more :
       {"CREATE TABLE t3 (x);", "CREATE INDEX t3_name ON t207 (id);", "CREATE INDEX i ON none (x);",
        "CREATE TABLE b (x,);",
        "CREATE TRIGGER t3_gone AFTER DELETE ON t207 BEGIN SELECT 1; END;"}) {
    SCOPED_TRACE(more);
    const Outcome outcome = read(many_tables(250) + std::string(more));
    ASSERT_EQ(outcome.sink.all().size(), 1U);
    EXPECT_EQ(outcome.sink.all().front().code, "sqlite-statement-refused");
    EXPECT_EQ(outcome.schema.tables.size(), 250U);
  }
  EXPECT_EQ(read(many_tables(250) + "ALTER TABLE t3 RENAME TO other;")
                .schema.tables[4]
                .foreign_keys[0]
                .table,
            "other");
}

}  // namespace
}  // namespace relata::sql
