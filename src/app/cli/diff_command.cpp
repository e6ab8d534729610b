#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/run.h"
#include "app/cli/source_pair.h"
#include "diff/diff.h"

namespace relata::cli {
namespace {

std::string json_text(const std::vector<diff::Change>& changes) {
  static constexpr std::string_view kinds[] = {"added", "removed", "changed"};
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const diff::Change& change : changes) {
    nlohmann::ordered_json json;
    json["kind"] = kinds[static_cast<std::size_t>(change.kind)];
    json["object"] = change.object;
    if (!change.owner.schema.empty()) json["schema"] = change.owner.schema;
    json["owner"] = change.owner.name;
    if (!change.name.empty()) json["name"] = change.name;
    if (!change.attribute.empty()) json["attribute"] = change.attribute;
    if (!change.before.empty()) json["before"] = change.before;
    if (!change.after.empty()) json["after"] = change.after;
    list.push_back(std::move(json));
  }
  return nlohmann::ordered_json{{"changes", std::move(list)}}.dump(2) + "\n";
}

std::string plain_text(const std::vector<diff::Change>& changes) {
  std::string text;
  for (const diff::Change& change : changes) text += diff::describe(change) + "\n";
  return text;
}

}  // namespace

int run_diff(const Invocation& invocation, Console& console) {
  const auto pair = load_pair(invocation, 0, Decides::to, console);
  if (!pair) return exit_bad;
  auto changes = diff::compare(pair->from, pair->to);
  if (!invocation.has("--column-order")) {
    std::erase_if(
        changes, [](const diff::Change& change) { return change.attribute == diff::column_order; });
  }
  console.result(invocation.has("--json") ? json_text(changes) : plain_text(changes));
  return changes.empty() ? exit_fine : exit_findings;
}

}  // namespace relata::cli
