#include "seed/fill.h"

#include <gtest/gtest.h>

#include "seed/engine.h"

namespace relata::seed {
namespace {

Schema one_table(const std::string& dialect) {
  Schema schema;
  schema.dialect = dialect;
  Table table;
  table.name = "t";
  Column column;
  column.name = "a";
  column.type = simple_type(TypeKind::integer);
  column.nullable = false;
  table.columns = {column};
  schema.tables = {table};
  return schema;
}

TEST(Fill, each_engine_in_its_own_words) {
  struct Case {
    std::string dialect;
    std::string expected;
  };
  for (const Case& one : std::vector<Case>{
           {"postgres",
            "INSERT INTO t (a) OVERRIDING SYSTEM VALUE SELECT ((1 + (relata_row - 1) % "
            "1000))::integer FROM pg_catalog.generate_series(7::bigint, 7::bigint) AS relata_rows "
            "(relata_row)"},
           {"mysql",
            "INSERT INTO t (a) SELECT (1 + (relata_row - 1) % 1000) FROM (SELECT 7 + d0.d * 1 AS "
            "relata_row FROM "},
           {"sqlite",
            "INSERT INTO t (a) SELECT (1 + (relata_row - 1) % 1000) FROM (SELECT 7 AS relata_row) "
            "AS "
            "relata_rows"}}) {
    const Schema schema = one_table(one.dialect);
    FillOptions options;
    options.rows[{"", "t"}] = 10;
    const auto fills = fill_rows(schema, options);
    ASSERT_EQ(fills.size(), 1U);
    EXPECT_EQ(fills.front().rows, 10U);
    const std::string last = one.dialect == "mysql" ? insert_statement(fills.front(), 7, 9)
                                                    : insert_statement(fills.front(), 7, 7);
    EXPECT_EQ(last.substr(0, one.expected.size()), one.expected);
    EXPECT_EQ(value_in_row(fills.front(), "b", 1), "");
    EXPECT_NE(value_in_row(fills.front(), "a", 3).find("(3 - 1)"), std::string::npos);
  }
}

}  // namespace
}  // namespace relata::seed
