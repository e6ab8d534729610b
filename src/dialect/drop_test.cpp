#include <gtest/gtest.h>

#include "dialect/dialect.h"

namespace relata {
namespace {

Column integer_column(std::string name) {
  Column column;
  column.name = std::move(name);
  column.type = simple_type(TypeKind::integer);
  return column;
}

Table table_of(std::string name,
               const std::vector<std::pair<std::string, std::string>>& columns_and_tables) {
  Table table;
  table.name = std::move(name);
  table.columns.push_back(integer_column("id"));
  table.primary_key = PrimaryKey{table.name + "_pkey", {"id"}};
  for (const auto& [column, referenced] : columns_and_tables) {
    table.columns.push_back(integer_column(column));
    ForeignKey key;
    key.name = table.name + "_" + column + "_fkey";
    key.columns = {column};
    key.table = referenced;
    key.referenced = {"id"};
    table.foreign_keys.push_back(std::move(key));
  }
  return table;
}

Trigger trigger_of(std::string name, std::string dialect, std::string sql) {
  Trigger trigger;
  trigger.name = std::move(name);
  trigger.purpose = TriggerBody{std::move(dialect), std::move(sql)};
  return trigger;
}

/// Two tables that refer to each other, a third one below them, a view and a trigger.
Schema company(const std::string& dialect) {
  Schema schema;
  schema.dialect = dialect;
  schema.tables.push_back(table_of("department", {{"head_id", "employee"}}));
  schema.tables.push_back(table_of("employee", {{"department_id", "department"}}));
  schema.tables.push_back(table_of("order", {{"employee_id", "employee"}}));
  schema.tables[2].triggers.push_back(
      trigger_of("touch", dialect,
                 "CREATE TRIGGER touch BEFORE UPDATE ON \"order\" FOR EACH ROW EXECUTE FUNCTION "
                 "touch()"));
  View view;
  view.name = "people";
  view.dialect = dialect;
  view.sql = "SELECT id FROM employee";
  schema.views.push_back(view);
  return schema;
}

TEST(DropStatements, GoBackwardsThroughCyclesInEveryEngine) {
  struct Case {
    std::string dialect;
    std::vector<std::string> expected;
  };
  const std::vector<Case> cases{
      {"postgres",
       {"ALTER TABLE department DROP CONSTRAINT department_head_id_fkey", "DROP VIEW people",
        "DROP TABLE \"order\"", "DROP TABLE employee", "DROP TABLE department"}},
      {"mysql",
       {"DROP VIEW people", "ALTER TABLE department DROP FOREIGN KEY department_head_id_fkey",
        "DROP TABLE `order`", "DROP TABLE employee", "DROP TABLE department"}},
      {"sqlite",
       {"DROP VIEW people", "DROP TRIGGER touch", "PRAGMA defer_foreign_keys = ON",
        "DROP TABLE \"order\"", "DROP TABLE employee", "DROP TABLE department"}},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(find_dialect(each.dialect)->drop_statements(company(each.dialect)), each.expected)
        << each.dialect;
  }
}

TEST(DropStatements, KeepTheFunctionsOfTriggersUntilTheirTablesAreGone) {
  Schema schema = company("postgres");
  schema.routines.push_back(
      {"function",
       {},
       "touch",
       {},
       {"postgres", "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'", {}},
       {}});
  EXPECT_EQ(find_dialect("postgres")->drop_statements(schema).back(), "DROP FUNCTION touch()");
}

TEST(DropStatements, UndoWhatWasSaidOfThePublicNamespaceAndOfWhatIsToCome) {
  Schema schema;
  schema.dialect = "postgres";
  Grant grant;
  grant.kind = "schema";
  grant.privileges = {"CREATE"};
  grant.revoked = true;
  schema.grants.push_back(grant);
  schema.others.push_back({"default privileges",
                           {},
                           "TABLES TO reader",
                           {"postgres",
                            "ALTER DEFAULT PRIVILEGES IN SCHEMA sales GRANT SELECT ON TABLES TO "
                            "reader WITH GRANT OPTION",
                            {}},
                           {}});
  schema.namespaces.push_back({"sales", {}});
  const std::vector<std::string> expected{
      "ALTER DEFAULT PRIVILEGES IN SCHEMA sales REVOKE SELECT ON TABLES FROM reader",
      "GRANT CREATE ON SCHEMA public TO PUBLIC", "DROP SCHEMA sales"};
  EXPECT_EQ(find_dialect("postgres")->drop_statements(schema), expected);
}

}  // namespace
}  // namespace relata
