#pragma once

#include <optional>
#include <vector>

#include "app/cli/console.h"
#include "app/cli/invocation.h"
#include "app/cli/source_pair.h"
#include "diff/diff.h"
#include "diff/renames.h"
#include "migrate/plan.h"

namespace relata::cli {

/// What --rename asks for and the wanted source says was called otherwise. Nothing after a message.
[[nodiscard]] std::optional<std::vector<migrate::Rename>> wanted_renames(
    const Invocation& invocation, const SourcePair& pair, Console& console);

/// The renames as changes.
[[nodiscard]] std::vector<diff::Change> rename_changes(const std::vector<migrate::Rename>& renames);

/// Tells on standard error what may have been renamed, and how to say so.
void show_guesses(const std::vector<diff::RenameGuess>& guesses, Console& console);

}  // namespace relata::cli
