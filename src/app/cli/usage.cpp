#include "app/cli/usage.h"

#include <algorithm>

namespace relata::cli {

std::string flag_synopsis(const Flag& flag) {
  std::string out;
  if (flag.letter != '\0') out += std::string("-") + flag.letter + ", ";
  out += flag.name;
  if (!flag.value.empty()) out += " " + std::string(flag.value);
  return out;
}

std::string synopsis(const Command& command) {
  std::string out = "relata " + std::string(command.name);
  for (const Argument& argument : command.arguments) {
    const std::string name(argument.name);
    out += argument.required ? " " + name : " [" + name + "]";
  }
  for (const Flag& flag : command.flags) {
    std::string use = flag.letter != '\0' ? std::string("-") + flag.letter : std::string(flag.name);
    if (!flag.value.empty()) use += " " + std::string(flag.value);
    out += flag.required ? " " + use : " [" + use + "]";
    if (flag.repeatable) out += "...";
  }
  return out;
}

bool takes_target(const Command& command) {
  const auto names_target = [](const auto& item) { return item.completes == Completes::target; };
  return std::any_of(command.arguments.begin(), command.arguments.end(), names_target) ||
         std::any_of(command.flags.begin(), command.flags.end(), names_target);
}

}  // namespace relata::cli
