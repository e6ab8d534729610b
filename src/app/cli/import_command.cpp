#include <filesystem>
#include <string>

#include "app/cli/json_report.h"
#include "app/cli/run.h"
#include "app/cli/source.h"
#include "base/file.h"
#include "emit/design_schema.h"
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
  if (invocation.has("--output")) {
    const std::filesystem::path file(invocation.value("--output"));
    const std::string yaml = source->is_design()
                                 ? source->design_yaml
                                 : emit::design_yaml(design, nullptr, design::Base());
    const auto written = write_files(
        file.parent_path().string(),
        {{file.filename().string(), yaml}, {emit::design_schema_file, emit::design_schema()}});
    if (!written) {
      console.error(written.error().message, written.error().help);
      return exit_bad;
    }
  }
  if (!show(sink, source->files, console)) return exit_bad;
  console.result(
      invocation.has("--json")
          ? json_report(design, source->file(), sink, {})
          : emit::design_report(design, source->file(), {.colour = console.colours_result()}));
  return exit_fine;
}

}  // namespace relata::cli
