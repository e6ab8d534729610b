#include "base/text.h"

#include <gtest/gtest.h>

namespace relata {
namespace {

TEST(Text, EditDistanceCountsSlips) {
  struct Case {
    std::string_view a, b;
    std::size_t slips;
  };
  for (const Case& c :
       {Case{"", "", 0}, Case{"build", "build", 0}, Case{"", "abc", 3}, Case{"biuld", "build", 1},
        Case{"buid", "build", 1}, Case{"buildd", "build", 1}, Case{"bulid", "build", 1},
        Case{"guild", "build", 1}, Case{"ca", "abc", 3}, Case{"kitten", "sitting", 3}}) {
    EXPECT_EQ(edit_distance(c.a, c.b), c.slips) << c.a << " " << c.b;
    EXPECT_EQ(edit_distance(c.b, c.a), c.slips) << c.b << " " << c.a;
  }
}

TEST(Text, NearestFindsSlipsOnly) {
  const std::vector<std::string_view> names{"design", "build", "emit"};
  EXPECT_EQ(nearest("desing", names), "design");
  EXPECT_EQ(nearest("biuld", names), "build");
  EXPECT_EQ(nearest("frobnicate", names), "");
  EXPECT_EQ(nearest("x", names), "");
}

}  // namespace
}  // namespace relata
