#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/guesses_json.h"
#include "app/cli/renames.h"
#include "app/cli/run.h"
#include "app/cli/source_pair.h"
#include "diff/diff.h"
#include "diff/renames.h"
#include "migrate/parking/parked.h"
#include "migrate/rename.h"

namespace relata::cli {
namespace {

nlohmann::ordered_json change_json(const diff::Change& change) {
  static constexpr std::string_view kinds[] = {"added", "removed", "changed", "renamed"};
  nlohmann::ordered_json json;
  json["kind"] = kinds[static_cast<std::size_t>(change.kind)];
  json["object"] = change.object;
  if (!change.owner.schema.empty()) json["schema"] = change.owner.schema;
  json["owner"] = change.owner.name;
  if (!change.name.empty()) json["name"] = change.name;
  if (!change.attribute.empty()) json["attribute"] = change.attribute;
  if (!change.before.empty()) json["before"] = change.before;
  if (!change.after.empty()) json["after"] = change.after;
  return json;
}

std::string json_text(const std::vector<diff::Change>& changes,
                      const std::vector<diff::RenameGuess>& guesses) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const diff::Change& change : changes) list.push_back(change_json(change));
  nlohmann::ordered_json json{{"changes", std::move(list)}};
  json["guesses"] = guesses_json(guesses);
  return json.dump(2) + "\n";
}

}  // namespace

int run_diff(const Invocation& invocation, Console& console) {
  const auto pair = load_pair(invocation, 0, Decides::to, console);
  if (!pair) return exit_bad;
  const auto renames = wanted_renames(invocation, *pair, console);
  if (!renames) return exit_bad;
  Schema from = migrate::renamed(pair->from, *renames);
  migrate::forget_parked_columns(from);
  std::vector<diff::Change> changes = rename_changes(*renames);
  for (diff::Change& change : diff::compare(from, pair->to)) changes.push_back(std::move(change));
  if (!invocation.has("--column-order")) {
    std::erase_if(
        changes, [](const diff::Change& change) { return change.attribute == diff::column_order; });
  }
  const auto guesses = diff::guess_renames(from, pair->to);
  show_guesses(guesses, console);
  console.result(invocation.has("--json") ? json_text(changes, guesses) : diff::report(changes));
  return changes.empty() ? exit_fine : exit_findings;
}

}  // namespace relata::cli
