#include "app/cli/help.h"
#include "app/cli/run.h"

namespace relata::cli {

int run_help(const Invocation& invocation, Console& console) {
  if (invocation.has("--man")) {
    console.result(man_page());
  } else if (invocation.has("--markdown")) {
    console.result(reference_page());
  } else if (invocation.has("--completion")) {
    const std::string shell = invocation.value("--completion");
    const std::string script = completion_script(shell);
    if (script.empty()) {
      console.error("no completions for '" + shell + "'", choice_help(shell, Completes::shell));
      return exit_bad;
    }
    console.result(script);
  } else if (!invocation.arguments.empty()) {
    const Command* command = find_command(invocation.arguments[0]);
    if (command == nullptr) {
      console.error("unknown command '" + invocation.arguments[0] + "'",
                    choice_help(invocation.arguments[0], Completes::command));
      return exit_bad;
    }
    console.result(help_text(*command));
  } else {
    console.result(overview_text());
  }
  return exit_fine;
}

}  // namespace relata::cli
