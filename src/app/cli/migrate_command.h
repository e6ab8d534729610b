#pragma once

#include "app/cli/console.h"
#include "app/cli/invocation.h"

namespace relata::cli {

// What `relata migrate ACTION` does; each gives the exit code.

int run_migrate_plan(const Invocation& invocation, Console& console);
int run_migrate_run(const Invocation& invocation, Console& console);
int run_migrate_undo(const Invocation& invocation, Console& console);
int run_migrate_status(const Invocation& invocation, Console& console);
int run_migrate_check(const Invocation& invocation, Console& console);
int run_migrate_drop_parked(const Invocation& invocation, Console& console);

}  // namespace relata::cli
