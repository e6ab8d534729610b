#include "read/sql/migration_layout.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "base/text.h"
#include "read/sql/flyway.h"
#include "read/sql/sql.h"

namespace relata::sql {
namespace {

/// "layout: files in order", or what is wrong.
std::string layout_of(const std::map<std::string, std::string>& files) {
  FolderListing listing;
  listing.name = "db";
  for (const auto& [path, text] : files) listing.paths.push_back(path);
  listing.text = [&](const std::string& path) -> Result<std::string> { return files.at(path); };
  const auto layout = migration_layout(listing);
  if (!layout) return layout.error().message + ". " + layout.error().help;
  return layout->layout + ": " + join(layout->paths, " ");
}

std::string layout_of_names(const std::vector<std::string>& paths) {
  std::map<std::string, std::string> files;
  for (const std::string& path : paths) files[path];
  return layout_of(files);
}

TEST(MigrationLayout, HasTheOrderOfTheTool) {
  struct Case {
    std::vector<std::string> paths;
    std::string_view expected;
  };
  const Case cases[] = {
      {{"10_c.sql", "2_b.sql", "1_a.sql"}, "plain: 1_a.sql 2_b.sql 10_c.sql"},
      {{"001.sql", "02-b.sql", "3.sql"}, "plain: 001.sql 02-b.sql 3.sql"},
      {{"20240102_b.sql", "20231231_a.sql", "schema.sql"}, "plain: 20231231_a.sql 20240102_b.sql"},
      {{"1_a.up.sql", "1_a.down.sql", "10_b.up.sql", "10_b.down.sql", "9_c.up.sql"},
       "golang-migrate: 1_a.up.sql 9_c.up.sql 10_b.up.sql"},
      {{"V2__b.sql", "V1.10__c.sql", "V1_9__a.sql", "U2__b.sql", "R__z.sql", "R__views.sql",
        "afterMigrate.sql"},
       "flyway: V1_9__a.sql V1.10__c.sql V2__b.sql R__views.sql R__z.sql"},
      {{"sql/a/V1__a.sql", "sql/b/V2__b.sql", "java/V3__c.java"},
       "flyway: sql/a/V1__a.sql sql/b/V2__b.sql"},
      {{"V1__a.sql", "V2__b.sql", "B2__base.sql", "B1__old.sql", "V3__c.sql"},
       "flyway: B2__base.sql V3__c.sql"},
      {{"migrations/20240102_b/migration.sql", "migrations/20240101_a/migration.sql",
        "migrations/20240102_b/README.md"},
       "prisma: migrations/20240101_a/migration.sql migrations/20240102_b/migration.sql"},
      {{"0001_a/migration.sql", "0001_a/snapshot.json", "0002_b/migration.sql",
        "0002_b/snapshot.json"},
       "drizzle: 0001_a/migration.sql 0002_b/migration.sql"},
      {{"2024-01-01-000000_b/up.sql", "2024-01-01-000000_b/down.sql", "2023-01-01-000000_a/up.sql"},
       "diesel: 2023-01-01-000000_a/up.sql 2024-01-01-000000_b/up.sql"},
      {{"versioned/v1.10/b.sql", "versioned/v1.9/a.sql", "schema.sql"},
       "versioned: versioned/v1.9/a.sql versioned/v1.10/b.sql"},
      {{"structure.sql", "seeds.rb"}, "plain: structure.sql"},
      {{"views.sql", "data.sql", "schema.sql"}, "plain: schema.sql views.sql data.sql"},
      {{"supabase/migrations/20240101000000_a.sql", "supabase/seed.sql",
        "supabase/tests/01_test.sql"},
       "plain: supabase/migrations/20240101000000_a.sql"},
  };
  for (const Case& row : cases) {
    EXPECT_EQ(layout_of_names(row.paths), row.expected);
  }
}

TEST(MigrationLayout, FollowsAJournal) {
  const std::string journal =
      R"({"entries": [{"idx": 1, "tag": "0001_b"}, {"idx": 0, "tag": "0000_a"}]})";
  EXPECT_EQ(layout_of({{"0000_a.sql", ""},
                       {"0001_b.sql", ""},
                       {"0002_unused.sql", ""},
                       {"meta/_journal.json", journal}}),
            "drizzle: 0000_a.sql 0001_b.sql");
  EXPECT_EQ(layout_of({{"0000_a.sql", ""}, {"meta/_journal.json", journal}}),
            "'db/meta/_journal.json' lists 0001_b.sql, which is not there. ");
  EXPECT_EQ(layout_of({{"0000_a.sql", ""}, {"meta/_journal.json", "{"}}),
            "'db/meta/_journal.json' is not JSON. ");
}

TEST(MigrationLayout, TakesTheDialectFromTheToolsRecords) {
  const std::map<std::string, std::string> prisma{
      {"m/1_a/migration.sql", ""},
      {"m/migration_lock.toml", "# Do not edit\nprovider = \"sqlite\"\n"}};
  const std::map<std::string, std::string> drizzle{
      {"0_a.sql", ""},
      {"meta/_journal.json", R"({"dialect": "mysql", "entries": [{"tag": "0_a"}]})"}};
  for (const auto& [files, dialect] : {std::pair{prisma, "sqlite"}, std::pair{drizzle, "mysql"}}) {
    FolderListing listing;
    for (const auto& [path, text] : files) listing.paths.push_back(path);
    listing.text = [&](const std::string& path) -> Result<std::string> { return files.at(path); };
    const auto layout = migration_layout(listing);
    ASSERT_TRUE(layout) << layout.error().message;
    EXPECT_EQ(layout->dialect, dialect);
  }
}

TEST(MigrationLayout, FollowsManifests) {
  EXPECT_EQ(
      layout_of({{"v1.0/manifest.json", R"({"CurrVersion": "1.0", "Files": ["z.sql", "a.sql"]})"},
                 {"v1.0/a.sql", ""},
                 {"v1.0/z.sql", ""},
                 {"v1.1/b.sql", ""}}),
      "versioned: v1.0/z.sql v1.0/a.sql v1.1/b.sql");
}

TEST(MigrationLayout, SaysWhenItIsNotClear) {
  struct Case {
    std::vector<std::string> paths;
    std::string_view expected;
  };
  const Case cases[] = {
      {{},
       "there is no .sql file in 'db'. Give a folder of migrations, a .sql file, or a database "
       "URL."},
      {{"20240101_a.rb", "schema.rb"},
       "there is no .sql file in 'db'. Migrations that are programs (20240101_a.rb) cannot be "
       "read; "
       "give a dump of the schema or a database URL."},
      {{"mysql/1.sql", "postgres/1.sql"},
       "'db' holds the schemas of several databases. Give one of them: db/mysql, db/postgres"},
      {{"mysql.initial.sql", "postgres.initial.sql"},
       "'db' holds the schemas of several databases. Give one of them: db/mysql.initial.sql, "
       "db/postgres.initial.sql"},
      {{"mysql/V1__a.sql", "h2/V1__a.sql", "pgsql/V1__a.sql"},
       "'db' holds the schemas of several databases. Give one of them: db/h2, db/mysql, db/pgsql"},
      {{"1_a.down.sql"},
       "'db' holds only migrations that lead back. Relata reads those that lead forward."},
  };
  for (const Case& row : cases) EXPECT_EQ(layout_of_names(row.paths), row.expected);
}

TEST(NaturalOrder, TakesDigitsForNumbers) {
  EXPECT_TRUE(natural_less("2_b", "10_a"));
  EXPECT_TRUE(natural_less("v1.9/a", "v1.10/a"));
  EXPECT_TRUE(natural_less("01", "1"));
  EXPECT_FALSE(natural_less("1", "01"));
  EXPECT_TRUE(natural_less("a", "a1"));
  EXPECT_FALSE(natural_less("a", "a"));
  EXPECT_TRUE(natural_less("99999999999999999999998", "99999999999999999999999"));
}

TEST(ReadFolder, ReadsTheFilesInOrder) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(::testing::TempDir()) / "relata_read_folder";
  fs::remove_all(folder);
  fs::create_directories(folder / ".git");
  std::ofstream(folder / "2_b.sql") << "ALTER TABLE t ADD COLUMN b TEXT;";
  std::ofstream(folder / "1_a.sql") << "CREATE TABLE t (a TEXT);";
  std::ofstream(folder / ".git" / "0_c.sql") << "CREATE TABLE u (a TEXT);";
  const auto read = read_folder(folder.string() + "/");
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->files.size(), 2U);
  EXPECT_EQ(read->files[0].name, (folder / "1_a.sql").string());
  EXPECT_EQ(read->files[0].text, "CREATE TABLE t (a TEXT);");
  fs::remove_all(folder);
  EXPECT_EQ(read_folder(folder.string()).error().message,
            "cannot read the folder '" + folder.string() + "': No such file or directory");
}

}  // namespace
}  // namespace relata::sql
