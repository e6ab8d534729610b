#include "syntax/sqlite/table_text.h"

#include <gtest/gtest.h>

namespace relata::syntax::sqlite {
namespace {

/// "kind name expression conflict" of every constraint of a column.
std::string shown(const std::vector<ConstraintText>& constraints) {
  constexpr std::string_view kinds[] = {"primary",  "unique",  "check",     "foreign",
                                        "not-null", "default", "generated", "collate"};
  std::string text;
  for (const ConstraintText& constraint : constraints) {
    if (!text.empty()) text += "; ";
    text += kinds[static_cast<std::size_t>(constraint.kind)];
    if (!constraint.name.empty()) text += " " + constraint.name;
    if (!constraint.expression.empty()) text += " (" + constraint.expression + ")";
    if (!constraint.conflict.empty()) text += " " + constraint.conflict;
    if (constraint.autoincrement) text += " autoincrement";
    if (constraint.deferrable) text += constraint.initially_deferred ? " deferred" : " deferrable";
    if (constraint.stored) text += " stored";
  }
  return text;
}

TEST(SqliteTableText, TellsWhatTheColumnSays) {
  struct Case {
    std::string_view column;
    std::string_view expected;
  };
  constexpr Case cases[] = {
      {"a", ""},
      {"a VARCHAR(10, 2) NOT NULL", "not-null"},
      {"a INTEGER CONSTRAINT k PRIMARY KEY DESC ON CONFLICT FAIL AUTOINCREMENT",
       "primary k FAIL autoincrement"},
      {"a UNIQUE ON CONFLICT ABORT", "unique"},
      {"a CHECK (a IN ('(', ')')) CHECK (a <> 1)", "check (a IN ('(', ')')); check (a <> 1)"},
      {"a DEFAULT -1 NOT NULL", "default; not-null"},
      {"a DEFAULT (1 + (2)) COLLATE NOCASE", "default; collate"},
      {"a NULL REFERENCES t ON DELETE SET NULL ON UPDATE NO ACTION MATCH FULL DEFERRABLE INITIALLY "
       "DEFERRED",
       "foreign deferred"},
      {"a REFERENCES t (x) NOT DEFERRABLE INITIALLY DEFERRED NOT NULL", "foreign; not-null"},
      {"a INT GENERATED ALWAYS AS (b * 2) STORED", "generated (b * 2) stored"},
      {"a AS (b)", "generated (b)"},
      {"a generated INT", ""},
  };
  for (const Case& row : cases) {
    const auto table = read_table_text("CREATE TABLE t (" + std::string(row.column) + ", z)");
    ASSERT_TRUE(table) << row.column;
    ASSERT_EQ(table->columns.size(), 2U) << row.column;
    EXPECT_EQ(table->columns[0].name, "a") << row.column;
    EXPECT_EQ(shown(table->columns[0].constraints), row.expected) << row.column;
  }
}

TEST(SqliteTableText, TellsTheTablesConstraints) {
  const auto table = read_table_text(
      "CREATE TABLE \"t\" (a, b, CONSTRAINT k PRIMARY KEY (a DESC, [b] COLLATE NOCASE) "
      "CHECK (a > b), CONSTRAINT f FOREIGN KEY (a, b) REFERENCES u (c, d) DEFERRABLE)");
  ASSERT_TRUE(table);
  EXPECT_EQ(shown(table->constraints), "primary k; check (a > b); foreign f deferrable");
  const std::vector<PartText>& parts = table->constraints[0].parts;
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_TRUE(parts[0].descending);
  EXPECT_EQ(parts[1].name, "b");
  EXPECT_EQ(parts[1].collation, "NOCASE");
}

TEST(SqliteTableText, TakesTheCommentThatStandsOnTheLine) {
  const auto table = read_table_text(
      "CREATE TABLE t ( -- people\n"
      "  -- not of a column\n"
      "  id INTEGER, -- their number\n"
      "  name TEXT, /* what they are called */\n"
      "  a TEXT, b TEXT, -- of the second\n"
      "  c TEXT -- at the end\n"
      ")");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->comment, "people");
  std::vector<std::string> comments;
  for (const ColumnText& column : table->columns) comments.push_back(column.comment);
  EXPECT_EQ(comments, (std::vector<std::string>{"their number", "what they are called", "",
                                                "of the second", "at the end"}));
}

TEST(SqliteTableText, DoesNotTakeOtherStatements) {
  for (const std::string_view sql : {"", "CREATE VIEW v AS SELECT 1", "CREATE TABLE t",
                                     "DROP TABLE t", "CREATE VIRTUAL TABLE"}) {
    EXPECT_FALSE(read_table_text(sql)) << sql;
  }
}

TEST(SqliteTableText, EndsOnWhateverText) {
  for (const std::string_view sql :
       {"CREATE TABLE t (", "CREATE TABLE t (a CHECK (", "CREATE TABLE t (,,,)",
        "CREATE TABLE t (a REFERENCES", "CREATE TABLE t (a DEFAULT", "CREATE TABLE t (PRIMARY",
        "CREATE TABLE t (CONSTRAINT c CONSTRAINT d)", "CREATE TABLE t (a = b ; c)"}) {
    EXPECT_TRUE(read_table_text(sql)) << sql;
  }
}

TEST(SqliteIndexText, HasPartsAndCondition) {
  const auto index = read_index_text(
      "CREATE UNIQUE INDEX i ON t (a COLLATE RTRIM DESC, lower(b, 'x,y') ASC, (c)) WHERE a > 1 "
      "AND b IN (1, 2)");
  ASSERT_TRUE(index);
  ASSERT_EQ(index->parts.size(), 3U);
  EXPECT_EQ(index->parts[0].text, "a");
  EXPECT_EQ(index->parts[0].collation, "RTRIM");
  EXPECT_TRUE(index->parts[0].descending);
  EXPECT_EQ(index->parts[1].text, "lower(b, 'x,y')");
  EXPECT_EQ(index->parts[1].name, "");
  EXPECT_EQ(index->parts[2].text, "(c)");
  EXPECT_EQ(index->where, "a > 1 AND b IN (1, 2)");
}

TEST(SqliteViewText, HasColumnsAndSelect) {
  const auto view = read_view_text("CREATE VIEW [v w] (a, \"b c\") AS SELECT 1 AS x, 2");
  ASSERT_TRUE(view);
  EXPECT_EQ(view->columns, (std::vector<std::string>{"a", "b c"}));
  EXPECT_EQ(view->select, "SELECT 1 AS x, 2");
}

}  // namespace
}  // namespace relata::syntax::sqlite
