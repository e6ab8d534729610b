#include "app/cli/unified_diff.h"

#include <gtest/gtest.h>

namespace relata::cli {
namespace {

TEST(UnifiedDiff, IsEmptyForTheSameText) { EXPECT_EQ(unified_diff("a\n", "a\n", "x", "x"), ""); }

TEST(UnifiedDiff, HasThreeLinesAroundAChange) {
  EXPECT_EQ(unified_diff("1\n2\n3\n4\n5\n6\n7\n", "1\n2\n3\n4\nfive\n6\n7\n", "old", "new"),
            "--- old\n+++ new\n@@ -2,6 +2,6 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n");
}

TEST(UnifiedDiff, NamesNoFileWhereThereIsNone) {
  EXPECT_EQ(unified_diff("", "a\n", "", "new"), "--- /dev/null\n+++ new\n@@ -0,0 +1,1 @@\n+a\n");
}

}  // namespace
}  // namespace relata::cli
