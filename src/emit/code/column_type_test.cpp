#include "emit/code/column_type.h"

#include <gtest/gtest.h>

namespace relata::emit {
namespace {

using expression::call;
using expression::column;
using expression::string;

std::vector<std::string> values_under(Expression check) {
  Table table;
  Column status;
  status.name = "status";
  table.columns = {status};
  Check one;
  one.expression = std::move(check);
  table.checks = {one};
  return value_type(Schema{}, table, table.columns[0]).values;
}

TEST(ValueType, FindsTheTextsThatAChecksLists) {
  const Expression list = call(Operation::in, {column("status"), string("a"), string("b")});
  const std::vector<std::string> both{"a", "b"};
  EXPECT_EQ(values_under(list), both);
  EXPECT_EQ(
      values_under(call(Operation::any_of, {call(Operation::is_null, {column("status")}), list})),
      both);
  EXPECT_EQ(values_under(
                call(Operation::all_of, {list, call(Operation::is_not_null, {column("status")})})),
            both);
  EXPECT_EQ(values_under(
                call(Operation::any_of, {call(Operation::equal, {column("status"), string("a")}),
                                         call(Operation::equal, {column("status"), string("b")})})),
            both);
  Expression read = expression::leaf(Operation::sql, "status = ANY (ARRAY['a', 'b'])");
  read.arguments = {list};
  EXPECT_EQ(values_under(read), both);
}

TEST(ValueType, TakesNothingElseForAList) {
  const Expression list = call(Operation::in, {column("status"), string("a")});
  EXPECT_TRUE(values_under(call(Operation::in, {column("kind"), string("a")})).empty());
  EXPECT_TRUE(
      values_under(call(Operation::any_of, {list, call(Operation::is_null, {column("kind")})}))
          .empty());
  EXPECT_TRUE(values_under(call(Operation::negate, {list})).empty());
  EXPECT_TRUE(values_under(expression::leaf(Operation::sql, "f(status)")).empty());
}

TEST(ValueType, LooksThroughDomains) {
  Schema schema;
  schema.dialect = "postgres";
  Domain grade;
  grade.name = "grade";
  grade.nullable = false;
  Check check;
  check.expression = call(Operation::in, {column("VALUE"), string("A"), string("B")});
  grade.checks = {check};
  schema.domains = {grade};
  Type type;
  type.spelling = "grade";
  const ValueType value = value_type(schema, type);
  EXPECT_EQ(value.domain.name, "grade");
  EXPECT_TRUE(value.domain_not_null);
  EXPECT_EQ(value.values, (std::vector<std::string>{"A", "B"}));
}

}  // namespace
}  // namespace relata::emit
