#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relata::cli {

/// What a shell offers when it completes a value.
enum class Completes { nothing, file, folder, target, dialect, command, shell, migration, tool };

/// One flag of a command. A flag without a value name is a switch.
struct Flag {
  std::string_view name;   ///< With its dashes: "--output".
  char letter = '\0';      ///< Short form without the dash; '\0': none.
  std::string_view value;  ///< Name of its value in help: "DIR"; empty: a switch.
  Completes completes = Completes::nothing;
  std::string_view summary;  ///< One line.
  bool required = false;
  bool repeatable = false;  ///< May be given more than once.
};

/// One positional argument of a command.
struct Argument {
  std::string_view name;  ///< As in help: "SOURCE".
  Completes completes = Completes::nothing;
  bool required = true;
  std::string_view summary;
};

/// One command of the program. Parsing, help, the man page, the completions and docs/cli.md are all
/// made from this.
struct Command {
  std::string_view name;
  std::string_view summary;      ///< One line.
  std::string_view description;  ///< Paragraphs, parted by empty lines; no line breaks inside one.
  std::vector<Argument> arguments;
  std::vector<Flag> flags;
  std::vector<std::string_view> examples;  ///< Command lines.
};

[[nodiscard]] const std::vector<Command>& commands();
[[nodiscard]] const Command* find_command(std::string_view name);

/// Flags that stand before or after any command.
[[nodiscard]] const std::vector<Flag>& common_flags();

/// What may be given where a value is completed (targets, dialects, commands, shells), in the order
/// of their tables; empty for files and folders.
[[nodiscard]] std::vector<std::string_view> values_of(Completes completes);

}  // namespace relata::cli
