#include <string>

#include "app/cli/design_file.h"
#include "app/cli/json_report.h"
#include "app/cli/run.h"
#include "app/cli/source.h"
#include "emit/design_yaml.h"
#include "emit/report.h"

namespace relata::cli {

int run_import(const Invocation& invocation, Console& console) {
  const auto reading = source_options(invocation, console);
  if (!reading) return exit_bad;
  const auto source = load_source(invocation.arguments[0], *reading, console);
  if (!source) return exit_bad;
  DiagnosticSink sink;
  const design::Design design = design_of(*source, sink);
  if (!show(sink, source->files, console)) return exit_bad;
  if (invocation.has("--output")) {
    const std::string yaml = source->is_design()
                                 ? source->design_yaml
                                 : emit::design_yaml(design, nullptr, design::Base());
    if (!write_design(invocation.value("--output"), yaml, console)) return exit_bad;
  }
  console.result(
      invocation.has("--json")
          ? json_report(design, source->file(), sink, {})
          : emit::design_report(design, source->file(), {.colour = console.colours_result()}));
  return exit_fine;
}

}  // namespace relata::cli
