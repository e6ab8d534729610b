#pragma once

#include <string>
#include <vector>

#include "diff/renames.h"
#include "migrate/plan.h"

namespace relata::cli {

/// The plan for people: a table of its steps by phase, with what each locks, keeps waiting, reads,
/// writes anew and loses, and a line that sums it up.
[[nodiscard]] std::string plan_text(const migrate::Plan& plan);

/// The same for programs, with the statements of each step and what may have been renamed.
[[nodiscard]] std::string plan_json(const migrate::Plan& plan,
                                    const std::vector<diff::RenameGuess>& guesses);

}  // namespace relata::cli
