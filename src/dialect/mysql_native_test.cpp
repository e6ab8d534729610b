#include "dialect/mysql_native.h"

#include <gtest/gtest.h>

#include <vector>

namespace relata {
namespace {

Expression sql(std::string text) {
  return Expression{Operation::sql, std::move(text), "mysql", {}, {}};
}

Column column(std::string name, std::string type) {
  Column result;
  result.name = std::move(name);
  result.type.spelling = std::move(type);
  return result;
}

Index index_on(std::string name, const std::vector<std::string>& columns) {
  Index result;
  result.name = std::move(name);
  for (const std::string& of : columns) {
    IndexPart part;
    part.expression = expression::column(of);
    result.parts.push_back(part);
  }
  return result;
}

Table table(std::string name) {
  Table result;
  result.name = std::move(name);
  result.columns.push_back(column("id", "int"));
  result.columns.back().nullable = false;
  return result;
}

ForeignKey reference(std::string name, std::string to) {
  ForeignKey key;
  key.name = std::move(name);
  key.columns = {"id"};
  key.table = std::move(to);
  key.referenced = {"id"};
  key.on_delete = ReferentialAction::restrict;
  key.on_update = ReferentialAction::restrict;
  return key;
}

/// What is printed below the head of the script.
std::string printed(Schema schema) {
  schema.dialect = "mysql";
  DiagnosticSink sink;
  const std::string text = find_dialect("mysql")->ddl(schema, {}, sink);
  EXPECT_TRUE(sink.all().empty());
  const std::size_t end_of_head = text.find("\n\n");
  return text.substr(end_of_head + 2);
}

TEST(MysqlNative, WritesTablesAsTheyWere) {
  Table item = table("item");
  item.columns[0].type.spelling = "int unsigned";
  item.columns[0].identity = Identity{};
  item.columns.push_back(column("label", "varchar(40)"));
  item.columns[1].collation = "utf8mb4_bin";
  item.columns[1].default_value = sql("'it''s'");
  item.columns[1].comment = "it's";
  item.columns.push_back(column("seen", "timestamp"));
  item.columns[2].on_update = sql("current_timestamp()");
  item.columns.push_back(column("total", "int"));
  item.columns[3].generated = Generated{sql("`id` * 2"), false};
  item.primary_key = PrimaryKey{"", {"id"}};
  item.indexes.push_back(index_on("label", {"label"}));
  item.indexes[0].unique = true;
  item.indexes[0].parts[0].prefix_length = 10;
  item.indexes[0].algorithm.text = "BTREE";
  item.indexes.push_back(index_on("words", {"label"}));
  item.indexes[1].method = "fulltext";
  item.checks.push_back({"positive", sql("`id` > 0"), {}});
  item.checks.push_back({"", sql("`label` <> ''"), {}});
  item.checks[1].column = "label";
  item.character_set.text = "utf8mb4";
  item.collation.text = "utf8mb4_general_ci";
  item.options = {{"ENGINE", "InnoDB"}, {"ROW_FORMAT", "COMPACT"}};
  item.comment = "what is sold";
  item.partitioning.emplace();
  item.partitioning->text.text = "PARTITION BY HASH (`id`)\nPARTITIONS 4";
  Schema schema;
  schema.tables.push_back(item);
  EXPECT_EQ(printed(schema), R"(
-- item ----------------------------------------------------------------------
CREATE TABLE item (
  id    int unsigned             NOT NULL AUTO_INCREMENT,
  label varchar(40) COLLATE utf8mb4_bin
    DEFAULT 'it''s' COMMENT 'it''s' CHECK (`label` <> ''),
  seen  timestamp                NULL     ON UPDATE current_timestamp(),
  total int                               GENERATED ALWAYS AS (`id` * 2) VIRTUAL,
  PRIMARY KEY (id),
  UNIQUE KEY label (label(10)) USING BTREE,
  FULLTEXT KEY words (label),
  CONSTRAINT positive CHECK (`id` > 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_general_ci ROW_FORMAT = COMPACT
  COMMENT = 'what is sold'
PARTITION BY HASH (`id`)
PARTITIONS 4;
)");
}

TEST(MysqlNative, PutsReferredTablesFirstAndClosesCyclesAtTheEnd) {
  Schema schema;
  schema.tables = {table("b"), table("c"), table("a")};
  schema.tables[0].foreign_keys.push_back(reference("b_c", "c"));
  schema.tables[1].foreign_keys.push_back(reference("c_b", "b"));
  schema.tables[2].foreign_keys.push_back(reference("a_b", "b"));
  const std::string text = printed(schema);
  EXPECT_LT(text.find("CREATE TABLE b "), text.find("CREATE TABLE c "));
  EXPECT_LT(text.find("CREATE TABLE c "), text.find("CREATE TABLE a "));
  EXPECT_NE(text.find("ALTER TABLE b ADD CONSTRAINT b_c FOREIGN KEY (id) REFERENCES c (id);"),
            std::string::npos);
  EXPECT_EQ(text.find("foreign_key_checks"), std::string::npos);

  schema.tables[2].foreign_keys.push_back(reference("c_gone", "gone"));
  EXPECT_NE(printed(schema).find("SET foreign_key_checks = 0;"), std::string::npos);
}

TEST(MysqlNative, PutsViewsBehindThoseThatTheyName) {
  Schema schema;
  for (const auto& [name, select] :
       std::vector<std::pair<std::string, std::string>>{{"first", "select 1 from `second`"},
                                                        {"second", "SELECT 'first' FROM Third"},
                                                        {"third", "select 1 -- first"}}) {
    View view;
    view.name = name;
    view.sql = select;
    schema.views.push_back(view);
  }
  schema.views[2].check_option = "cascaded";
  schema.views[2].options = {{"ALGORITHM", "MERGE"}, {"SQL SECURITY", "INVOKER"}};
  schema.views[2].session.definer.text = "`ada`@`%`";
  EXPECT_EQ(printed(schema), R"(
-- views ---------------------------------------------------------------------

CREATE ALGORITHM = MERGE DEFINER = `ada`@`%` SQL SECURITY INVOKER VIEW third AS
select 1 -- first
WITH CASCADED CHECK OPTION;

CREATE VIEW second AS
SELECT 'first' FROM Third;

CREATE VIEW first AS
select 1 from `second`;
)");
}

TEST(MysqlNative, EndsProgramsWithADelimiterThatNoneHolds) {
  Schema schema;
  Routine one;
  one.kind = "procedure";
  one.sql.text = "CREATE PROCEDURE `one`() BEGIN SELECT '$$'; END";
  one.session.sql_mode.text = "-";
  Routine two;
  two.kind = "procedure";
  two.sql.text = "CREATE PROCEDURE `two`() SELECT 2";
  two.session.definer.text = "`ada`@`%`";
  two.session.character_set.text = "latin1";
  schema.routines = {one, two};
  EXPECT_EQ(printed(schema), R"(
-- functions and procedures --------------------------------------------------

SET sql_mode = '';
DELIMITER //

CREATE PROCEDURE `one`() BEGIN SELECT '$$'; END//
DELIMITER ;

SET sql_mode = DEFAULT;
SET NAMES latin1;
DELIMITER //

CREATE DEFINER = `ada`@`%` PROCEDURE `two`() SELECT 2//

DELIMITER ;
)");
}

TEST(MysqlNative, WritesDefaultsAsBothServersTakeThem) {
  struct Case {
    std::string text;
    std::string expected;
  };
  const std::vector<Case> cases{
      {"'a'", "'a'"},
      {"'it''s \\' x'", "'it''s \\' x'"},
      {"-1.5e-3", "-1.5e-3"},
      {"NULL", "NULL"},
      {"b'101'", "b'101'"},
      {"0x4d", "0x4d"},
      {"_utf8mb4'x'", "_utf8mb4'x'"},
      {"current_timestamp(6)", "current_timestamp(6)"},
      {"NOW()", "NOW()"},
      {"uuid()", "(uuid())"},
      {"1 + 2", "(1 + 2)"},
      {"'a' || 'b'", "('a' || 'b')"},
      {"(1) + (2)", "((1) + (2))"},
      {"(concat('(', `a`))", "(concat('(', `a`))"},
      {"now() + interval 1 day", "(now() + interval 1 day)"},
  };
  for (const Case& c : cases) EXPECT_EQ(mysql_default(c.text), c.expected);
}

TEST(MysqlNative, KeepsTheClientsCharacterSetUnlessATextNeedsMore) {
  Schema schema;
  schema.dialect = "mysql";
  schema.tables = {table("plain")};
  DiagnosticSink sink;
  const Dialect& dialect = *find_dialect("mysql");
  EXPECT_EQ(dialect.ddl(schema, {}, sink).find("SET NAMES"), std::string::npos);
  schema.tables[0].comment = "prêt";
  EXPECT_NE(dialect.ddl(schema, {}, sink).find("SET NAMES utf8mb4;"), std::string::npos);
}

}  // namespace
}  // namespace relata
