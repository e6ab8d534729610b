// Drizzle ORM 0.45: NNNN_name.sql, which meta/_journal.json lists, and a snapshot of the schema
// beside the last of them, from which `drizzle-kit generate` goes on
// (https://orm.drizzle.team/docs/kit-overview). All pending migrations run in one transaction:
// COMMIT and BEGIN as statements of their own stand around what cannot be in it. Drizzle has no way
// back; NNNN_name.down.sql is a script for the database's own client.
//
// Drizzle 1.0 keeps folders YYYYMMDDHHMMSS_name with migration.sql; its snapshots are its own.

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/text.h"
#include "emit/drizzle/plan.h"
#include "emit/drizzle/snapshot.h"
#include "migrate/tool.h"
#include "migrate/tools/client_script.h"
#include "migrate/tools/folder.h"
#include "migrate/tools/unit.h"

namespace relata::migrate {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view journal_path = "meta/_journal.json";
constexpr std::string_view breakpoint = "--> statement-breakpoint\n";
/// Where a history begins that has no migration yet, and how far apart new ones are, in
/// milliseconds.
constexpr std::int64_t first_time = 1735689600000;
constexpr std::int64_t between = 1000;

/// The journal and the snapshots that are there.
struct History {
  std::string folder;  ///< Of the journal, with its slash.
  Json journal;
  std::int64_t next_index = 0;
  std::int64_t next_time = first_time;
  std::string last_snapshot = std::string(emit::drizzle::no_snapshot);
};

std::string wrong_journal(const ToolInput& input, std::string_view path) {
  return "'" + input.folder.name + "/" + std::string(path) + "' is not a journal of drizzle-kit";
}

/// The id of the newest snapshot: their numbers put them in order.
std::string newest_snapshot(const ToolInput& input, const std::string& folder) {
  std::string newest;
  const std::string meta = folder + "meta/";
  for (const std::string& path : input.folder.paths) {
    if (path.starts_with(meta) && path.ends_with("_snapshot.json")) newest = path;
  }
  if (newest.empty()) return std::string(emit::drizzle::no_snapshot);
  const auto text = input.folder.text(newest);
  const Json json = text ? Json::parse(*text, nullptr, false) : Json();
  return json.is_object() ? json.value("id", std::string(emit::drizzle::no_snapshot))
                          : std::string(emit::drizzle::no_snapshot);
}

std::optional<History> history_of(const ToolInput& input, const emit::drizzle::Flavor& flavor,
                                  DiagnosticSink& sink) {
  History history;
  history.folder = folder_of_marker(input.folder, journal_path);
  const std::string path = history.folder + std::string(journal_path);
  if (!holds(input.folder, path)) {
    history.journal = Json{{"version", "7"}, {"dialect", flavor.kit_dialect}};
    history.journal["entries"] = Json::array();
    return history;
  }
  const auto text = input.folder.text(path);
  history.journal = text ? Json::parse(*text, nullptr, false) : Json();
  try {
    if (history.journal.at("dialect") != std::string(flavor.kit_dialect)) {
      sink.error("other-dialect", "the migrations in '" + input.folder.name + "' are for " +
                                      history.journal.at("dialect").get<std::string>());
      return std::nullopt;
    }
    for (const Json& entry : history.journal.at("entries")) {
      const auto index = entry.at("idx").get<std::int64_t>();
      const auto when = entry.at("when").get<std::int64_t>();
      history.next_index = std::max(history.next_index, index + 1);
      history.next_time = std::max(history.next_time, when + between);
    }
  } catch (const Json::exception&) {
    sink.error("wrong-journal", wrong_journal(input, path));
    return std::nullopt;
  }
  history.last_snapshot = newest_snapshot(input, history.folder);
  return history;
}

/// Statements as drizzle-kit separates them.
class Script {
 public:
  Script(const Dialect& dialect, Phase phase)
      : dialect_(dialect), head_("-- " + std::string(description_of(phase)) + "\n") {}

  void add(const Command& command) {
    if (!text_.empty()) text_ += breakpoint;
    text_ += head_ + sql_remarks(dialect_, command) + command.sql + ";\n";
    head_.clear();
  }
  void add(std::string_view sql, const std::vector<std::string>& remarks = {}) {
    add({CommandKind::work, std::string(sql), remarks, false});
  }
  void add(const Section& section) {
    for (const Command& command : section.commands) add(command);
  }
  std::string take() { return std::move(text_); }

 private:
  const Dialect& dialect_;
  std::string head_;
  std::string text_;
};

std::string forward_script(const Unit& unit, const Dialect& dialect) {
  Script script(dialect, unit.phase);
  if (unit.forward.keys_off) {
    script.add("PRAGMA foreign_keys=OFF");
    script.add(unit.forward);
    script.add("PRAGMA foreign_keys=ON");
  } else if (unit.forward.apart) {
    script.add("COMMIT", {"What follows cannot be in a transaction."});
    script.add(unit.forward);
    script.add("BEGIN");
  } else if (unit.forward.fresh) {
    script.add("COMMIT", {"No lock of the migrations before is held while tables are read."});
    script.add("BEGIN");
    script.add(unit.forward);
  } else {
    script.add(unit.forward);
  }
  return script.take();
}

/// The rows of Drizzle's own table, which tell what has been run.
std::string forget_migration(const Dialect& dialect, std::int64_t when) {
  const std::string table = dialect.identifier("__drizzle_migrations");
  const bool has_schemas = dialect.id() == "postgres";
  return "DELETE FROM " + (has_schemas ? dialect.identifier("drizzle") + "." : "") + table +
         " WHERE created_at = " + std::to_string(when);
}

std::string down_script(const Unit& unit, const Dialect& dialect, std::string_view forget) {
  std::string out = "-- The way back, for the database's own client.\n";
  for (const Section& section : unit.back) out += client_section(dialect, section);
  if (!forget.empty()) out += "-- Drizzle runs it again.\n" + std::string(forget) + ";\n";
  return out;
}

/// Whether the folder has the layout of Drizzle 1.0: folders with a migration and its snapshot.
std::optional<std::string> folders_of_1_0(const sql::FolderListing& folder) {
  for (const std::string& path : folder.paths) {
    if (!path.ends_with("/snapshot.json")) continue;
    const std::string own = path.substr(0, path.size() - std::string_view("/snapshot.json").size());
    if (!holds(folder, own + "/migration.sql")) continue;
    return own.substr(0, own.rfind('/') + 1);
  }
  return std::nullopt;
}

std::vector<emit::OutputFile> folders(const ToolInput& input, const std::vector<Unit>& units,
                                      const std::string& parent, DiagnosticSink& sink) {
  std::vector<emit::OutputFile> files;
  std::string moment = next_folder_moment(input.folder, parent);
  for (const Unit& unit : units) {
    const std::string own = parent + moment + "_" + unit.name + "/";
    files.push_back({own + "migration.sql", forward_script(unit, input.to->dialect)});
    files.push_back({own + "down.sql", down_script(unit, input.to->dialect, {})});
    moment = next_moment(moment);
  }
  sink.note("no-snapshot", "Drizzle 1.0 keeps snapshots that only it can write", {}, {},
            "its migrator runs the migrations without them; drizzle-kit generate would repeat "
            "them: take what it writes next as a custom migration");
  return files;
}

}  // namespace

std::vector<emit::OutputFile> write_drizzle(const ToolInput& input, DiagnosticSink& sink) {
  const Dialect& dialect = input.to->dialect;
  const emit::drizzle::Flavor* flavor = emit::drizzle::find_flavor(dialect.id());
  const std::vector<Unit> units = units_of(input.plan, dialect, {});
  if (const auto parent = folders_of_1_0(input.folder); parent && !units.empty()) {
    return folders(input, units, *parent, sink);
  }
  auto history = history_of(input, *flavor, sink);
  if (!history || units.empty()) return {};
  std::vector<emit::OutputFile> files;
  std::string number;
  for (const Unit& unit : units) {
    number = padded(static_cast<std::uint64_t>(history->next_index), 4);
    const std::string tag = number + "_" + unit.name;
    history->journal["entries"].push_back(Json{{"idx", history->next_index},
                                               {"version", flavor->version},
                                               {"when", history->next_time},
                                               {"tag", tag},
                                               {"breakpoints", true}});
    files.push_back({history->folder + tag + ".sql", forward_script(unit, dialect)});
    files.push_back({history->folder + tag + ".down.sql",
                     down_script(unit, dialect, forget_migration(dialect, history->next_time))});
    ++history->next_index;
    history->next_time += between;
  }
  const emit::drizzle::Plan after = emit::drizzle::make_plan(*input.to, *flavor);
  files.push_back({history->folder + "meta/" + number + "_snapshot.json",
                   emit::drizzle::snapshot(after, history->last_snapshot)});
  files.push_back({history->folder + std::string(journal_path), history->journal.dump(2)});
  return files;
}

}  // namespace relata::migrate
