#include "base/rare.h"

#include <gtest/gtest.h>

#include <string>

namespace relata {
namespace {

using Text = Rare<std::string>;

TEST(Rare, IsEmptyAtFirst) {
  const Text text;
  EXPECT_FALSE(text.has_value());
  EXPECT_EQ(text, Text(std::nullopt));
}

TEST(Rare, CopiesItsValue) {
  Text one(std::string("one"));
  Text two = one;
  two->append(" and more");
  EXPECT_EQ(*one, "one");
  EXPECT_EQ(*two, "one and more");
  one = two;
  EXPECT_EQ(one, two);
  two.emplace("two");
  EXPECT_EQ(*one, "one and more");
  EXPECT_NE(one, two);
}

TEST(Rare, GivesItsValueUp) {
  Text one(std::string("one"));
  const Text two = std::move(one);
  EXPECT_EQ(*two, "one");
  Text three = two;
  three.reset();
  EXPECT_FALSE(three);
  EXPECT_NE(two, three);
  EXPECT_NE(three, two);
}

TEST(Rare, TakesThePlaceOfItself) {
  Text one(std::string("one"));
  const Text& same = one;
  one = same;
  EXPECT_EQ(*one, "one");
}

}  // namespace
}  // namespace relata
