#include "seed/limits.h"

#include <gtest/gtest.h>

namespace relata::seed {
namespace {

using expression::call;
using expression::column;
using expression::number;
using expression::string;

Limits limits_of(Expression expression) {
  Limits limits;
  Check check;
  check.expression = std::move(expression);
  narrow(limits, {check}, "n");
  return limits;
}

struct Bounds {
  Expression expression;
  std::optional<double> lowest;
  std::optional<double> highest;
};

class NumberLimits : public testing::TestWithParam<Bounds> {};

TEST_P(NumberLimits, ComeFromComparisons) {
  const Limits limits = limits_of(GetParam().expression);
  EXPECT_EQ(limits.lowest, GetParam().lowest);
  EXPECT_EQ(limits.highest, GetParam().highest);
}

Expression compared(Operation operation, Expression left, Expression right) {
  return call(operation, {std::move(left), std::move(right)});
}

INSTANTIATE_TEST_SUITE_P(
    Comparisons, NumberLimits,
    testing::Values(
        Bounds{compared(Operation::greater, column("n"), number("0")), 1, {}},
        Bounds{compared(Operation::greater_or_equal, column("n"), number("0")), 0, {}},
        Bounds{compared(Operation::less, number("3"), column("n")), 4, {}},
        Bounds{compared(Operation::less_or_equal, column("n"), number("9")), {}, 9},
        Bounds{compared(Operation::greater, column("other"), number("0")), {}, {}},
        // As SQL that was read has it.
        Bounds{call(Operation::sql, {compared(Operation::less, column("n"), number("5"))}), {}, 4},
        Bounds{call(Operation::all_of, {compared(Operation::greater, column("n"), number("0")),
                                        compared(Operation::less, column("n"), number("1"))}),
               0.5, 0.5},
        Bounds{call(Operation::any_of, {call(Operation::is_null, {column("n")}),
                                        compared(Operation::greater, column("n"), number("7"))}),
               8,
               {}}));

TEST(Limits, KnowSetsLengthsAndPatterns) {
  EXPECT_EQ(limits_of(call(Operation::in, {column("n"), string("a"), string("b")})).values.size(),
            2U);
  const Expression length = call(Operation::length_of, {column("n")});
  EXPECT_EQ(limits_of(compared(Operation::greater, length, number("3"))).shortest, 4U);
  EXPECT_EQ(limits_of(compared(Operation::less_or_equal, length, number("3"))).longest, 3U);
  Expression like = call(Operation::matches_like, {column("n")});
  like.text = "%@%";
  EXPECT_EQ(limits_of(like).like, "%@%");
}

}  // namespace
}  // namespace relata::seed
