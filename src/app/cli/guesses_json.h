#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "diff/renames.h"

namespace relata::cli {

/// What may have been renamed, for programs.
[[nodiscard]] nlohmann::ordered_json guesses_json(const std::vector<diff::RenameGuess>& guesses);

}  // namespace relata::cli
