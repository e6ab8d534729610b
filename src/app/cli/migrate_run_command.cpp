#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/cli/migrate_command.h"
#include "app/cli/run.h"
#include "live/session.h"
#include "migrate/plan_file.h"
#include "migrate/runner.h"

namespace relata::cli {
namespace {

void say(const Failure& failure, Console& console) { console.error(failure.message, failure.help); }

/// The plan in a folder and the database that --db names; nothing after a message.
struct OnDatabase {
  migrate::Plan plan;
  std::unique_ptr<live::Session> session;
};
std::optional<OnDatabase> open(const Invocation& invocation, Console& console) {
  if (invocation.arguments.size() < 2 || !invocation.has("--db")) {
    console.error("relata migrate " + invocation.arguments[0] + " needs DIR and --db URL",
                  "relata migrate run migration --db postgres://localhost/shop");
    return std::nullopt;
  }
  auto made = migrate::read_plan(invocation.arguments[1]);
  if (!made) {
    say(made.error(), console);
    return std::nullopt;
  }
  auto session = live::connect(invocation.value("--db"));
  if (!session) {
    say(session.error(), console);
    return std::nullopt;
  }
  if ((*session)->dialect() != made->dialect) {
    console.error("the plan is for " + made->dialect + ", and the database is not", "");
    return std::nullopt;
  }
  return OnDatabase{std::move(*made), std::move(*session)};
}

int run_on(const Invocation& invocation, Console& console, bool back) {
  auto on = open(invocation, console);
  if (!on) return exit_bad;
  migrate::Runner runner(*on->session, on->plan,
                         [&](const std::string& title) { console.message(title + "\n"); });
  std::size_t remaining = 0;
  if (back && !invocation.has("--all")) {
    const auto at = runner.progress();
    if (!at) {
      say(at.error(), console);
      return exit_bad;
    }
    remaining = at->done > 0 ? at->done - 1 : 0;
  }
  const auto done = back ? runner.undo(remaining) : runner.run();
  if (!done) {
    say(done.error(), console);
    return exit_bad;
  }
  return exit_fine;
}

}  // namespace

int run_migrate_run(const Invocation& invocation, Console& console) {
  return run_on(invocation, console, false);
}

int run_migrate_undo(const Invocation& invocation, Console& console) {
  return run_on(invocation, console, true);
}

int run_migrate_status(const Invocation& invocation, Console& console) {
  auto on = open(invocation, console);
  if (!on) return exit_bad;
  migrate::Runner runner(*on->session, on->plan, [](const std::string&) {});
  const auto at = runner.progress();
  if (!at) {
    say(at.error(), console);
    return exit_bad;
  }
  std::string out;
  for (std::size_t place = 0; place < on->plan.steps.size(); ++place) {
    out += std::string(place < at->done ? "done  " : "open  ") + on->plan.steps[place].title + "\n";
  }
  console.result(out);
  return exit_fine;
}

}  // namespace relata::cli
