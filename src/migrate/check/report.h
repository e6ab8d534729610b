#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "migrate/plan.h"

namespace relata::migrate::check {

/// A lock of a table that was seen while a step ran.
struct LockSeen {
  std::string table;
  std::string mode;         ///< "ACCESS EXCLUSIVE"
  double milliseconds = 0;  ///< The longest time that it was held at a stretch, as far as was seen.
};

/// What one way of one step did.
struct StepReport {
  std::size_t number = 0;  ///< From 1.
  bool back = false;
  std::string title;
  Phase phase = Phase::expand;
  double seconds = 0;
  std::vector<LockSeen> locks;         ///< On tables that were there, the strongest of each first.
  std::vector<std::string> rewritten;  ///< Tables that were written anew.
  std::vector<std::string> scanned;    ///< Tables that were read as a whole.
  double longest_stall = 0;            ///< Milliseconds that a client's statement took meanwhile.
  std::uint64_t failures = 0;          ///< Clients' statements that failed meanwhile.
  std::vector<std::string> broken;     ///< Promises that were, as sentences.
};

struct FilledTable {
  std::string name;
  std::uint64_t rows = 0;
  std::string refused;  ///< Why it has none; empty: it has.
  bool operator==(const FilledTable&) const = default;
};

struct CheckReport {
  std::vector<FilledTable> tables;
  std::vector<StepReport> steps;  ///< Forward, then back.
  std::uint64_t client_statements = 0;
  std::uint64_t client_failures = 0;
  std::vector<std::string> failures;  ///< What clients were told, each once.
  std::vector<std::string> notes;     ///< What was not tried, and why.
  std::vector<std::string> broken;    ///< Promises of the whole plan.

  /// Whether every promise was kept.
  [[nodiscard]] bool holds() const;
};

/// How long a lock that holds clients up may be held where the plan does not announce it.
inline constexpr double longest_silent_lock = 200;  // ms

/// From the weakest lock of a table on: how strong one is.
[[nodiscard]] std::size_t strength_of_lock(std::string_view mode);

/// What a step did otherwise than its action says.
[[nodiscard]] std::vector<std::string> broken_promises(const StepReport& report,
                                                       const Action& action);

}  // namespace relata::migrate::check
