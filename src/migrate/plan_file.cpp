#include "migrate/plan_file.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <functional>
#include <future>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "dialect/dialect.h"
#include "migrate/tool.h"
#include "migrate/tools/client_script.h"
#include "migrate/tools/unit.h"

namespace relata::migrate {
namespace {

using Json = nlohmann::ordered_json;

constexpr int format_version = 2;

void write(JsonWriter& json, const Backfill& backfill) {
  json.begin_object();
  if (!backfill.table.schema.empty()) json.member("schema", backfill.table.schema);
  json.member("table", backfill.table.name);
  json.list("key", backfill.key);
  json.member("set", backfill.set);
  json.member("where", backfill.where);
  json.end_object();
}

void write(JsonWriter& json, const Action& action) {
  json.begin_object();
  json.list("statements", action.statements);
  json.flag("transactional", action.transactional);
  if (!action.settings.empty()) json.list("settings", action.settings);
  if (action.backfill) {
    json.key("backfill");
    write(json, *action.backfill);
  }
  if (!action.cleanup.empty()) json.list("cleanup", action.cleanup);
  if (!action.lock.empty()) json.member("lock", action.lock);
  if (!action.blocks.empty()) json.member("blocks", action.blocks);
  if (action.scans) json.flag("scans", true);
  if (action.rewrites) json.flag("rewrites", true);
  json.end_object();
}

void write(JsonWriter& json, const Step& step) {
  json.begin_object();
  json.member("phase", phase_name(step.phase));
  json.member("title", step.title);
  if (!step.loss.empty()) json.member("loss", step.loss);
  json.key("forward");
  write(json, step.forward);
  json.key("back");
  write(json, step.back);
  json.end_object();
}

Backfill backfill_of(const Json& json) {
  return {{json.value("schema", ""), json.at("table")},
          json.at("key"),
          json.at("set"),
          json.at("where")};
}

Action action_of(const Json& json) {
  Action action;
  action.statements = json.at("statements").get<std::vector<std::string>>();
  action.transactional = json.at("transactional");
  action.settings = json.value("settings", std::vector<std::string>{});
  if (json.contains("backfill")) action.backfill = backfill_of(json.at("backfill"));
  action.cleanup = json.value("cleanup", std::vector<std::string>{});
  action.lock = json.value("lock", "");
  action.blocks = json.value("blocks", "");
  action.scans = json.value("scans", false);
  action.rewrites = json.value("rewrites", false);
  return action;
}

Step step_of(const Json& json) {
  Step step;
  step.phase = phase_of(json.at("phase").get<std::string>()).value_or(Phase::expand);
  step.title = json.at("title");
  step.loss = json.value("loss", "");
  step.forward = action_of(json.at("forward"));
  step.back = action_of(json.at("back"));
  return step;
}

std::string json_of(const Plan& plan) {
  JsonWriter json;
  json.begin_object();
  json.key("version");
  json.raw(std::to_string(format_version));
  json.member("dialect", plan.dialect);
  json.key("steps");
  json.begin_array();
  for (const Step& step : plan.steps) write(json, step);
  json.end_array();
  json.end_object();
  return json.take() + "\n";
}

std::string number_of(std::size_t place) {
  std::string digits = std::to_string(place + 1);
  return std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
}

/// One way of steps that share a phase, as a script that the database's own client runs, too: each
/// step is a transaction of its own where it can be in one.
template <class Steps>
std::string script(const Dialect& dialect, const Steps& steps, Action Step::*way) {
  std::string out;
  for (const Step* step : steps) {
    const Section section = section_of(*step, way, dialect);
    if (section.commands.empty()) continue;
    out += (out.empty() ? "" : "\n") + client_section(dialect, section);
  }
  return out.empty() ? "-- Nothing to do.\n" : out;
}

/// Steps that follow each other in one phase.
std::vector<std::vector<const Step*>> phases_of(const Plan& plan) {
  std::vector<std::vector<const Step*>> phases;
  for (const Step& step : plan.steps) {
    if (phases.empty() || phases.back().front()->phase != step.phase) phases.emplace_back();
    phases.back().push_back(&step);
  }
  return phases;
}

}  // namespace

std::vector<emit::OutputFile> sql_files(const Plan& plan) {
  // Long plans take a while, and neither has to do with the other.
  auto json = std::async(std::launch::async, [&plan] { return json_of(plan); });
  std::vector<emit::OutputFile> files{{"plan.json", {}}};
  const Dialect& dialect = *find_dialect(plan.dialect);
  for (const std::vector<const Step*>& phase : phases_of(plan)) {
    const std::string name =
        number_of(files.size() / 2) + "_" + std::string(phase_name(phase.front()->phase));
    const std::vector<const Step*> reversed(phase.rbegin(), phase.rend());
    files.push_back({name + ".up.sql", script(dialect, phase, &Step::forward)});
    files.push_back({name + ".down.sql", script(dialect, reversed, &Step::back)});
  }
  files.front().content = json.get();
  return files;
}

std::vector<emit::OutputFile> write_sql(const ToolInput& input, DiagnosticSink&) {
  std::vector<emit::OutputFile> files = sql_files(input.plan);
  if (input.ends != nullptr) {
    files.push_back({std::string(start_file), input.ends->start()});
    files.push_back({std::string(target_file), input.ends->target()});
  }
  return files;
}

bool is_phase_file(std::string_view name) {
  const std::size_t digits = std::min(name.find_first_not_of("0123456789"), name.size());
  if (digits < 4 || !name.substr(digits).starts_with('_')) return false;
  name.remove_prefix(digits + 1);
  const std::size_t dot = std::min(name.find('.'), name.size());
  const std::string_view ending = name.substr(dot);
  return phase_of(name.substr(0, dot)) && (ending == ".up.sql" || ending == ".down.sql");
}

Result<Plan> read_plan(const std::string& folder) {
  const std::string path = (std::filesystem::path(folder) / "plan.json").string();
  const auto file = read_source(path, maximum_sql_bytes);
  if (!file) return tl::unexpected(file.error());
  const Json json = Json::parse(file->text, nullptr, false);
  const Failure wrong{"'" + path + "' is not a plan of migration", "relata migrate plan writes it"};
  if (!json.is_object()) return tl::unexpected(wrong);
  try {
    if (json.at("version") != format_version) {
      return tl::unexpected(Failure{"'" + path + "' was written by another version of Relata",
                                    "make the plan again: relata migrate plan"});
    }
    Plan plan;
    plan.dialect = json.at("dialect");
    for (const Json& step : json.at("steps")) plan.steps.push_back(step_of(step));
    return plan;
  } catch (const Json::exception&) {
    return tl::unexpected(wrong);
  }
}

}  // namespace relata::migrate
