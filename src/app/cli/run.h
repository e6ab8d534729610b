#pragma once

#include <string>
#include <vector>

#include "app/cli/console.h"
#include "app/cli/invocation.h"

namespace relata::cli {

/// Runs the program with the arguments after its name; the exit code.
[[nodiscard]] int run(const std::vector<std::string>& arguments);

int run_design(const Invocation& invocation, Console& console);
int run_build(const Invocation& invocation, Console& console);
int run_emit(const Invocation& invocation, Console& console);
int run_import(const Invocation& invocation, Console& console);
int run_diff(const Invocation& invocation, Console& console);
int run_migrate(const Invocation& invocation, Console& console);
int run_explain(const Invocation& invocation, Console& console);
int run_help(const Invocation& invocation, Console& console);

}  // namespace relata::cli
