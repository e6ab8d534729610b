#include "dialect/dependency_order.h"

#include <gtest/gtest.h>

#include <string>

namespace relata {
namespace {

constexpr bool soft = true;

struct Case {
  std::string what;
  std::vector<DependencyNode> nodes;
  std::vector<std::size_t> expected;
};

TEST(DependencyOrder, PutsEachAfterWhatItNeeds) {
  const std::vector<Case> cases{
      {"nothing", {}, {}},
      {"the list's own order", {{1, {}}, {1, {}}}, {0, 1}},
      {"phases first", {{2, {}}, {1, {}}}, {1, 0}},
      {"what is needed first, and back to the phase", {{1, {{2}}}, {1, {}}, {2, {}}}, {1, 2, 0}},
      {"itself is nothing to wait for", {{1, {{0}}}, {1, {}}}, {0, 1}},
      {"a cycle gives up what is soft", {{1, {{1, soft}}}, {1, {{0}}}}, {0, 1}},
      {"and nothing else", {{1, {{1}}}, {1, {{0, soft}}}}, {1, 0}},
      {"what only hangs on a cycle waits",
       {{1, {{1, soft}}}, {1, {{2, soft}}}, {1, {{1, soft}}}},
       {1, 0, 2}},
      {"a cycle of hard ones is given up at its first", {{1, {{1}}}, {1, {{0}}}}, {0, 1}},
  };
  for (const Case& c : cases) EXPECT_EQ(dependency_order(c.nodes), c.expected) << c.what;
}

TEST(DependencyOrder, TakesALongChain) {
  constexpr std::size_t count = 200'000;
  std::vector<DependencyNode> nodes(count);
  for (std::size_t at = 0; at + 1 < count; ++at) nodes[at].dependencies = {{at + 1}};
  const std::vector<std::size_t> order = dependency_order(nodes);
  EXPECT_EQ(order.front(), count - 1);
  EXPECT_EQ(order.back(), 0U);
}

}  // namespace
}  // namespace relata
