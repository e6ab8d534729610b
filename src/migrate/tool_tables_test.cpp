#include "migrate/tool_tables.h"

#include <gtest/gtest.h>

namespace relata::migrate {
namespace {

Table table(const std::string& schema, const std::string& name,
            const std::vector<std::string>& columns = {}) {
  Table made;
  made.schema = schema;
  made.name = name;
  for (const std::string& column : columns) {
    made.columns.emplace_back();
    made.columns.back().name = column;
  }
  return made;
}

std::vector<std::string> names(const Schema& schema) {
  std::vector<std::string> found;
  for (const Table& each : schema.tables) found.push_back(each.name);
  return found;
}

TEST(ToolTables, AreForgottenWhereOnlyOneHasThem) {
  Schema database;
  database.tables = {table("", "pets"), table("drizzle", "__drizzle_migrations"),
                     table("", "_prisma_migrations"), table("", "alembic_version"),
                     table("", "migrations", {"id", "timestamp", "name"})};
  database.namespaces.emplace_back();
  database.namespaces.back().name = "drizzle";
  database.sequences.emplace_back();
  database.sequences.back().owned_by_table = {"drizzle", "__drizzle_migrations"};
  Schema design;
  design.tables = {table("", "pets"), table("", "alembic_version")};
  forget_tool_tables(design, database);
  EXPECT_EQ(names(database), (std::vector<std::string>{"pets", "alembic_version"}));
  EXPECT_EQ(names(design), (std::vector<std::string>{"pets", "alembic_version"}));
  EXPECT_TRUE(database.namespaces.empty());
  EXPECT_TRUE(database.sequences.empty());
}

TEST(ToolTables, OfOtherPeopleStay) {
  Schema database;
  database.tables = {table("", "migrations", {"id", "flyway"}), table("drizzle", "colours")};
  database.namespaces.emplace_back();
  database.namespaces.back().name = "drizzle";
  Schema design;
  forget_tool_tables(database, design);
  EXPECT_EQ(names(database), (std::vector<std::string>{"migrations", "colours"}));
  EXPECT_EQ(database.namespaces.size(), 1U);
}

}  // namespace
}  // namespace relata::migrate
