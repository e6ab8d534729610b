#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "read/sql/sql.h"

namespace relata::sql {
namespace {

constexpr std::string_view text =
    "CREATE TABLE crate (id integer, weight numeric CHECK (weight>0));\n"
    "CREATE VIEW heavy AS SELECT id, weight FROM crate WHERE weight > 100;\n"
    "COMMENT ON COLUMN heavy.weight IS 'In kilograms';\n";

Schema read(std::string_view written_in) {
  DiagnosticSink sink;
  return read_sql({SourceFile{"crates.sql", std::string(text)}}, "postgres", sink, written_in);
}

TEST(WrittenIn, CanonicalFormsAreLeftOutForTheOwnDialectAlone) {
  const struct {
    std::string_view written_in;
    bool canonical;
  } cases[] = {{"", true}, {"mysql", true}, {"sqlite", true}, {"postgres", false}};
  for (const auto& c : cases) {
    const Schema schema = read(c.written_in);
    ASSERT_EQ(schema.tables.size(), 1U);
    ASSERT_EQ(schema.tables[0].checks.size(), 1U);
    EXPECT_EQ(!schema.tables[0].checks[0].expression.canonical.empty(), c.canonical)
        << c.written_in;
  }
}

TEST(WrittenIn, CommentedColumnsOfAViewHaveTheirNames) {
  for (const std::string_view written_in : {"", "postgres"}) {
    const Schema schema = read(written_in);
    ASSERT_EQ(schema.views.size(), 1U);
    const View& view = schema.views[0];
    ASSERT_EQ(view.columns.size(), 2U) << written_in;
    EXPECT_EQ(view.columns[1], "weight");
    ASSERT_EQ(view.column_comments.size(), 2U);
    EXPECT_EQ(view.column_comments[1], "In kilograms");
  }
}

}  // namespace
}  // namespace relata::sql
