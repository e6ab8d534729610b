#include "migrate/check/check_engine.h"

#include <array>
#include <cmath>

namespace relata::migrate::check {

#define RELATA_CHECK(dialect, function) const CheckEngine& function();
#include "migrate/check/check_engines.def"
#undef RELATA_CHECK

namespace {

struct Row {
  std::string_view dialect;
  const CheckEngine& (*engine)();
};

constexpr std::array rows{
#define RELATA_CHECK(dialect, function) Row{dialect, function},
#include "migrate/check/check_engines.def"
#undef RELATA_CHECK
};

}  // namespace

Result<std::unique_ptr<live::Session>> CheckEngine::open_server(const std::string& url) const {
  return live::connect(url);
}

// Where an action says that it blocks something while it reads or writes a whole table, it may.
std::vector<std::string> CheckEngine::broken(const StepReport& report, const Action& action) const {
  std::vector<std::string> broken;
  const bool announced = !action.blocks.empty() && (action.scans || action.rewrites);
  for (const LockSeen& lock : report.locks) {
    if (announced || lock.milliseconds <= longest_silent_lock) continue;
    broken.push_back(lock.mode + " on " + lock.table + " held others up for " +
                     std::to_string(std::lround(lock.milliseconds)) +
                     " ms, which the plan does not announce");
  }
  if (!action.rewrites && !action.scans) {
    for (const std::string& table : report.rewritten) {
      broken.push_back(table + " was written anew, which the plan does not announce");
    }
  }
  if (report.failures > 0) {
    broken.push_back(std::to_string(report.failures) + " statements of clients failed");
  }
  return broken;
}

const CheckEngine* find_check_engine(std::string_view dialect) {
  for (const Row& row : rows) {
    if (row.dialect == dialect) return &row.engine();
  }
  return nullptr;
}

}  // namespace relata::migrate::check
