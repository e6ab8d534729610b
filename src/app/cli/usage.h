#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "app/cli/commands.h"

namespace relata::cli {

inline constexpr std::string_view program_summary =
    "turns requirements into a relational database that is right";

/// The exit codes with their meanings, for the man page and the reference page.
inline constexpr std::array<std::pair<std::string_view, std::string_view>, 3> exit_codes{{
    {"0", "fine"},
    {"1", "findings at or over the level asked for, or drift"},
    {"2", "bad usage, bad input, or something could not be written"},
}};

/// "-o, --output DIR".
[[nodiscard]] std::string flag_synopsis(const Flag& flag);
/// "relata build SOURCE -o DIR [--target LIST] [--bare]".
[[nodiscard]] std::string synopsis(const Command& command);
/// Whether an argument or a flag of the command names targets.
[[nodiscard]] bool takes_target(const Command& command);

}  // namespace relata::cli
