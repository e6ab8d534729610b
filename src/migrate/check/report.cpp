#include "migrate/check/report.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace relata::migrate::check {
namespace {

/// From the weakest on. Source: https://www.postgresql.org/docs/current/explicit-locking.html
constexpr std::array<std::string_view, 8> modes{
    "ACCESS SHARE", "ROW SHARE",           "ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE",
    "SHARE",        "SHARE ROW EXCLUSIVE", "EXCLUSIVE",     "ACCESS EXCLUSIVE"};
/// The weakest that clients who write wait for.
constexpr std::size_t first_that_blocks = 4;

std::string milliseconds(double value) { return std::to_string(std::lround(value)) + " ms"; }

}  // namespace

std::size_t strength_of_lock(std::string_view mode) {
  return static_cast<std::size_t>(std::find(modes.begin(), modes.end(), mode) - modes.begin());
}

bool CheckReport::holds() const {
  return broken.empty() && client_failures == 0 &&
         std::all_of(steps.begin(), steps.end(),
                     [](const StepReport& step) { return step.broken.empty(); });
}

std::vector<std::string> broken_promises(const StepReport& report, const Action& action) {
  std::vector<std::string> broken;
  const std::size_t announced = action.lock.empty() ? 0 : strength_of_lock(action.lock);
  for (const LockSeen& lock : report.locks) {
    const std::size_t seen = strength_of_lock(lock.mode);
    if (seen < first_that_blocks || lock.milliseconds <= longest_silent_lock) continue;
    // One that reads or writes a whole table under its lock says so.
    if (seen <= announced && (action.scans || action.rewrites)) continue;
    broken.push_back(lock.mode + " on " + lock.table + " was held for " +
                     milliseconds(lock.milliseconds) + ", which the plan does not announce");
  }
  if (!action.rewrites) {
    for (const std::string& table : report.rewritten) {
      broken.push_back(table + " was written anew, which the plan does not announce");
    }
  }
  if (report.failures > 0) {
    broken.push_back(std::to_string(report.failures) + " statements of clients failed");
  }
  return broken;
}

}  // namespace relata::migrate::check
