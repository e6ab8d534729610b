#include "base/parallel.h"

#include <gtest/gtest.h>

#include <vector>

namespace relata {
namespace {

TEST(Parallel, CallsForEachOnce) {
  for (const std::size_t count : {0U, 1U, 2U, 1000U}) {
    std::vector<int> calls(count);
    for_each_index(count, [&](std::size_t at) { ++calls[at]; });
    EXPECT_EQ(calls, std::vector<int>(count, 1));
  }
}

}  // namespace
}  // namespace relata
