#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/migrate_command.h"
#include "app/cli/run.h"
#include "base/file.h"
#include "base/text.h"
#include "migrate/check/check.h"
#include "migrate/plan_file.h"

namespace relata::cli {
namespace {

using migrate::check::CheckReport;
using migrate::check::LockSeen;
using migrate::check::StepReport;

constexpr std::uint64_t usual_rows = 100'000;

void say(const Failure& failure, Console& console) { console.error(failure.message, failure.help); }

std::optional<std::string> script_in(const std::string& folder, std::string_view name,
                                     Console& console) {
  const auto file = read_source((std::filesystem::path(folder) / name).string(), maximum_sql_bytes);
  if (file) return file->text;
  console.error(file.error().message, "relata migrate plan writes it beside plan.json");
  return std::nullopt;
}

std::optional<std::uint64_t> rows_wanted(const Invocation& invocation, Console& console) {
  if (!invocation.has("--rows")) return usual_rows;
  const std::string text = invocation.value("--rows");
  std::uint64_t rows = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), rows);
  if (error == std::errc() && end == text.data() + text.size() && rows > 0) return rows;
  console.error("'" + text + "' is no number of rows", "relata migrate check DIR --rows 100000");
  return std::nullopt;
}

std::string milliseconds(double value) { return fmt::format("{:.0f} ms", value); }

/// The lock of a step that holds others up most: the strongest, and of those the longest.
std::string strongest_of(const StepReport& step) {
  const auto strength = [](const LockSeen& lock) {
    const std::size_t rank = migrate::check::strength_of_lock(lock.mode);
    return std::pair{rank, lock.milliseconds};
  };
  const auto strongest = std::max_element(
      step.locks.begin(), step.locks.end(),
      [&](const LockSeen& a, const LockSeen& b) { return strength(a) < strength(b); });
  if (strongest == step.locks.end()) return "-";
  return strongest->mode + " on " + strongest->table + ", " + milliseconds(strongest->milliseconds);
}

/// A table of text, each column as wide as its widest cell.
std::string table_of(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string out;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += row[i];
      if (i + 1 < row.size()) line.append(widths[i] - row[i].size() + 2, ' ');
    }
    out += line + "\n";
  }
  return out;
}

std::string steps_text(const CheckReport& report) {
  std::vector<std::vector<std::string>> rows{
      {"STEP", "TIME", "LOCK HELD", "REWRITES", "READS ALL OF", "STALL", "FAILED", "TITLE"}};
  const auto listed = [](const std::vector<std::string>& names) {
    return names.empty() ? std::string("-") : join(names, ", ");
  };
  for (const StepReport& step : report.steps) {
    rows.push_back({(step.back ? "undo " : "") + std::to_string(step.number),
                    fmt::format("{:.2f} s", step.seconds), strongest_of(step),
                    listed(step.rewritten), listed(step.scanned), milliseconds(step.longest_stall),
                    std::to_string(step.failures), step.title});
  }
  return table_of(rows);
}

std::string text_of(const CheckReport& report) {
  std::uint64_t rows = 0;
  for (const auto& table : report.tables) rows += table.rows;
  std::string out = std::to_string(rows) + " rows in " + std::to_string(report.tables.size()) +
                    " tables; " + std::to_string(report.client_statements) +
                    " statements of clients, of which " + std::to_string(report.client_failures) +
                    " failed\n";
  for (const auto& table : report.tables) {
    if (!table.refused.empty()) out += "not filled: " + table.name + ": " + table.refused + "\n";
  }
  for (const std::string& note : report.notes) out += "not tried: " + note + "\n";
  out += "\n" + steps_text(report) + "\n";
  for (const StepReport& step : report.steps) {
    for (const std::string& broken : step.broken) {
      out += "broken: " + std::string(step.back ? "undo of step " : "step ") +
             std::to_string(step.number) + ": " + broken + "\n";
    }
  }
  for (const std::string& broken : report.broken) out += "broken: " + broken + "\n";
  for (const std::string& failure : report.failures) out += "a client was told: " + failure + "\n";
  if (report.holds()) {
    out += "Every promise was kept: the result is the target, and undo gave back the start.\n";
  }
  return out;
}

nlohmann::ordered_json json_of(const StepReport& step) {
  nlohmann::ordered_json locks = nlohmann::ordered_json::array();
  for (const LockSeen& lock : step.locks) {
    locks.push_back(
        {{"table", lock.table}, {"mode", lock.mode}, {"milliseconds", lock.milliseconds}});
  }
  return {{"number", step.number},
          {"direction", step.back ? "back" : "forward"},
          {"phase", migrate::phase_name(step.phase)},
          {"title", step.title},
          {"seconds", step.seconds},
          {"locks", std::move(locks)},
          {"rewritten", step.rewritten},
          {"scanned", step.scanned},
          {"longest_stall_milliseconds", step.longest_stall},
          {"failed_client_statements", step.failures},
          {"broken", step.broken}};
}

std::string json_text(const CheckReport& report) {
  nlohmann::ordered_json tables = nlohmann::ordered_json::array();
  for (const auto& table : report.tables) {
    nlohmann::ordered_json json{{"name", table.name}, {"rows", table.rows}};
    if (!table.refused.empty()) json["refused"] = table.refused;
    tables.push_back(std::move(json));
  }
  nlohmann::ordered_json steps = nlohmann::ordered_json::array();
  for (const StepReport& step : report.steps) steps.push_back(json_of(step));
  return nlohmann::ordered_json{{"holds", report.holds()},
                                {"tables", std::move(tables)},
                                {"steps", std::move(steps)},
                                {"client_statements", report.client_statements},
                                {"failed_client_statements", report.client_failures},
                                {"failures", report.failures},
                                {"notes", report.notes},
                                {"broken", report.broken}}
             .dump(2) +
         "\n";
}

}  // namespace

int run_migrate_check(const Invocation& invocation, Console& console) {
  if (invocation.arguments.size() < 2 || !invocation.has("--db")) {
    console.error("relata migrate check needs DIR and --db URL",
                  "relata migrate check migration --db postgres://localhost/postgres; it makes "
                  "databases of its own on that server");
    return exit_bad;
  }
  const std::string& folder = invocation.arguments[1];
  const auto plan = migrate::read_plan(folder);
  if (!plan) {
    say(plan.error(), console);
    return exit_bad;
  }
  const auto rows = rows_wanted(invocation, console);
  if (!rows) return exit_bad;
  const auto start = script_in(folder, migrate::start_file, console);
  const auto target = start ? script_in(folder, migrate::target_file, console) : std::nullopt;
  if (!target) return exit_bad;
  const auto report =
      migrate::check::check({*plan, *start, *target, invocation.value("--db"), *rows},
                            [&](const std::string& text) { console.message(text + "\n"); });
  if (!report) {
    say(report.error(), console);
    return exit_bad;
  }
  console.result(invocation.has("--json") ? json_text(*report) : text_of(*report));
  return report->holds() ? exit_fine : exit_findings;
}

}  // namespace relata::cli
