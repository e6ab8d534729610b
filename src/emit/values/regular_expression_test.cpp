#include "emit/values/regular_expression.h"

#include <gtest/gtest.h>

#include <vector>

namespace relata::emit {
namespace {

TEST(RegularExpressions, OfPostgresForPrograms) {
  struct Case {
    const char* pattern;
    const char* expected;  ///< nullptr: there is none.
  };
  const std::vector<Case> cases{
      {"^[A-Z]{2}$", "^[A-Z]{2}$"},
      {"^[a-z0-9]+(?:-[a-z0-9]+)*$", "^[a-z0-9]+(?:-[a-z0-9]+)*$"},
      {"^\\d{3,}\\s?x/y$", "^[0-9]{3,}[ \\t\\n\\v\\f\\r]?x\\/y$"},
      {"^[\\d\\s_-]+$", "^[0-9 \\t\\n\\v\\f\\r_\\-]+$"},
      {"[]a]", "[\\]a]"},
      {"[^[:digit:]]", "[^0-9]"},
      {"a{1}?b*?", "a{1}?b*?"},
      {"^\\+?[0-9.]+@}", "^\\+?[0-9.]+@\\}"},
      {"(a|b)", "(a|b)"},
      {"é+", "é+"},
      {"\\w", nullptr},
      {"[[:alpha:]]", nullptr},
      {"(a)\\1", nullptr},
      {"(?i)a", nullptr},
      {"***=a", nullptr},
      {"a{x}", nullptr},
      {"*a", nullptr},
      {"(a", nullptr},
      {"a)", nullptr},
      {"[a", nullptr},
      {"a**", nullptr},
      {"a\\", nullptr},
  };
  for (const Case& each : cases) {
    const std::optional<std::string> found = portable_regular_expression(each.pattern, "$");
    if (each.expected == nullptr) {
      EXPECT_FALSE(found) << each.pattern;
    } else {
      EXPECT_EQ(found, each.expected);
    }
  }
  EXPECT_EQ(portable_regular_expression("^a$", "\\Z"), "^a\\Z");
}

TEST(RegularExpressions, InChecks) {
  const auto one = regular_expression_check("(code ~ '^it''s$')");
  ASSERT_TRUE(one);
  EXPECT_TRUE(is_regular_expression(*one));
  EXPECT_EQ(one->text, "^it's$");
  EXPECT_EQ(one->arguments[0].text, "code");
  const auto joined = regular_expression_check("((\"a b\" IS NULL) OR (NOT (c !~* 'x')))");
  ASSERT_TRUE(joined);
  EXPECT_EQ(joined->operation, Operation::any_of);
  EXPECT_EQ(joined->arguments[1].arguments[0].arguments[0].canonical, "i");
  EXPECT_FALSE(regular_expression_check("(f(code) ~ 'x')"));
  EXPECT_FALSE(regular_expression_check("((a ~ 'x') AND (b > 1))"));
  EXPECT_FALSE(regular_expression_check("(a ~ 'x'"));
  EXPECT_FALSE(regular_expression_check(""));
}

}  // namespace
}  // namespace relata::emit
