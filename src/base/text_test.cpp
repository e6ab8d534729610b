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

TEST(Text, WordsOfAnyStyle) {
  struct Case {
    std::string_view text;
    std::vector<std::string> words;
  };
  for (const Case& c :
       {Case{"dueDate2", {"due", "date2"}}, Case{"DUE-DATE", {"due", "date"}},
        Case{"HTTPServer", {"http", "server"}}, Case{"café owner", {"café", "owner"}},
        Case{"Vehicle1──Trip", {"vehicle1", "trip"}}, Case{"user’s “name”", {"user", "s", "name"}},
        Case{"price\u00A0€", {"price"}}, Case{"顧客名", {"顧客名"}}, Case{"→", {}},
        Case{"\xE2\x94", {}}, Case{"", {}}}) {
    EXPECT_EQ(words_of(c.text), c.words) << c.text;
  }
}

}  // namespace
}  // namespace relata
