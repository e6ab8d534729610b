#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "app/cli/artifact.h"
#include "app/cli/design_file.h"
#include "app/cli/dialect_choice.h"
#include "app/cli/json_report.h"
#include "app/cli/output_folder.h"
#include "app/cli/report.h"
#include "app/cli/run.h"
#include "app/cli/source.h"
#include "app/cli/unified_diff.h"
#include "base/parallel.h"
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

/// What is to be done with the files in their folder.
struct Plan {
  std::vector<TargetFile> files;
  std::vector<std::string> left_over;  ///< Paths that nothing is written to any more.
  std::vector<std::string> edited;     ///< Paths that would lose a person's changes.
  std::string drift;                   ///< Unified diffs of what is not as it should be.
};

/// Compares the files with the folder; nothing after a message. The design keeps edits itself.
/// `with_diffs`: say line by line what differs.
std::optional<Plan> compare(const OutputFolder& folder, const std::vector<std::string>& targets,
                            std::vector<TargetFile> files, bool with_diffs, Console& console) {
  Plan plan;
  plan.left_over = folder.left_over(targets, files);
  std::vector<Result<FileState>> states(files.size(), FileState::missing);
  for_each_index(files.size(),
                 [&](std::size_t at) { states[at] = folder.state_of(files[at].file); });
  for (std::size_t at = 0; at < files.size(); ++at) {
    const emit::OutputFile& file = files[at].file;
    const auto content = with_diffs ? folder.read(file.path) : Result<std::string>();
    if (!states[at] || !content) {
      const Failure& failure = states[at] ? content.error() : states[at].error();
      console.error(failure.message, failure.help);
      return std::nullopt;
    }
    const FileState state = *states[at];
    if (state == FileState::kept) continue;
    if (state == FileState::edited && file.path != design_file_name) {
      plan.edited.push_back(file.path);
    }
    if (with_diffs && state != FileState::same) {
      const bool missing = state == FileState::missing;
      plan.drift += unified_diff(*content, file.content, missing ? "" : file.path, file.path);
    }
    files[at].stands = state == FileState::same;
    plan.files.push_back(std::move(files[at]));
  }
  for (const std::string& path : plan.left_over) {
    if (!with_diffs) break;
    plan.drift += unified_diff(*folder.read(path), "", path, "");
  }
  return plan;
}

std::string listed(const std::string& folder, const Plan& plan) {
  std::string out = "\nWritten to " + folder + ":\n";
  for (const TargetFile& one : plan.files) out += "  " + one.file.path + "\n";
  for (const std::string& path : plan.left_over) out += "  " + path + " (removed)\n";
  return out;
}

int report_drift(const Plan& plan, const std::string& folder, Console& console) {
  console.result(plan.drift);
  if (plan.drift.empty()) return exit_fine;
  console.message("'" + folder +
                  "' is not what the source gives: run relata build without --check\n");
  return exit_findings;
}

bool refuse_edited(const Plan& plan, const Invocation& invocation, Console& console) {
  if (plan.edited.empty() || invocation.has("--force")) return false;
  console.error("these files were changed since Relata wrote them, or are somebody else's: " +
                    join(plan.edited, ", "),
                "nothing was written; move the changes elsewhere, or write over them with --force");
  return true;
}

}  // namespace

int run_build(const Invocation& invocation, Console& console) {
  const auto chosen = chosen_artifacts(invocation, console);
  if (!chosen) return exit_bad;
  const auto choice = dialect_choice(invocation, console);
  if (!choice) return exit_bad;
  const auto reading = source_options(invocation, console);
  if (!reading) return exit_bad;
  auto source = load_source(invocation.arguments[0], *reading, console);
  if (!source) return exit_bad;
  const std::string folder = invocation.value("--output");
  const std::string design_path = (std::filesystem::path(folder) / design_file_name).string();
  if (!keep_edits(design_path, *source, console)) return exit_bad;
  auto output = OutputFolder::open(folder);
  if (!output) {
    console.error(output.error().message, output.error().help);
    return exit_bad;
  }
  DiagnosticSink sink;
  const Schema& schema = schema_of(*source, *reading, sink);
  ArtifactWriter writer(*source, schema, *choice, sink);
  std::vector<const Artifact*> wanted = *chosen;
  std::erase_if(wanted, [&](const Artifact* artifact) {
    return artifact->file == design_file_name && source->kind == SourceKind::design;
  });
  std::vector<TargetFile> files;
  std::vector<std::string> targets;
  std::vector<std::vector<emit::OutputFile>> written_files = writer.write_all(wanted);
  for (std::size_t at = 0; at < wanted.size(); ++at) {
    targets.emplace_back(wanted[at]->id);
    for (emit::OutputFile& file : written_files[at]) {
      files.push_back({std::string(wanted[at]->id), std::move(file), false});
    }
  }
  if (!show(sink, source->files, console)) return exit_bad;
  const auto plan = compare(*output, targets, std::move(files), invocation.has("--check"), console);
  if (!plan) return exit_bad;
  if (invocation.has("--check")) return report_drift(*plan, folder, console);
  if (refuse_edited(*plan, invocation, console)) return exit_bad;
  if (const auto written = output->write(plan->files, plan->left_over); !written) {
    console.error(written.error().message, written.error().help);
    return exit_bad;
  }
  DiagnosticSink lifted;  // what the design cannot say was shown with the design already
  const design::Design design = design_of(*source, lifted);
  if (invocation.has("--json")) {
    Files contents;
    for (const TargetFile& one : plan->files) {
      contents.emplace_back(one.file.path, one.file.content);
    }
    console.result(json_report(design, source->file(), sink, contents));
  } else {
    console.result(short_report(design, console.colours_result()));
    console.result(listed(folder, *plan));
  }
  return exit_fine;
}

}  // namespace relata::cli
