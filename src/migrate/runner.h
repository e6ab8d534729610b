#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "live/session.h"
#include "migrate/plan.h"

namespace relata::migrate {

/// What the database says of a plan: how many of its steps were done.
struct Progress {
  std::size_t done = 0;
};

/// Runs the steps of one plan on one database, and remembers in a table of its own (schema `relata`
/// where the engine has schemas, else relata_steps) which were done. A step and its mark are one
/// transaction where the step can be in one.
class Runner {
 public:
  /// `told` hears the title of each step before it is run.
  Runner(live::Session& session, const Plan& plan, std::function<void(const std::string&)> told)
      : session_(session), plan_(plan), told_(std::move(told)) {}

  /// How far the plan is. Fails when the steps that were done are not this plan's.
  [[nodiscard]] Result<Progress> progress();
  /// Runs what is still to be done.
  [[nodiscard]] Result<void> run();
  /// Goes back until `remaining` steps stand.
  [[nodiscard]] Result<void> undo(std::size_t remaining);

 private:
  [[nodiscard]] Result<void> prepare();
  [[nodiscard]] Result<void> execute(const Action& action, const std::string& mark);

  live::Session& session_;
  const Plan& plan_;
  std::function<void(const std::string&)> told_;
};

}  // namespace relata::migrate
