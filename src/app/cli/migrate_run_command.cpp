#include <charconv>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/cli/migrate_command.h"
#include "app/cli/migration_on_database.h"
#include "app/cli/run.h"
#include "app/cli/run_progress.h"
#include "migrate/plan_file.h"
#include "migrate/runner.h"

namespace relata::cli {
namespace {

/// A number of steps, from 0 to `most`.
std::optional<std::size_t> number_of_steps(const std::string& text, std::size_t most) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || number > most) return std::nullopt;
  return number;
}

/// How many steps are to be done: up to a number, or up to the first step of a later phase.
std::optional<std::size_t> wanted_steps(const Invocation& invocation, const migrate::Plan& plan,
                                        Console& console) {
  if (!invocation.has("--until")) return plan.steps.size();
  const std::string until = invocation.value("--until");
  if (const auto phase = migrate::phase_of(until)) {
    std::size_t wanted = 0;
    while (wanted < plan.steps.size() && plan.steps[wanted].phase <= *phase) ++wanted;
    return wanted;
  }
  const auto number = number_of_steps(until, plan.steps.size());
  if (!number) {
    console.error("there is no step or phase '" + until + "'",
                  "--until takes expand, backfill, contract, or a number up to " +
                      std::to_string(plan.steps.size()));
  }
  return number;
}

int ended(const Result<void>& done, RunProgress& progress, Console& console) {
  progress.end_bar();
  if (done) return exit_fine;
  console.error(done.error().message, done.error().help);
  return exit_bad;
}

}  // namespace

int run_migrate_run(const Invocation& invocation, Console& console) {
  auto on = open_migration(invocation, console);
  if (!on) return exit_bad;
  const auto wanted = wanted_steps(invocation, on->plan, console);
  if (!wanted) return exit_bad;
  RunProgress progress(console, on->plan.steps.size());
  migrate::Runner runner(*on->session, on->plan, progress);
  return ended(runner.run(*wanted), progress, console);
}

int run_migrate_undo(const Invocation& invocation, Console& console) {
  auto on = open_migration(invocation, console);
  if (!on) return exit_bad;
  std::optional<std::size_t> remaining;
  if (invocation.has("--all")) remaining = 0;
  if (invocation.has("--to")) {
    remaining = number_of_steps(invocation.value("--to"), on->plan.steps.size());
    if (!remaining) {
      console.error("there is no step '" + invocation.value("--to") + "'",
                    "--to takes how many steps are to stand, from 0 to " +
                        std::to_string(on->plan.steps.size()));
      return exit_bad;
    }
  }
  RunProgress progress(console, on->plan.steps.size());
  migrate::Runner runner(*on->session, on->plan, progress);
  return ended(remaining ? runner.undo(*remaining) : runner.undo_one(), progress, console);
}

}  // namespace relata::cli
