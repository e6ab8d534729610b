#include <string>

#include "app/cli/artifact.h"
#include "app/cli/dialect_choice.h"
#include "app/cli/run.h"
#include "app/cli/source.h"

namespace relata::cli {
namespace {

/// The file that stands for the target, or all of them, each under its name.
std::string shown(const Artifact& artifact, const std::vector<emit::OutputFile>& files) {
  for (const emit::OutputFile& file : files) {
    if (file.path == artifact.file) return file.content;
  }
  std::string out;
  for (const emit::OutputFile& file : files) {
    out += (out.empty() ? "=== " : "\n=== ") + file.path + "\n" + file.content;
  }
  return out;
}

}  // namespace

int run_emit(const Invocation& invocation, Console& console) {
  const std::string& id = invocation.arguments[0];
  const Artifact* artifact = find_artifact(id);
  if (artifact == nullptr) {
    console.error("unknown target '" + id + "'", choice_help(id, Completes::target));
    return exit_bad;
  }
  const auto choice = dialect_choice(invocation, console);
  if (!choice) return exit_bad;
  if (choice->dialect != nullptr && find_dialect(id) != nullptr && choice->dialect->id() != id) {
    console.error("the target '" + id + "' is a dialect itself, other than --dialect " +
                      std::string(choice->dialect->id()),
                  "leave --dialect out, or name the same");
    return exit_bad;
  }
  auto reading = source_options(invocation, console);
  if (!reading) return exit_bad;
  if (find_dialect(id) != nullptr) reading->written_in = id;
  auto source = load_source(invocation.arguments[1], *reading, console);
  if (!source) return exit_bad;
  DiagnosticSink sink;
  const Schema& schema = schema_of(*source, *reading, sink);
  ArtifactWriter writer(*source, schema, *choice, sink);
  console.result(shown(*artifact, writer.write(*artifact)));
  return show(sink, source->files, console) ? exit_fine : exit_bad;
}

}  // namespace relata::cli
