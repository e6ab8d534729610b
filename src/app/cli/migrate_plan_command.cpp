#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/migrate_command.h"
#include "app/cli/plan_report.h"
#include "app/cli/renames.h"
#include "app/cli/run.h"
#include "app/cli/source.h"
#include "app/cli/source_pair.h"
#include "app/cli/table_rows.h"
#include "app/cli/tool_files.h"
#include "base/dispose.h"
#include "diff/renames.h"
#include "migrate/parking/parked.h"
#include "migrate/plan.h"
#include "migrate/plan_ends.h"
#include "migrate/rename.h"

namespace relata::cli {
namespace {

/// What may have been renamed beside what is.
std::vector<diff::RenameGuess> guess(const SourcePair& pair,
                                     const std::vector<migrate::Rename>& renames) {
  if (renames.empty() && !migrate::has_parked_columns(pair.from)) {
    return diff::guess_renames(pair.from, pair.to);
  }
  Schema seen = migrate::renamed(pair.from, renames);
  migrate::forget_parked_columns(seen);
  return diff::guess_renames(seen, pair.to);
}

}  // namespace

int run_migrate_plan(const Invocation& invocation, Console& console) {
  if (invocation.arguments.size() < 3 || !invocation.has("--output")) {
    console.error("relata migrate plan needs FROM, TO and --output DIR",
                  "relata migrate plan schema-now.sql schema-next.sql -o migration");
    return exit_bad;
  }
  const migrate::Tool* tool = tool_choice(invocation, console);
  if (tool == nullptr) return exit_bad;
  auto pair = load_pair(invocation, 1, Decides::from, console,
                        tool->asks_for_schemas ? Keeps::given_too : Keeps::native);
  if (!pair) return exit_bad;
  auto renames = wanted_renames(invocation, *pair, console);
  auto rows = table_rows(invocation, invocation.arguments[1], pair->from, console);
  if (!renames || !rows) return exit_bad;
  DiagnosticSink sink;
  migrate::PlanOptions options;
  options.allow_loss = invocation.has("--allow-loss");
  options.park = invocation.has("--park");
  options.parked_names = pair->parked_names;
  options.brief = invocation.has("--brief");
  options.rows = std::move(*rows);
  options.renames = std::move(*renames);
  std::optional<migrate::PlanEnds> ends;
  std::future<std::vector<diff::RenameGuess>> guessing;
  std::once_flag once;
  const auto do_the_rest = [&] {
    if (!tool->asks_for_schemas) ends.emplace(pair->from, pair->to);
    guessing = std::async(std::launch::async, guess, std::cref(*pair), std::cref(options.renames));
  };
  options.on_one_thread = [&] { std::call_once(once, do_the_rest); };
  const migrate::Plan made = migrate::make_plan(pair->from, pair->to, options, sink);
  options.on_one_thread();
  const std::vector<diff::RenameGuess> guesses = guessing.get();
  show_guesses(guesses, console);
  if (!show(sink, {}, console)) return exit_bad;
  if (!write_for_tool(*tool, made, ends ? &*ends : nullptr, *pair, invocation.value("--output"),
                      console)) {
    return exit_bad;
  }
  console.result(invocation.has("--json") ? plan_json(made, guesses) : plan_text(made));
  ends.reset();  // reads the pair
  dispose(*std::move(pair));
  return exit_fine;
}

}  // namespace relata::cli
