#include "emit/values/conditions.h"

#include <gtest/gtest.h>

#include "emit/values/row_for_test.h"

namespace relata::emit {
namespace {

using expression::call;
using expression::column;
using expression::number;
using expression::string;

Expression greater(const char* name, const char* than) {
  return call(Operation::greater, {column(name), number(than)});
}

Check check(const char* name, Expression expression) {
  Check result;
  result.name = name;
  result.expression = std::move(expression);
  return result;
}

/// Whether the check can be tried in a program.
bool tried(Expression expression) {
  RowForTest test(columns_for_test());
  test.table.checks = {check("c", std::move(expression))};
  return row_checks(test.row).checks.size() == 1;
}

TEST(RowChecks, WhatProgramsCanTry) {
  EXPECT_TRUE(tried(greater("a", "1")));
  EXPECT_TRUE(tried(call(Operation::less, {column("d"), column("e")})));
  EXPECT_TRUE(tried(call(Operation::less, {column("from"), column("to")})));
  EXPECT_TRUE(tried(call(Operation::less, {column("from"), string("2024-02-29")})));
  EXPECT_TRUE(tried(call(Operation::equal, {call(Operation::is_null, {column("a")}),
                                            call(Operation::is_null, {column("b")})})));
  EXPECT_TRUE(tried(call(Operation::equal, {column("s"), column("t")})));
  EXPECT_TRUE(tried(column("y")));
}

TEST(RowChecks, WhatOnlyTheDatabaseCan) {
  // The order of texts is the collation's, the current moment the server's.
  EXPECT_FALSE(tried(call(Operation::less, {column("s"), column("t")})));
  EXPECT_FALSE(tried(call(Operation::less, {column("from"), expression::leaf(Operation::today)})));
  EXPECT_FALSE(tried(call(Operation::less, {column("from"), string("2023-02-29")})));
  EXPECT_FALSE(tried(call(Operation::equal, {column("missing"), number("1")})));
  EXPECT_FALSE(tried(column("s")));
  EXPECT_FALSE(tried(expression::leaf(Operation::sql, "f(a)")));
  EXPECT_FALSE(tried(call(Operation::modulo, {column("a"), number("2")})));
}

TEST(RowChecks, AListOfTheValuesOfAClosedSetIsItsType) {
  RowForTest test(columns_for_test());
  test.table.checks = {
      check("c", call(Operation::in, {column("o"), string("open"), string("done")})),
      check("not the set", call(Operation::in, {column("o"), string("open")})),
      check("sql", expression::leaf(Operation::sql, "f(o)"))};
  const RowChecks found = row_checks(test.row);
  ASSERT_EQ(found.checks.size(), 1U);
  EXPECT_EQ(found.checks[0].name, "not the set");
  EXPECT_EQ(found.database_only, std::vector<std::string>{"sql"});
}

TEST(RowChecks, TheDesignSaysWhatAnEngineSpellsInItsOwnWay) {
  RowForTest test(columns_for_test());
  test.table.checks = {check("one", expression::leaf(Operation::sql, "(a IS NOT NULL) + b = 1"))};
  Table design;
  design.checks = {
      check("one", call(Operation::equal,
                        {call(Operation::count_set, {column("a"), column("b")}), number("1")}))};
  EXPECT_TRUE(row_checks(test.row).checks.empty());
  test.row.meant = &design;
  EXPECT_EQ(row_checks(test.row).checks.size(), 1U);
}

/// The condition in a short form: "a?" is "a IS NULL".
std::string shown(const Expression& e) {
  const auto joined = [&](const char* word) {
    std::string out;
    for (const Expression& part : e.arguments) out += (out.empty() ? "" : word) + shown(part);
    return "(" + out + ")";
  };
  switch (e.operation) {
    case Operation::all_of:
      return joined(" & ");
    case Operation::any_of:
      return joined(" | ");
    case Operation::negate:
      return "!" + shown(e.arguments[0]);
    case Operation::is_null:
      return shown(e.arguments[0]) + "?";
    case Operation::is_not_null:
      return shown(e.arguments[0]) + "!";
    case Operation::greater:
      return shown(e.arguments[0]) + ">" + shown(e.arguments[1]);
    case Operation::less_or_equal:
      return shown(e.arguments[0]) + "<=" + shown(e.arguments[1]);
    default:
      return e.text;
  }
}

TEST(PassingCondition, NullPassesAndNothingIsUnknown) {
  RowForTest test(columns_for_test());
  std::vector<bool> guarded(test.row.columns.size(), false);
  guarded[test.row.places.at("a")] = true;
  test.row.columns[test.row.places.at("b")].nullable = false;
  struct Case {
    Expression check;
    const char* expected;
  };
  const std::vector<Case> cases{
      {greater("a", "1"), "(a? | a>1)"},
      {greater("b", "1"), "b>1"},
      {call(Operation::negate, {greater("a", "1")}), "(a? | a<=1)"},
      {call(Operation::any_of, {greater("a", "1"), greater("b", "2")}), "(a? | a>1 | b>2)"},
      {call(Operation::negate, {call(Operation::all_of, {greater("a", "1"), greater("b", "2")})}),
       "(a? | a<=1 | b<=2)"},
      {call(Operation::is_null, {column("a")}), "a?"},
      {call(Operation::is_null, {column("b")}), "false"},
      {call(Operation::all_of, {call(Operation::is_not_null, {column("b")}), greater("b", "2")}),
       "b>2"},
      // NaN is greater than every number to the database, and not to programs.
      {greater("f", "1"), "!f<=1"},
      {expression::leaf(Operation::null), "true"},
  };
  for (const Case& each : cases) {
    const RowCheck check{"c", each.check, {}};
    EXPECT_EQ(shown(passing_condition(check, test.row, guarded)), each.expected);
  }
}

TEST(Bounds, OfOneColumn) {
  const auto bounds = [](Expression meaning) {
    return bounds_of(RowCheck{"c", std::move(meaning), {0}});
  };
  const std::vector<Bound> found = bounds(call(
      Operation::all_of, {greater("a", "1"), call(Operation::less, {number("9"), column("a")})}));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].operation, Operation::greater);
  EXPECT_EQ(found[1].operation, Operation::greater);
  EXPECT_EQ(found[1].number, "9");
  EXPECT_TRUE(bounds(call(Operation::less, {column("a"), column("a")})).empty());
  EXPECT_TRUE(
      bounds(call(Operation::less, {call(Operation::length_of, {column("s")}), number("9")}))[0]
          .of_length);
}

TEST(LikeExpression, AsRegularExpression) {
  struct Case {
    const char* pattern;
    bool any_case;
    const char* expected;
  };
  const std::vector<Case> cases{
      {"%_@_%", false, ".@."},    {"A\\_%b", false, "^A_.*b$"},
      {"a%", false, "^a"},        {"a.b/c", false, "^a\\.b\\/c$"},
      {"aB", true, "^[aA][bB]$"}, {"%", false, ""},
      {"", false, "^$"},          {"%a", false, "a$"},
      {"a%%b", false, "^a.*b$"},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(like_expression(each.pattern, each.any_case, "$"), each.expected) << each.pattern;
  }
}

TEST(PlainMoments, AreThoseThatExist) {
  EXPECT_TRUE(is_plain_moment("2024-02-29", Comparable::date));
  EXPECT_TRUE(is_plain_moment("2024-02-29 23:59:59.000", Comparable::moment));
  EXPECT_TRUE(is_plain_moment("09:30:00", Comparable::time));
  for (const char* text : {"2023-02-29", "0000-00-00", "2024-13-01", "infinity", "2024-02-29x"}) {
    EXPECT_FALSE(is_plain_moment(text, Comparable::date)) << text;
    EXPECT_FALSE(is_plain_moment(text, Comparable::moment)) << text;
  }
  EXPECT_FALSE(is_plain_moment("24:00:00", Comparable::time));
}

}  // namespace
}  // namespace relata::emit
