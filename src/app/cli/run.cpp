#include "app/cli/run.h"

#include <array>
#include <new>
#include <utility>

#include "app/cli/help.h"

namespace relata::cli {
namespace {

using Runner = int (*)(const Invocation&, Console&);

constexpr std::array<std::pair<std::string_view, Runner>, 8> runners{{
    {"design", run_design},
    {"build", run_build},
    {"emit", run_emit},
    {"import", run_import},
    {"diff", run_diff},
    {"migrate", run_migrate},
    {"explain", run_explain},
    {"help", run_help},
}};

int dispatch(const Invocation& invocation, Console& console) {
  if (invocation.has("--version")) {
    console.result(version_text());
    return exit_fine;
  }
  if (invocation.has("--help")) {
    console.result(invocation.command == nullptr ? overview_text()
                                                 : help_text(*invocation.command));
    return exit_fine;
  }
  for (const auto& [name, runner] : runners) {
    if (invocation.command->name == name) return runner(invocation, console);
  }
  return exit_bad;
}

}  // namespace

int run(const std::vector<std::string>& arguments) {
  Console console;
  try {
    const auto parsed = parse_arguments(arguments);
    if (const auto* usage = std::get_if<UsageError>(&parsed)) {
      console.error(usage->message, usage->help);
      return exit_bad;
    }
    return console.finish(dispatch(std::get<Invocation>(parsed), console));
  } catch (const std::bad_alloc&) {
    console.error("out of memory");
    return exit_bad;
  }
}

}  // namespace relata::cli
