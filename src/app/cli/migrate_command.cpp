#include "app/cli/migrate_command.h"

#include <array>
#include <string_view>

#include "app/cli/run.h"

namespace relata::cli {
namespace {

struct Action {
  std::string_view name;
  int (*run)(const Invocation& invocation, Console& console);
};

constexpr std::array actions{
    Action{"plan", run_migrate_plan},     Action{"run", run_migrate_run},
    Action{"status", run_migrate_status}, Action{"undo", run_migrate_undo},
    Action{"check", run_migrate_check},   Action{"drop-parked", run_migrate_drop_parked}};

}  // namespace

int run_migrate(const Invocation& invocation, Console& console) {
  for (const Action& action : actions) {
    if (action.name == invocation.arguments[0]) return action.run(invocation, console);
  }
  console.error("unknown action '" + invocation.arguments[0] + "'",
                choice_help(invocation.arguments[0], Completes::migration));
  return exit_bad;
}

}  // namespace relata::cli
