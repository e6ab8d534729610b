#include "migrate/tools/folder.h"

#include <gtest/gtest.h>

namespace relata::migrate {
namespace {

TEST(NextMoment, IsASecondLater) {
  struct Row {
    std::string digits;
    std::string expected;
  };
  const std::vector<Row> rows{
      {"20250101000000", "20250101000001"}, {"20241231235959", "20250101000000"},
      {"20240228235959", "20240229000000"}, {"00000000000000", "00000000000001"},
      {"20240101123499", "20240101123500"}, {"00000000000009", "00000000000010"},
  };
  for (const Row& row : rows) EXPECT_EQ(next_moment(row.digits), row.expected) << row.digits;
}

TEST(NextFolderMoment, FollowsTheNewestFolder) {
  const sql::FolderListing folder{
      "migrations",
      {"20240101000000_a/migration.sql", "20240301000000_b/migration.sql", "20990101_c/x.sql",
       "migration_lock.toml"},
      {}};
  EXPECT_EQ(next_folder_moment(folder, ""), "20240301000001");
  EXPECT_EQ(next_folder_moment({}, ""), "20250101000000");
}

TEST(FolderOfMarker, FindsIt) {
  const sql::FolderListing folder{"project", {"drizzle/migrations/meta/_journal.json"}, {}};
  EXPECT_EQ(folder_of_marker(folder, "meta/_journal.json"), "drizzle/migrations/");
  EXPECT_EQ(folder_of_marker(folder, "env.py"), "");
}

TEST(LeadingNumber, HasThatManyDigits) {
  EXPECT_EQ(leading_number("1700000000000-Initial.ts", 13), 1700000000000U);
  EXPECT_FALSE(leading_number("170000000000-Initial.ts", 13));
  EXPECT_FALSE(leading_number("17000000000000-Initial.ts", 13));
}

}  // namespace
}  // namespace relata::migrate
