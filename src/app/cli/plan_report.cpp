#include "app/cli/plan_report.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string_view>

#include "app/cli/guesses_json.h"
#include "base/text.h"

namespace relata::cli {
namespace {

using migrate::Action;
using migrate::all_phases;
using migrate::does_nothing;
using migrate::Phase;
using migrate::phase_name;
using migrate::Plan;
using migrate::Step;

/// What a phase is for, behind its name.
std::string_view meaning_of(Phase phase) {
  static constexpr std::array<std::string_view, all_phases.size()> meanings{
      "while the old program runs", "rows, a few at a time", "once no program uses the old form"};
  return meanings[static_cast<std::size_t>(phase)];
}

/// What a step does to whole tables, and what cannot be undone.
std::string remarks(const Step& step) {
  std::vector<std::string> parts;
  if (step.forward.backfill) parts.emplace_back("in batches");
  if (step.forward.rewrites) parts.emplace_back("rewrites the table");
  if (step.forward.scans && !step.forward.rewrites) parts.emplace_back("reads the whole table");
  if (!step.forward.transactional) parts.emplace_back("in no transaction");
  if (!step.loss.empty()) parts.push_back("LOSES " + step.loss);
  return join(parts, ", ");
}

using Cells = std::array<std::string, 5>;

Cells cells_of(std::size_t number, const Step& step) {
  return {std::to_string(number), step.title, step.forward.lock, step.forward.blocks,
          remarks(step)};
}

void append_row(const Cells& cells, const std::array<std::size_t, 5>& widths, std::string& text) {
  std::string line = "  " + std::string(widths[0] - cells[0].size(), ' ') + cells[0];
  for (std::size_t i = 1; i < cells.size(); ++i) {
    if (widths[i] == 0) continue;
    line += "  " + cells[i];
    const std::size_t length = code_points(cells[i]);
    if (length < widths[i]) line += std::string(widths[i] - length, ' ');
  }
  line.erase(line.find_last_not_of(' ') + 1);
  text += line + "\n";
}

std::string counted(std::size_t count, std::string_view what) {
  return std::to_string(count) + " " + (count == 1 ? std::string(what) : plural_of(what));
}

std::string summary(const Plan& plan) {
  std::vector<std::string> parts;
  const auto count = [&](auto&& is) {
    return static_cast<std::size_t>(std::count_if(plan.steps.begin(), plan.steps.end(), is));
  };
  for (const Phase phase : all_phases) {
    const std::size_t steps = count([&](const Step& step) { return step.phase == phase; });
    if (steps > 0) parts.push_back(std::to_string(steps) + " " + std::string(phase_name(phase)));
  }
  std::string text = counted(plan.steps.size(), "step") + " (" + join(parts, ", ") + ")";
  const std::size_t rewrites = count([](const Step& step) { return step.forward.rewrites; });
  const std::size_t only_back = count([](const Step& step) { return does_nothing(step.forward); });
  const std::size_t losses = count([](const Step& step) { return !step.loss.empty(); });
  if (only_back > 0) text += ", " + std::to_string(only_back) + " of them only on the way back";
  if (rewrites > 0) text += ", " + counted(rewrites, "rewrite");
  text += losses == 0 ? ", nothing is lost" : ", " + counted(losses, "loss");
  return text + "\n";
}

nlohmann::ordered_json action_json(const Action& action) {
  nlohmann::ordered_json json;
  json["statements"] = action.statements;
  json["transactional"] = action.transactional;
  json["backfill"] = action.backfill.has_value();
  if (!action.lock.empty()) json["lock"] = action.lock;
  if (!action.blocks.empty()) json["blocks"] = action.blocks;
  json["scans"] = action.scans;
  json["rewrites"] = action.rewrites;
  return json;
}

}  // namespace

std::string plan_text(const Plan& plan) {
  if (plan.steps.empty()) return "Nothing to do.\n";
  Cells heading{"", "step", "lock", "blocks", "remarks"};
  std::vector<std::pair<Phase, Cells>> rows;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const Step& step = plan.steps[i];
    if (!does_nothing(step.forward)) rows.emplace_back(step.phase, cells_of(i + 1, step));
  }
  std::array<std::size_t, 5> widths{};
  for (const auto& [phase, cells] : rows) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      widths[i] = std::max(widths[i], code_points(cells[i]));
    }
  }
  for (std::size_t i = 1; i < widths.size(); ++i) {
    // A column in which nothing stands is left out.
    if (widths[i] > 0) widths[i] = std::max(widths[i], heading[i].size());
  }
  std::string text;
  append_row(heading, widths, text);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& [phase, cells] = rows[i];
    if (i == 0 || phase != rows[i - 1].first) {
      text += std::string(phase_name(phase)) + ": " + std::string(meaning_of(phase)) + "\n";
    }
    append_row(cells, widths, text);
  }
  return text + summary(plan);
}

std::string plan_json(const Plan& plan, const std::vector<diff::RenameGuess>& guesses) {
  nlohmann::ordered_json steps = nlohmann::ordered_json::array();
  for (const Step& step : plan.steps) {
    nlohmann::ordered_json json;
    json["number"] = steps.size() + 1;
    json["phase"] = phase_name(step.phase);
    json["title"] = step.title;
    json["forward"] = action_json(step.forward);
    json["back"] = action_json(step.back);
    if (!step.loss.empty()) json["loss"] = step.loss;
    steps.push_back(std::move(json));
  }
  nlohmann::ordered_json json{{"dialect", plan.dialect}, {"steps", std::move(steps)}};
  json["guesses"] = guesses_json(guesses);
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace relata::cli
