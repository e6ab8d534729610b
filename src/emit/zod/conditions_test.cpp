#include "emit/zod/conditions.h"

#include <gtest/gtest.h>

#include "emit/values/row_for_test.h"

namespace relata::emit::zod {
namespace {

using expression::call;
using expression::column;
using expression::number;
using expression::string;

TEST(ZodConditions, InTypeScript) {
  struct Case {
    Expression expression;
    const char* expected;
  };
  Expression like = call(Operation::matches_like, {column("s")});
  like.text = "a/%";
  const std::vector<Case> cases{
      {call(Operation::less, {column("a"), number("007")}), "row.a < 7"},
      {call(Operation::equal, {column("w"), number("5")}), "row.w === 5n"},
      {call(Operation::equal, {column("w"), column("a")}), "row.w === BigInt(row.a)"},
      {call(Operation::less_or_equal, {column("d"), column("e")}),
       "compareDecimals(row.d, row.e) <= 0"},
      {call(Operation::greater, {column("d"), number("0.5")}), "compareDecimals(row.d, '0.5') > 0"},
      {call(Operation::less, {column("from"), column("to")}),
       "dayOrder(row.from) < dayOrder(row.to)"},
      {call(Operation::equal, {column("o"), string("other")}), "(row.o as string) === 'other'"},
      {call(Operation::not_equal, {column("s"), string("it's")}), "row.s !== \"it's\""},
      {call(Operation::in, {column("a"), number("1"), number("2")}), "[1, 2].includes(row.a)"},
      {like, "/^a\\//su.test(row.s)"},
      {call(Operation::greater, {call(Operation::length_of, {column("s")}), number("2")}),
       "characters(row.s) > 2"},
      {call(Operation::equal,
            {call(Operation::count_set, {column("a"), column("b")}), number("1")}),
       "given(row.a, row.b) === 1"},
      {call(Operation::equal,
            {call(Operation::is_null, {column("a")}), call(Operation::is_null, {column("b")})}),
       "(row.a === null) === (row.b === null)"},
      {call(Operation::any_of,
            {column("y"), call(Operation::all_of, {call(Operation::is_null, {column("a")}),
                                                   call(Operation::negate, {column("y")})})}),
       "row.y || (row.a === null && !row.y)"},
      {call(Operation::less, {call(Operation::add, {column("a"), column("b")}), number("10")}),
       "row.a + row.b < 10"},
  };
  const RowForTest test(columns_for_test());
  const RowTypes rows;
  Helpers helpers("postgres");
  const ConditionWriter writer(test.row, rows, helpers, false);
  for (const Case& each : cases) EXPECT_EQ(writer.condition(each.expression), each.expected);
}

TEST(ZodHelpers, AreWrittenWithWhatTheyNeed) {
  Helpers helpers("postgres");
  helpers.use("text");
  Printer printer;
  helpers.print(printer);
  const std::string text = printer.take();
  EXPECT_LT(text.find("const characters"), text.find("const text"));
  EXPECT_NE(text.find("NUL"), std::string::npos);
  EXPECT_EQ(text.find("const decimal"), std::string::npos);
}

}  // namespace
}  // namespace relata::emit::zod
