#include "app/cli/design_file.h"
#include "app/cli/json_report.h"
#include "app/cli/run.h"
#include "app/cli/source.h"
#include "emit/report.h"

namespace relata::cli {
int run_design(const Invocation& invocation, Console& console) {
  auto source = load_source(invocation.arguments[0], {}, console);
  if (!source) return exit_bad;
  if (!source->is_design()) {
    console.error("'" + invocation.arguments[0] + "' holds a schema, not requirements",
                  "relata import " + invocation.arguments[0] + " shows the design behind it");
    return exit_bad;
  }
  const std::string path = invocation.has("--output") ? invocation.value("--output")
                                                      : design_file_beside(invocation.arguments[0]);
  if (!path.empty() && !keep_edits(path, *source, console)) return exit_bad;
  if (invocation.has("--output") && !write_design(path, source->design_yaml, console))
    return exit_bad;
  console.result(invocation.has("--json")
                     ? json_report(source->design, source->file(), source->sink, {})
                     : emit::design_report(source->design, source->file(),
                                           {.colour = console.colours_result()}));
  return exit_fine;
}

}  // namespace relata::cli
