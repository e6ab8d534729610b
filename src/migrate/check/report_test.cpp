#include "migrate/check/report.h"

#include <gtest/gtest.h>

namespace relata::migrate::check {
namespace {

struct Case {
  const char* what;
  LockSeen seen;
  const char* announced;
  bool scans;
  bool rewritten;
  std::size_t broken;
};

class BrokenPromises : public testing::TestWithParam<Case> {};

TEST_P(BrokenPromises, AreWhatThePlanDoesNotAnnounce) {
  const Case& given = GetParam();
  StepReport report;
  report.locks = {given.seen};
  if (given.rewritten) report.rewritten = {"orders"};
  Action action;
  action.lock = given.announced;
  action.scans = given.scans;
  EXPECT_EQ(broken_promises(report, action).size(), given.broken) << given.what;
}

INSTANTIATE_TEST_SUITE_P(
    Cases, BrokenPromises,
    testing::Values(
        Case{"short", {"orders", "ACCESS EXCLUSIVE", 20}, "ACCESS EXCLUSIVE", false, false, 0},
        Case{"long", {"orders", "ACCESS EXCLUSIVE", 300}, "ACCESS EXCLUSIVE", false, false, 1},
        Case{"told", {"orders", "ACCESS EXCLUSIVE", 300}, "ACCESS EXCLUSIVE", true, false, 0},
        Case{"stronger", {"orders", "ACCESS EXCLUSIVE", 300}, "SHARE", true, false, 1},
        Case{"beside", {"orders", "SHARE UPDATE EXCLUSIVE", 9000}, "", false, false, 0},
        Case{"silent", {"orders", "SHARE", 300}, "", false, false, 1},
        Case{"rewritten", {"orders", "ACCESS EXCLUSIVE", 20}, "ACCESS EXCLUSIVE", false, true, 1}));

}  // namespace
}  // namespace relata::migrate::check
