#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "app/cli/artifact.h"
#include "app/cli/design_file.h"
#include "app/cli/json_report.h"
#include "app/cli/report.h"
#include "app/cli/run.h"
#include "app/cli/source.h"
#include "base/file.h"
#include "base/text.h"

namespace relata::cli {
namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

/// The artifacts that --target names, all of them without it; nothing after a message about an
/// unknown one.
std::optional<std::vector<const Artifact*>> chosen_artifacts(const Invocation& invocation,
                                                             Console& console) {
  std::vector<const Artifact*> chosen;
  if (!invocation.has("--target")) {
    for (const Artifact& artifact : artifacts()) chosen.push_back(&artifact);
    return chosen;
  }
  const std::string list = invocation.value("--target");
  for (std::string_view id : split(list, ',')) {
    const Artifact* artifact = find_artifact(trim(id));
    if (artifact == nullptr) {
      console.error("unknown target '" + std::string(trim(id)) + "'",
                    choice_help(trim(id), Completes::target));
      return std::nullopt;
    }
    chosen.push_back(artifact);
  }
  return chosen;
}

std::string listed(const std::string& folder, const Files& files) {
  std::string out = "\nWritten to " + folder + ":\n";
  for (const auto& [name, content] : files) out += "  " + name + "\n";
  return out;
}

}  // namespace

int run_build(const Invocation& invocation, Console& console) {
  const auto chosen = chosen_artifacts(invocation, console);
  if (!chosen) return exit_bad;
  const auto reading = source_options(invocation, console);
  if (!reading) return exit_bad;
  auto source = load_source(invocation.arguments[0], *reading, console);
  if (!source) return exit_bad;
  const std::string folder = invocation.value("--output");
  const std::string design_path = (std::filesystem::path(folder) / design_file_name).string();
  if (!keep_edits(design_path, *source, console)) return exit_bad;
  DiagnosticSink sink;
  const Schema& schema = schema_of(*source, *reading, sink);
  Files files;
  for (const Artifact* artifact : *chosen) {
    if (artifact->file == design_file_name && source->kind == SourceKind::design) continue;
    files.emplace_back(artifact->file, write_artifact(*artifact, *source, schema, {}, sink));
  }
  if (!show(sink, source->files, console)) return exit_bad;
  if (const auto written = write_files(folder, files); !written) {
    console.error(written.error().message, written.error().help);
    return exit_bad;
  }
  DiagnosticSink lifted;  // what the design cannot say was shown with the design already
  const design::Design design = design_of(*source, lifted);
  if (invocation.has("--json")) {
    console.result(json_report(design, source->file(), sink, files));
  } else {
    console.result(short_report(design, console.colours_result()));
    console.result(listed(folder, files));
  }
  return exit_fine;
}

}  // namespace relata::cli
