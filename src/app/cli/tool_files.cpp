#include "app/cli/tool_files.h"

#include <algorithm>
#include <filesystem>

#include "app/cli/native_schema.h"
#include "app/cli/source.h"
#include "base/file.h"
#include "migrate/plan_file.h"

namespace relata::cli {
namespace {

/// A schema as a target of `relata build` sees it.
struct Seen {
  Seen(const Schema& given, const Dialect& dialect)
      : native(native_schema(given, dialect, {}, unheard)),
        input{given, native.schema, dialect, native.create, native.drop} {}

  DiagnosticSink unheard;  // said when the schema itself is emitted
  NativeSchema native;
  emit::TargetInput input;
};

/// What is in a folder that need not be there yet.
Result<sql::FolderListing> list(const std::string& folder) {
  std::error_code ignored;
  if (std::filesystem::exists(folder, ignored)) return sql::list_folder(folder);
  sql::FolderListing empty;
  empty.name = folder;
  return empty;
}

/// Removes the phases of another plan that was in the folder: who reads it would take them for this
/// one's.
Result<void> remove_left_over(const std::string& folder, const sql::FolderListing& listing,
                              const std::vector<emit::OutputFile>& written) {
  const auto is_written = [&](const std::string& path) {
    return std::any_of(written.begin(), written.end(),
                       [&](const auto& file) { return file.path == path; });
  };
  for (const std::string& path : listing.paths) {
    if (!migrate::is_phase_file(path) || is_written(path)) continue;
    const std::filesystem::path whole = std::filesystem::path(folder) / path;
    std::error_code error;
    if (!std::filesystem::remove(whole, error) && error) {
      return tl::unexpected(Failure{"cannot remove '" + whole.string() + "': " + error.message(),
                                    "It belongs to the plan that was there before."});
    }
  }
  return {};
}

}  // namespace

const migrate::Tool* tool_choice(const Invocation& invocation, Console& console) {
  if (!invocation.has("--tool")) return &migrate::tools().front();
  const std::string& id = invocation.value("--tool");
  const migrate::Tool* tool = migrate::find_tool(id);
  if (tool == nullptr) {
    console.error("unknown tool '" + id + "'", choice_help(id, Completes::tool));
  }
  return tool;
}

bool write_for_tool(const migrate::Tool& tool, const migrate::Plan& plan,
                    const migrate::PlanEnds* ends, const SourcePair& pair,
                    const std::string& folder, Console& console) {
  const auto listing = list(folder);
  if (!listing) {
    console.error(listing.error().message, listing.error().help);
    return false;
  }
  std::optional<Seen> from;
  std::optional<Seen> to;
  migrate::ToolInput input{plan, ends, nullptr, nullptr, *listing};
  if (tool.asks_for_schemas) {
    from.emplace(pair.given_from, *pair.dialect);
    to.emplace(pair.given_to, *pair.dialect);
    input.from = &from->input;
    input.to = &to->input;
  }
  DiagnosticSink sink;
  const std::vector<emit::OutputFile> files = tool.write(input, sink);
  if (!show(sink, {}, console)) return false;
  if (const auto written = write_files(folder, emit::texts_of(files)); !written) {
    console.error(written.error().message, written.error().help);
    return false;
  }
  if (files.empty() || files.front().path != "plan.json") return true;
  if (const auto removed = remove_left_over(folder, *listing, files); !removed) {
    console.error(removed.error().message, removed.error().help);
    return false;
  }
  return true;
}

}  // namespace relata::cli
