#include <gtest/gtest.h>

#include "base/text.h"
#include "dialect/dialect.h"

namespace relata {
namespace {

Expression sql(std::string text) {
  Expression expression = expression::leaf(Operation::sql, std::move(text));
  expression.dialect = "sqlite";
  return expression;
}

Column column(std::string name, std::string type) {
  Column column;
  column.name = std::move(name);
  column.type.spelling = std::move(type);
  return column;
}

/// The statements without the heading, on lines of their own.
std::string written(const Table& table) {
  Schema schema;
  schema.dialect = "sqlite";
  schema.tables.push_back(table);
  DiagnosticSink sink;
  const std::string ddl = find_dialect("sqlite")->ddl(schema, {}, sink);
  EXPECT_TRUE(sink.all().empty());
  const std::size_t begin = ddl.find("CREATE TABLE");
  return ddl.substr(begin, ddl.find("\n\nCOMMIT;") - begin);
}

TEST(SqliteNative, WritesDefaultsAsTheCatalogHasThem) {
  struct Case {
    std::string_view text;
    std::string_view expected;
  };
  constexpr Case cases[] = {
      {"0", "0"},
      {"-1.5e-3", "-1.5e-3"},
      {"- 1", "- 1"},
      {"1-1", "(1-1)"},
      {"'it''s'", "'it''s'"},
      {"'a' || 'b'", "('a' || 'b')"},
      {"\"a b\"", "\"a b\""},
      {"[a b]", "[a b]"},
      {"`a`", "`a`"},
      {"x'00ff'", "x'00ff'"},
      {"CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP"},
      {"datetime('now')", "(datetime('now'))"},
      {"(3)", "((3))"},
      {"1 -- one", "(1 -- one\n)"},
  };
  for (const Case& row : cases) {
    Table table;
    table.name = "t";
    table.columns.push_back(column("a", ""));
    table.columns[0].default_value = sql(std::string(row.text));
    EXPECT_EQ(written(table),
              "CREATE TABLE t (\n  a DEFAULT " + std::string(row.expected) + "\n);");
  }
}

TEST(SqliteNative, KeepsThePlaceOfEveryConstraint) {
  Table table;
  table.name = "Order";
  table.comment = "what was\nordered";
  table.columns.push_back(column("id", "INTEGER"));
  table.columns.push_back(column("a", "VARCHAR (20)"));
  table.columns[1].nullable = false;
  table.columns[1].collation = "NOCASE";
  table.columns[1].comment = "the first";
  table.primary_key = PrimaryKey{"k", {"id", "a"}};
  table.primary_key->options = {{"columns", "id DESC, a"}, {"ON CONFLICT", "FAIL"}, {"place", "2"}};
  table.uniques = {{{}, {"a"}, {}}, {"u", {"id"}, {}}};
  table.checks = {{"c", sql("a > 0 -- more"), {}}, {{}, sql("id > 1"), {}}};
  table.checks[0].column = "a";
  ForeignKey key;
  key.columns = {"a"};
  key.table = "other";
  key.on_delete = ReferentialAction::set_null;
  key.deferrable = key.initially_deferred = true;
  table.foreign_keys = {key};
  table.options = {{"WITHOUT ROWID", {}}, {"STRICT", {}}};
  EXPECT_EQ(written(table),
            "CREATE TABLE \"Order\" ( -- what was ordered\n"
            "  id INTEGER,\n"
            "  a VARCHAR (20) NOT NULL COLLATE NOCASE CONSTRAINT c CHECK (a > 0 -- more\n"
            "), -- the first\n"
            "  UNIQUE (a),\n"
            "  CONSTRAINT k PRIMARY KEY (id DESC, a) ON CONFLICT FAIL,\n"
            "  CONSTRAINT u UNIQUE (id),\n"
            "  CHECK (id > 1),\n"
            "  FOREIGN KEY (a) REFERENCES other ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED\n"
            ") WITHOUT ROWID, STRICT;");
}

TEST(SqliteNative, DeclaresTheNumberOfTheRowAtItsColumn) {
  struct Case {
    std::optional<bool> automatic;  ///< Empty: it is no number of the row.
    std::string_view expected;
  };
  constexpr Case cases[] = {{true, "id INTEGER PRIMARY KEY AUTOINCREMENT"},
                            {false, "id INTEGER PRIMARY KEY"},
                            {std::nullopt, "id INTEGER PRIMARY KEY DESC"}};
  for (const Case& row : cases) {
    Table table;
    table.name = "t";
    table.columns.push_back(column("id", "INTEGER"));
    if (row.automatic) {
      table.columns[0].identity.emplace();
      table.columns[0].identity->automatic = *row.automatic;
    }
    table.primary_key = PrimaryKey{{}, {"id"}};
    EXPECT_EQ(written(table), "CREATE TABLE t (\n  " + std::string(row.expected) + "\n);");
  }
}

TEST(SqliteNative, WritesIndexesWithTheirParts) {
  Table table;
  table.name = "t";
  table.columns.push_back(column("a", "TEXT"));
  Index index;
  index.name = "i";
  index.unique = true;
  index.parts.resize(2);
  index.parts[0].expression = expression::column("a");
  index.parts[0].collation = "NOCASE";
  index.parts[0].descending = true;
  index.parts[1].expression = sql("lower(a)");
  index.where = sql("a <> ''");
  table.indexes.push_back(index);
  EXPECT_EQ(written(table),
            "CREATE TABLE t (\n  a TEXT\n);\n"
            "CREATE UNIQUE INDEX i ON t (a COLLATE NOCASE DESC, lower(a)) WHERE a <> '';");
}

}  // namespace
}  // namespace relata
