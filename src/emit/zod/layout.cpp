#include <algorithm>

#include "base/text.h"
#include "emit/values/typescript_text.h"
#include "emit/zod/types.h"

namespace relata::emit::zod {
namespace {

/// Whether prettier takes an argument for one that asks for lines: a function, a regular
/// expression.
bool is_busy(const Call& call) {
  const bool function = std::any_of(
      call.arguments.begin(), call.arguments.end(),
      [](const std::string& argument) { return argument.find("=>") != std::string::npos; });
  return function || call.name.starts_with(".regex(");
}

/// The call on one line where it fits, else an argument a line.
void print_call(Printer& printer, std::size_t indentation, const std::string& head,
                const Call& call, const std::string& tail) {
  const std::string line = head + call.text() + tail;
  if (call.arguments.empty() || indentation + code_points(line) <= typescript_width) {
    printer.line(line);
    return;
  }
  printer.line(head + call.name + "(");
  printer.indent();
  for (const std::string& argument : call.arguments) printer.line(argument + ",");
  printer.outdent();
  printer.line(")" + tail);
}

}  // namespace

std::string Call::text() const {
  return arguments.empty() ? name : name + "(" + join(arguments, ", ") + ")";
}

void print_chain(Printer& printer, std::size_t indentation, const std::string& head,
                 const Chain& chain, const std::string& tail) {
  std::string line = head;
  for (const Call& call : chain) line += call.text();
  line += tail;
  const bool of_zod = chain.front().name.starts_with("z.");
  const auto calls = std::count_if(chain.begin(), chain.end(), [](const Call& call) {
    return !call.arguments.empty() || call.name.ends_with(')');
  });
  const bool asks = calls > 2 && std::any_of(chain.begin(), chain.end(), is_busy);
  const std::size_t behind = chain.size() - (of_zod ? 0 : 1);
  if (behind == 0 || (!asks && indentation + code_points(line) <= typescript_width)) {
    printer.line(line);
    return;
  }
  if (behind == 1 && !of_zod) {
    print_call(printer, indentation, head + chain.front().text(), chain.back(), tail);
    return;
  }
  // prettier sets "z" apart from its first call.
  printer.line(head + (of_zod ? std::string("z") : chain.front().text()));
  printer.indent();
  for (std::size_t i = of_zod ? 0 : 1; i < chain.size(); ++i) {
    Call call = chain[i];
    if (i == 0) call.name.erase(0, 1);
    print_call(printer, indentation + 2, "", call, i + 1 == chain.size() ? tail : "");
  }
  printer.outdent();
}

}  // namespace relata::emit::zod
