#include "emit/values/view_sources.h"

#include <gtest/gtest.h>

namespace relata::emit {
namespace {

View view(std::string canonical, std::vector<std::string> columns) {
  View result;
  result.dialect = "postgres";
  result.canonical = std::move(canonical);
  result.columns = std::move(columns);
  return result;
}

TEST(ViewSources, AreColumnsThatAreShownAsTheyAre) {
  const ViewSources found = view_sources(view(
      "SELECT #1.id, lower(#1.name), #2.\"odd, (name\", #3.x FROM ((users #1 JOIN app.\"a b\" #2 "
      "ON (#1.id = #2.id)) JOIN (SELECT #4.x FROM t #4) #3 ON true)",
      {"id", "lower", "odd", "x"}));
  ASSERT_EQ(found.columns.size(), 4U);
  EXPECT_FALSE(found.outer);
  EXPECT_EQ(found.columns[0]->table, (QualifiedName{"", "users"}));
  EXPECT_EQ(found.columns[0]->column, "id");
  EXPECT_FALSE(found.columns[1]);
  EXPECT_EQ(found.columns[2]->table, (QualifiedName{"app", "a b"}));
  EXPECT_EQ(found.columns[2]->column, "odd, (name");
  EXPECT_FALSE(found.columns[3]);
}

TEST(ViewSources, KnowWhatMayBeNull) {
  EXPECT_TRUE(view_sources(view("SELECT #2.id FROM (a #1 LEFT JOIN b #2 ON true)", {"id"})).outer);
  EXPECT_EQ(view_sources(view("SELECT #12.id FROM (a #1 JOIN b #12 ON true)", {"id"}))
                .columns[0]
                ->table.name,
            "b");
}

TEST(ViewSources, AreLeftAloneWhereMoreThanOneSelectTells) {
  EXPECT_TRUE(view_sources(view("SELECT #1.id FROM a #1 UNION SELECT #2.id FROM b #2", {"id"}))
                  .columns.empty());
  EXPECT_TRUE(view_sources(view("SELECT #1.id FROM a #1", {"id", "other"})).columns.empty());
  EXPECT_TRUE(view_sources(view("WITH x AS (SELECT 1) SELECT 2", {"id"})).columns.empty());
}

}  // namespace
}  // namespace relata::emit
