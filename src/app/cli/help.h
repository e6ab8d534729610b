#pragma once

#include <string>

#include "app/cli/commands.h"

namespace relata::cli {

/// "relata 0.1.0" and a line end.
[[nodiscard]] std::string version_text();
/// What `relata --help` prints: every command with its summary.
[[nodiscard]] std::string overview_text();
/// What `relata help COMMAND` prints.
[[nodiscard]] std::string help_text(const Command& command);
/// The man page relata(1) in roff, without a date so that it is the same on every day.
[[nodiscard]] std::string man_page();
/// docs/cli.md.
[[nodiscard]] std::string reference_page();
/// Completions for "bash", "zsh" or "fish"; empty for any other shell.
[[nodiscard]] std::string completion_script(std::string_view shell);

}  // namespace relata::cli
