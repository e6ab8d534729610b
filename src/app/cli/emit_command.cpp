#include "app/cli/artifact.h"
#include "app/cli/run.h"
#include "app/cli/source.h"
#include "design/expand.h"

namespace relata::cli {

int run_emit(const Invocation& invocation, Console& console) {
  const std::string& id = invocation.arguments[0];
  const Artifact* artifact = find_artifact(id);
  if (artifact == nullptr) {
    console.error("unknown target '" + id + "'", choice_help(id, Completes::target));
    return exit_bad;
  }
  const auto source = load_source(invocation.arguments[1], console);
  if (!source) return exit_bad;
  DiagnosticSink sink;
  const Schema schema = design::expand(source->design, {.bare = invocation.has("--bare")}, sink);
  console.result(write_artifact(*artifact, source->design, schema, sink));
  return show(sink, source->file, console) ? exit_fine : exit_bad;
}

}  // namespace relata::cli
