// What the tools' own folders look like afterwards. That the tools run them is tested live.

#include <gtest/gtest.h>

#include <map>

#include "dialect/dialect.h"
#include "migrate/tool.h"

namespace relata::migrate {

std::vector<emit::OutputFile> write_drizzle(const ToolInput& input, DiagnosticSink& sink);
std::vector<emit::OutputFile> write_prisma(const ToolInput& input, DiagnosticSink& sink);
std::vector<emit::OutputFile> write_typeorm(const ToolInput& input, DiagnosticSink& sink);
std::vector<emit::OutputFile> write_alembic(const ToolInput& input, DiagnosticSink& sink);

namespace {

using Files = std::map<std::string, std::string>;
using Writer = std::vector<emit::OutputFile> (*)(const ToolInput&, DiagnosticSink&);

/// A table in a transaction, and an index outside of one.
Plan plan() {
  Step table;
  table.title = "make a";
  table.forward.statements = {"CREATE TABLE a (b text DEFAULT '`${c}` :d %s \\ \"')"};
  table.back.statements = {"DROP TABLE a"};
  Step index;
  index.title = "build i";
  index.forward.settings = {"SET lock_timeout = '2s'"};
  index.forward.statements = {"CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON a (b)"};
  index.forward.transactional = false;
  index.forward.cleanup = {"DROP INDEX CONCURRENTLY IF EXISTS i"};
  index.back.statements = {"DROP INDEX CONCURRENTLY IF EXISTS i"};
  index.back.transactional = false;
  return {"postgres", {table, index}};
}

struct Written {
  Files files;
  DiagnosticSink sink;
};

/// What is written into a folder that holds `there`.
Written written(Writer write, const Files& there) {
  const Dialect& dialect = *find_dialect("postgres");
  Schema schema;
  schema.dialect = "postgres";
  const std::vector<std::string> none;
  const emit::TargetInput seen{schema, schema, dialect, none, none};
  sql::FolderListing folder;
  folder.name = "migrations";
  for (const auto& [path, text] : there) folder.paths.push_back(path);
  folder.text = [&](const std::string& path) -> Result<std::string> { return there.at(path); };
  const migrate::Plan made = plan();
  Written result;
  for (const emit::OutputFile& file :
       write(ToolInput{made, nullptr, &seen, &seen, folder}, result.sink)) {
    EXPECT_TRUE(result.files.emplace(file.path, file.content).second) << file.path;
  }
  return result;
}

std::vector<std::string> paths(const Files& files) {
  std::vector<std::string> found;
  for (const auto& [path, text] : files) found.push_back(path);
  return found;
}

bool holds_text(const Files& files, const std::string& path, const std::string& text) {
  const auto found = files.find(path);
  return found != files.end() && found->second.find(text) != std::string::npos;
}

TEST(Drizzle, ContinuesTheJournalAndTheSnapshots) {
  const Files there{{"meta/0003_snapshot.json", R"({"id": "the-last"})"},
                    {"meta/0000_snapshot.json", R"({"id": "the-first"})"},
                    {"meta/_journal.json",
                     R"({"version": "7", "dialect": "postgresql", "entries": [
           {"idx": 3, "version": "7", "when": 1800000000000, "tag": "0003_own", "breakpoints": true}]})"}};
  const Files files = written(write_drizzle, there).files;
  EXPECT_EQ(paths(files),
            (std::vector<std::string>{"0004_expand_make_a.down.sql", "0004_expand_make_a.sql",
                                      "0005_expand_build_i.down.sql", "0005_expand_build_i.sql",
                                      "meta/0005_snapshot.json", "meta/_journal.json"}));
  EXPECT_TRUE(holds_text(files, "meta/0005_snapshot.json", R"("prevId": "the-last")"));
  for (const std::string text : {R"("tag": "0003_own")", R"("idx": 4)", R"("when": 1800000001000)",
                                 R"("tag": "0005_expand_build_i")", R"("when": 1800000002000)"}) {
    EXPECT_TRUE(holds_text(files, "meta/_journal.json", text)) << text;
  }
  EXPECT_EQ(files.at("0005_expand_build_i.sql"),
            "-- expand: running code does not notice; before the new code is deployed.\n"
            "-- What follows cannot be in a transaction.\nCOMMIT;\n"
            "--> statement-breakpoint\n-- build i\nSET lock_timeout = '2s';\n"
            "--> statement-breakpoint\nDROP INDEX CONCURRENTLY IF EXISTS i;\n"
            "--> statement-breakpoint\nCREATE INDEX CONCURRENTLY IF NOT EXISTS i ON a (b);\n"
            "--> statement-breakpoint\nRESET lock_timeout;\n"
            "--> statement-breakpoint\nBEGIN;\n");
  EXPECT_TRUE(holds_text(files, "0005_expand_build_i.down.sql", "created_at = 1800000002000"));
}

TEST(Drizzle, FindsItsFolderBelow) {
  const Files there{{"drizzle/meta/_journal.json", R"({"dialect": "postgresql", "entries": []})"}};
  EXPECT_EQ(paths(written(write_drizzle, there).files).front(),
            "drizzle/0000_expand_make_a.down.sql");
}

TEST(Drizzle, RefusesAnotherDialectAndAnotherFile) {
  for (const std::string journal : {R"({"dialect": "mysql", "entries": []})", R"([])", "no JSON",
                                    R"({"dialect": "postgresql", "entries": [{"idx": "a"}]})"}) {
    const Written result = written(write_drizzle, {{"meta/_journal.json", journal}});
    EXPECT_TRUE(result.sink.has_errors()) << journal;
    EXPECT_TRUE(result.files.empty()) << journal;
  }
}

TEST(Drizzle, KeepsTheLayoutOfItsNextVersion) {
  const Files there{{"20260101000000_own/migration.sql", ""},
                    {"20260101000000_own/snapshot.json", "{}"}};
  EXPECT_EQ(paths(written(write_drizzle, there).files),
            (std::vector<std::string>{"20260101000001_expand_make_a/down.sql",
                                      "20260101000001_expand_make_a/migration.sql",
                                      "20260101000002_expand_build_i/down.sql",
                                      "20260101000002_expand_build_i/migration.sql"}));
}

TEST(Prisma, GivesWhatCannotBeInATransactionAFileOfItsOwn) {
  const Files there{{"20260101000059_own/migration.sql", ""}, {"migration_lock.toml", ""}};
  const Files files = written(write_prisma, there).files;
  EXPECT_EQ(
      paths(files),
      (std::vector<std::string>{
          "20260101000100_expand_make_a/down.sql", "20260101000100_expand_make_a/migration.sql",
          "20260101000101_expand_build_i/2.down.sql", "20260101000101_expand_build_i/down.sql",
          "20260101000101_expand_build_i/migration.sql"}));
  EXPECT_TRUE(holds_text(files, "20260101000101_expand_build_i/migration.sql",
                         "-- DROP INDEX CONCURRENTLY IF EXISTS i;\n-- build i\n"
                         "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON a (b);\n"));
  EXPECT_EQ(files.at("20260101000101_expand_build_i/down.sql"),
            "-- undo: build i\nDROP INDEX CONCURRENTLY IF EXISTS i;\n");
  EXPECT_EQ(files.at("20260101000101_expand_build_i/2.down.sql"),
            "DELETE FROM _prisma_migrations WHERE migration_name = "
            "'20260101000101_expand_build_i';\n");
  EXPECT_EQ(written(write_prisma, {}).files.count("migration_lock.toml"), 1U);
}

TEST(Typeorm, AddsToTheListOfMigrations) {
  const Files there{{"migrations/1700000000000-Initial.ts", ""},
                    {"migrations/index.ts",
                     "import { Initial1700000000000 } from './1700000000000-Initial.js';\n\n"
                     "export const migrations = [Initial1700000000000];\n"}};
  const Written result = written(write_typeorm, there);
  EXPECT_EQ(paths(result.files),
            (std::vector<std::string>{"migrations/1700000001000-ExpandMakeA.ts",
                                      "migrations/1700000002000-ExpandBuildI.ts",
                                      "migrations/index.ts"}));
  EXPECT_TRUE(holds_text(result.files, "migrations/index.ts",
                         "export const migrations = [\n  Initial1700000000000,\n"
                         "  ExpandMakeA1700000001000,\n  ExpandBuildI1700000002000,\n];"));
  EXPECT_TRUE(holds_text(result.files, "migrations/index.ts",
                         "import { Initial1700000000000 } from './1700000000000-Initial.js';"));
  EXPECT_TRUE(holds_text(result.files, "migrations/1700000002000-ExpandBuildI.ts",
                         "if (inTransaction) await queryRunner.commitTransaction();"));
  EXPECT_TRUE(result.sink.all().empty());
}

TEST(Typeorm, TellsWhatToAddWhereThereIsNoSuchList) {
  for (const Files& there :
       {Files{}, Files{{"index.ts", "export * from './1700000000000-Initial.js';\n"}}}) {
    const Written result = written(write_typeorm, there);
    EXPECT_EQ(result.files.count("index.ts"), 0U);
    ASSERT_EQ(result.sink.all().size(), 1U);
    EXPECT_FALSE(result.sink.has_errors());
  }
}

TEST(Alembic, ContinuesTheHead) {
  struct Row {
    Files there;
    std::string file;  ///< The first that is written.
    std::string text;  ///< In it.
  };
  const std::vector<Row> rows{
      {{}, "0001_expand_make_a.py", "down_revision: str | None = None\n"},
      {{{"0009_own.py", "revision: str = \"0009\"\ndown_revision: str | None = None\n"}},
       "0010_expand_make_a.py",
       "down_revision: str | None = \"0009\"\n"},
      // Two heads that were merged, in Alembic's own form.
      {{{"versions/a.py", "revision = 'a'\ndown_revision = None\n"},
        {"versions/b.py", "revision = 'b'\ndown_revision = None\n"},
        {"versions/c.py", "revision = 'c1d2'\ndown_revision = (\n    'a',\n    'b',\n)\n"},
        {"env.py", ""}},
       "",
       "down_revision: str | None = \"c1d2\"\n"}};
  for (const Row& row : rows) {
    const Written result = written(write_alembic, row.there);
    ASSERT_EQ(result.files.size(), 2U);
    bool found = false;
    for (const auto& [path, text] : result.files) {
      if (!row.file.empty() && path != row.file) continue;
      found = found || text.find(row.text) != std::string::npos;
      EXPECT_EQ(path.starts_with("versions/"), row.file.empty());
    }
    EXPECT_TRUE(found) << row.text;
  }
}

TEST(Alembic, RefusesSeveralHeads) {
  const Written result =
      written(write_alembic, {{"a.py", "revision = 'a'\ndown_revision = None\n"},
                              {"b.py", "revision = 'b'\ndown_revision = None\n"}});
  EXPECT_TRUE(result.sink.has_errors());
  EXPECT_TRUE(result.files.empty());
}

}  // namespace
}  // namespace relata::migrate
