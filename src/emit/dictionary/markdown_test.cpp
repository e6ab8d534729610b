#include "emit/dictionary/markdown.h"

#include <gtest/gtest.h>

namespace relata::emit::markdown {
namespace {

TEST(Markdown, TextIsTakenAsItStands) {
  EXPECT_EQ(text("a*b|c\n<d>"), "a\\*b\\|c \\<d\\>");
  EXPECT_EQ(text("plain words, and more."), "plain words, and more.");
}

TEST(Markdown, CodeSpansHoldBackticksAndBars) {
  EXPECT_EQ(code("a || b"), "`a \\|\\| b`");
  EXPECT_EQ(code("`name`"), "`` `name` ``");
  EXPECT_EQ(code(""), "");
}

TEST(Markdown, BlocksAreNotClosedByTheirText) {
  EXPECT_EQ(block("sql", "SELECT 1"), "```sql\nSELECT 1\n```\n");
  EXPECT_EQ(block("sql", "```"), "````sql\n```\n````\n");
}

TEST(Markdown, AnchorsAreThoseOfHeadings) {
  EXPECT_EQ(anchor("public.Tasks"), "publictasks");
  EXPECT_EQ(anchor("two words"), "two-words");
}

}  // namespace
}  // namespace relata::emit::markdown
