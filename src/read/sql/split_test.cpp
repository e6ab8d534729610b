#include <gtest/gtest.h>

#include "read/sql/sql.h"

namespace relata::sql {
namespace {

struct Case {
  std::string dialect;
  std::string text;
  std::vector<std::string> statements;
};

TEST(SplitStatements, AsTheirServerIsSentThem) {
  const std::vector<Case> cases{
      {"postgres",
       "BEGIN;\n-- one\nCREATE TABLE a (b text DEFAULT ';');\n\\restrict x\nSELECT 1;COMMIT;",
       {"CREATE TABLE a (b text DEFAULT ';')", "SELECT 1"}},
      {"postgres",
       "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;\nCOPY a FROM "
       "stdin;\n1\n\\.\n",
       {"CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$", "COPY a FROM stdin"}},
      {"mysql",
       "DELIMITER //\nCREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET NEW.b = 1; END//\n"
       "DELIMITER ;\nSELECT ';';",
       {"CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET NEW.b = 1; END", "SELECT ';'"}},
      {"sqlite",
       "BEGIN;\nCREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; END;\n.mode csv\nSELECT "
       "1;\n"
       "COMMIT;",
       {"CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; END", "SELECT 1"}},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(split_statements(SourceFile{"x.sql", one.text}, one.dialect), one.statements)
        << one.text;
  }
}

}  // namespace
}  // namespace relata::sql
