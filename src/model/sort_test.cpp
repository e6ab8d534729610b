#include "model/sort.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace relata {
namespace {

Table table(std::string schema, std::string name) {
  Table made;
  made.schema = std::move(schema);
  made.name = std::move(name);
  return made;
}

std::vector<std::string> table_names(const Schema& schema) {
  std::vector<std::string> names;
  for (const Table& each : schema.tables) {
    names.push_back(each.schema.empty() ? each.name : each.schema + "." + each.name);
  }
  return names;
}

TEST(SortSchema, TablesByNamespaceAndName) {
  Schema schema;
  schema.tables = {table("sales", "a"), table("", "b"), table("", "a"), table("archive", "z")};
  sort_schema(schema);
  EXPECT_EQ(table_names(schema), (std::vector<std::string>{"a", "b", "archive.z", "sales.a"}));
}

TEST(SortSchema, ColumnsStayAndNamelessChecksKeepTheirOrder) {
  Table one = table("", "t");
  for (const char* name : {"b", "a"}) {
    Column column;
    column.name = name;
    one.columns.push_back(column);
  }
  for (const auto& [name, digits] : std::vector<std::pair<const char*, const char*>>{
           {"late", "1"}, {"", "3"}, {"", "2"}, {"early", "4"}}) {
    Check check;
    check.name = name;
    check.expression = expression::number(digits);
    one.checks.push_back(check);
  }
  Schema schema;
  schema.tables = {one};
  sort_schema(schema);
  EXPECT_EQ(schema.tables[0].columns[0].name, "b");
  std::string order;
  for (const Check& check : schema.tables[0].checks) order += check.expression.text;
  EXPECT_EQ(order, "3241");
}

TEST(SortSchema, OverloadsByArgumentsAndGrantsByObjectAndGrantee) {
  Schema schema;
  schema.routines = {{"function", "", "f", "text", {}, {}, {}},
                     {"function", "", "f", "integer", {}, {}, {}}};
  schema.grants = {{"table", "", "t", "", {}, {"UPDATE", "SELECT"}, "writer", false, false, {}},
                   {"table", "", "t", "", {}, {"SELECT"}, "reader", false, false, {}},
                   {"schema", "", "s", "", {}, {"USAGE"}, "reader", false, false, {}}};
  sort_schema(schema);
  EXPECT_EQ(schema.routines[0].arguments, "integer");
  EXPECT_EQ(schema.grants[0].kind, "schema");
  EXPECT_EQ(schema.grants[1].grantee, "reader");
  EXPECT_EQ(schema.grants[2].privileges, (std::vector<std::string>{"SELECT", "UPDATE"}));
}

TEST(SortSchema, MakesSchemasEqualThatDifferInOrderOnly) {
  Schema one;
  one.tables = {table("", "a"), table("", "b")};
  one.enumerations = {{"", "mood", {"sad", "glad"}, {}, {}}, {"", "age", {"old"}, {}, {}}};
  Schema other = one;
  std::reverse(other.tables.begin(), other.tables.end());
  std::reverse(other.enumerations.begin(), other.enumerations.end());
  EXPECT_NE(one, other);
  sort_schema(one);
  sort_schema(other);
  EXPECT_EQ(one, other);
}

}  // namespace
}  // namespace relata
