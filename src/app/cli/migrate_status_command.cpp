#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "app/cli/migrate_command.h"
#include "app/cli/migration_on_database.h"
#include "app/cli/run.h"
#include "app/cli/run_progress.h"
#include "migrate/plan_file.h"
#include "migrate/runner.h"

namespace relata::cli {
namespace {

constexpr std::array<std::string_view, 3> states{"running", "done", "undoing"};
constexpr std::string_view open_state = "open";

/// What the database knows of a step; null: it was not begun.
const migrate::Mark* mark_of(const migrate::Progress& at, std::size_t place) {
  return place < at.marks.size() ? &at.marks[place] : nullptr;
}

std::string_view state_of(const migrate::Mark* mark) {
  return mark == nullptr ? open_state : states[static_cast<std::size_t>(mark->state)];
}

std::string padded(std::string_view text, std::size_t width) {
  std::string out(text);
  if (out.size() < width) out.append(width - out.size(), ' ');
  return out;
}

std::string line_of(std::size_t place, const migrate::Step& step, const migrate::Mark* mark) {
  std::string line = padded(std::to_string(place + 1), 5) +
                     padded(migrate::phase_name(step.phase), 10) + padded(state_of(mark), 9) +
                     padded(mark == nullptr ? "" : mark->done_at, 22) + step.title;
  if (mark != nullptr && mark->state == migrate::StepState::done) return line + "\n";
  if (mark != nullptr && step.forward.backfill) {
    line += "; " + std::to_string(mark->rows_changed) + " rows so far";
  }
  const migrate::Action& action = step.forward;
  if (!action.lock.empty()) line += "; " + action.lock;
  if (!action.blocks.empty()) line += ", blocks " + action.blocks;
  if (!step.loss.empty()) line += "; loses " + step.loss;
  return line + "\n";
}

std::string text_of(const migrate::Plan& plan, const migrate::Progress& at) {
  std::string out;
  for (std::size_t place = 0; place < plan.steps.size(); ++place) {
    out += line_of(place, plan.steps[place], mark_of(at, place));
  }
  out += std::to_string(at.done()) + " of " + std::to_string(plan.steps.size()) + " steps are done";
  if (at.done() < plan.steps.size()) {
    const migrate::Step& next = plan.steps[at.done()];
    out += "; next is " + std::to_string(at.done() + 1) + ", " + next.title;
  }
  return out + "\n";
}

nlohmann::ordered_json json_of(std::size_t place, const migrate::Step& step,
                               const migrate::Mark* mark) {
  nlohmann::ordered_json json{{"number", place + 1},
                              {"phase", migrate::phase_name(step.phase)},
                              {"title", step.title},
                              {"state", state_of(mark)}};
  if (mark != nullptr) json["started_at"] = mark->started_at;
  if (mark != nullptr && !mark->done_at.empty()) json["done_at"] = mark->done_at;
  if (mark != nullptr && step.forward.backfill) json["rows"] = mark->rows_changed;
  if (!step.forward.lock.empty()) json["lock"] = step.forward.lock;
  if (!step.forward.blocks.empty()) json["blocks"] = step.forward.blocks;
  json["scans"] = step.forward.scans;
  json["rewrites"] = step.forward.rewrites;
  json["transactional"] = step.forward.transactional;
  if (!step.loss.empty()) json["loss"] = step.loss;
  return json;
}

std::string json_text(const migrate::Plan& plan, const migrate::Progress& at) {
  nlohmann::ordered_json steps = nlohmann::ordered_json::array();
  for (std::size_t place = 0; place < plan.steps.size(); ++place) {
    steps.push_back(json_of(place, plan.steps[place], mark_of(at, place)));
  }
  nlohmann::ordered_json json{{"dialect", plan.dialect}, {"done", at.done()}};
  if (at.done() < plan.steps.size()) json["next"] = at.done() + 1;
  json["steps"] = std::move(steps);
  return json.dump(2) + "\n";
}

}  // namespace

int run_migrate_status(const Invocation& invocation, Console& console) {
  auto on = open_migration(invocation, console);
  if (!on) return exit_bad;
  RunProgress progress(console, on->plan.steps.size());
  migrate::Runner runner(*on->session, on->plan, progress);
  const auto at = runner.progress();
  if (!at) {
    console.error(at.error().message, at.error().help);
    return exit_bad;
  }
  console.result(invocation.has("--json") ? json_text(on->plan, *at) : text_of(on->plan, *at));
  return exit_fine;
}

}  // namespace relata::cli
