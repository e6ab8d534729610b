#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/dialect_choice.h"
#include "app/cli/native_schema.h"
#include "app/cli/run.h"
#include "app/cli/source.h"
#include "base/file.h"
#include "base/text.h"
#include "live/session.h"
#include "migrate/plan_file.h"
#include "migrate/runner.h"
#include "syntax/canonical.h"

namespace relata::cli {
namespace {

bool fail(const Failure& failure, Console& console) {
  console.error(failure.message, failure.help);
  return false;
}

/// The two sources in one dialect's terms; nothing after a message.
std::optional<std::pair<Schema, Schema>> load_pair(const Invocation& invocation, Console& console) {
  const auto choice = dialect_choice(invocation, console);
  auto reading = source_options(invocation, console);
  if (!choice || !reading) return std::nullopt;
  if (reading->from.empty() && choice->dialect != nullptr) reading->from = choice->dialect->id();
  std::vector<Source> sources;
  std::vector<Schema> schemas;
  for (std::size_t at : {std::size_t{1}, std::size_t{2}}) {
    auto source = load_source(invocation.arguments[at], *reading, console);
    if (!source) return std::nullopt;
    DiagnosticSink sink;
    schemas.push_back(schema_of(*source, *reading, sink));
    if (!show(sink, source->files, console)) return std::nullopt;
  }
  // What is there decides, where nobody says which dialect it is to be.
  const Dialect& dialect = choice->dialect != nullptr    ? *choice->dialect
                           : !schemas[0].dialect.empty() ? default_dialect(schemas[0])
                                                         : default_dialect(schemas[1]);
  DiagnosticSink sink;
  std::pair<Schema, Schema> pair{native_schema(schemas[0], dialect, {}, sink).schema,
                                 native_schema(schemas[1], dialect, {}, sink).schema};
  syntax::adopt_server_defaults(pair.first, pair.second);
  syntax::adopt_server_defaults(pair.second, pair.first);
  return pair;
}

int plan(const Invocation& invocation, Console& console) {
  if (invocation.arguments.size() < 3 || !invocation.has("--output")) {
    console.error("relata migrate plan needs FROM, TO and --output DIR",
                  "relata migrate plan schema-now.sql schema-next.sql -o migration");
    return exit_bad;
  }
  if (invocation.has("--tool") && invocation.value("--tool") != "sql") {
    console.error("unknown tool '" + invocation.value("--tool") + "'",
                  "sql: a folder that relata migrate run carries out");
    return exit_bad;
  }
  const auto pair = load_pair(invocation, console);
  if (!pair) return exit_bad;
  DiagnosticSink sink;
  const migrate::PlanOptions options{invocation.has("--allow-loss")};
  const migrate::Plan made = migrate::make_plan(pair->first, pair->second, options, sink);
  if (!show(sink, {}, console)) return exit_bad;
  std::vector<std::pair<std::string, std::string>> files;
  for (const emit::OutputFile& file : migrate::sql_files(made)) {
    files.emplace_back(file.path, file.content);
  }
  const std::string folder = invocation.value("--output");
  if (const auto written = write_files(folder, files); !written) {
    fail(written.error(), console);
    return exit_bad;
  }
  std::string out;
  for (const migrate::Step& step : made.steps) out += step.title + "\n";
  console.result(out.empty() ? "Nothing to do.\n" : out);
  return exit_fine;
}

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
    fail(made.error(), console);
    return std::nullopt;
  }
  auto session = live::connect(invocation.value("--db"));
  if (!session) {
    fail(session.error(), console);
    return std::nullopt;
  }
  if ((*session)->dialect() != made->dialect) {
    console.error("the plan is for " + made->dialect + ", and the database is not", "");
    return std::nullopt;
  }
  return OnDatabase{std::move(*made), std::move(*session)};
}

int run(const Invocation& invocation, Console& console, bool back) {
  auto on = open(invocation, console);
  if (!on) return exit_bad;
  migrate::Runner runner(*on->session, on->plan,
                         [&](const std::string& title) { console.message(title + "\n"); });
  std::size_t remaining = 0;
  if (back && !invocation.has("--all")) {
    const auto at = runner.progress();
    if (!at) {
      fail(at.error(), console);
      return exit_bad;
    }
    remaining = at->done > 0 ? at->done - 1 : 0;
  }
  const auto done = back ? runner.undo(remaining) : runner.run();
  if (!done) {
    fail(done.error(), console);
    return exit_bad;
  }
  return exit_fine;
}

int status(const Invocation& invocation, Console& console) {
  auto on = open(invocation, console);
  if (!on) return exit_bad;
  migrate::Runner runner(*on->session, on->plan, [](const std::string&) {});
  const auto at = runner.progress();
  if (!at) {
    fail(at.error(), console);
    return exit_bad;
  }
  std::string out;
  for (std::size_t place = 0; place < on->plan.steps.size(); ++place) {
    out += std::string(place < at->done ? "done  " : "open  ") + on->plan.steps[place].title + "\n";
  }
  console.result(out);
  return exit_fine;
}

}  // namespace

int run_migrate(const Invocation& invocation, Console& console) {
  const std::string& action = invocation.arguments[0];
  if (action == "plan") return plan(invocation, console);
  if (action == "run") return run(invocation, console, false);
  if (action == "undo") return run(invocation, console, true);
  if (action == "status") return status(invocation, console);
  console.error("unknown action '" + action + "'", choice_help(action, Completes::migration));
  return exit_bad;
}

}  // namespace relata::cli
