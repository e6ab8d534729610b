#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/result.h"
#include "migrate/check/report.h"
#include "migrate/plan.h"

namespace relata::migrate::check {

struct CheckInput {
  const Plan& plan;
  std::string start;             ///< The schema that the plan leads from, as a script.
  std::string target;            ///< The schema that it leads to.
  std::string url;               ///< A server on which databases may be made.
  std::uint64_t rows = 100'000;  ///< Of each table that the plan changes; others get a thousand.
};

/// Tries a plan: builds its start in a database that it makes, fills it, runs the plan while
/// clients read and write, compares the result with the target, and takes it back. Fails
/// where a script does not load. `told` hears what is being done.
[[nodiscard]] Result<CheckReport> check(const CheckInput& input,
                                        const std::function<void(const std::string&)>& told);

}  // namespace relata::migrate::check
