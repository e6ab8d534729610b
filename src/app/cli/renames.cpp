#include "app/cli/renames.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "app/cli/source.h"
#include "migrate/rename/requests.h"
#include "model/questions.h"

namespace relata::cli {
namespace {

/// Of more renames than anybody does by hand some lines are enough.
constexpr std::size_t most_guesses = 20;

}  // namespace

std::optional<std::vector<migrate::Rename>> wanted_renames(const Invocation& invocation,
                                                           const SourcePair& pair,
                                                           Console& console) {
  std::vector<migrate::RenameRequest> requests;
  for (const std::string& text : invocation.all("--rename")) {
    auto request = migrate::parse_rename(text);
    if (!request) {
      console.error("'" + text + "' is no rename",
                    "write such as orders=purchases or orders.total=amount");
      return std::nullopt;
    }
    requests.push_back(std::move(*request));
  }
  DiagnosticSink sink;
  auto renames = migrate::resolve_renames(pair.from, pair.to, requests, sink);
  if (!show(sink, {}, console)) return std::nullopt;
  return renames;
}

std::vector<diff::Change> rename_changes(const std::vector<migrate::Rename>& renames) {
  std::vector<diff::Change> changes;
  std::map<QualifiedName, std::string> tables;
  for (const migrate::Rename& rename : renames) {
    diff::Change change{diff::ChangeKind::renamed, "table", rename.table, {}, {}, {}, {}};
    if (rename.column.empty()) {
      tables.emplace(rename.table, rename.name);
      change.before = rename.table.name;
      change.owner.name = rename.name;
    } else {
      const auto moved = tables.find(rename.table);
      if (moved != tables.end()) change.owner.name = moved->second;
      change.object = "column";
      change.name = rename.name;
      change.before = rename.column;
    }
    change.after = rename.name;
    changes.push_back(std::move(change));
  }
  return changes;
}

void show_guesses(const std::vector<diff::RenameGuess>& guesses, Console& console) {
  const std::size_t shown = std::min(guesses.size(), most_guesses);
  for (std::size_t i = 0; i < shown; ++i) {
    const diff::RenameGuess& guess = guesses[i];
    const std::string dot = guess.column.empty() ? "" : ".";
    console.message(plain_name(guess.table) + dot + guess.column + " may be called " +
                    plain_name(guess.new_table) + dot + guess.new_column + " now: --rename " +
                    diff::rename_argument(guess) + "\n");
  }
  if (shown < guesses.size()) {
    console.message("and " + std::to_string(guesses.size() - shown) +
                    " more that look like renames: --json tells them all\n");
  }
}

}  // namespace relata::cli
