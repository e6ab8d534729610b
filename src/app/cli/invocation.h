#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/cli/commands.h"

namespace relata::cli {

/// A command line that fits the table of commands.
struct Invocation {
  const Command* command = nullptr;           ///< Null: only a common flag was given.
  std::vector<std::string> arguments;         ///< Positional, at most as many as the command has.
  std::map<std::string, std::string> values;  ///< By flag name with dashes; a switch has "".
  std::map<std::string, std::vector<std::string>> lists;  ///< All values of repeatable flags.

  [[nodiscard]] bool has(std::string_view flag) const { return values.contains(std::string(flag)); }
  /// Value of a flag, empty when it was not given.
  [[nodiscard]] std::string value(std::string_view flag) const {
    const auto found = values.find(std::string(flag));
    return found == values.end() ? std::string() : found->second;
  }
  /// Values of a repeatable flag, in their order.
  [[nodiscard]] std::vector<std::string> all(std::string_view flag) const {
    const auto found = lists.find(std::string(flag));
    return found == lists.end() ? std::vector<std::string>() : found->second;
  }
};

/// What is wrong with a command line, and what was probably meant.
struct UsageError {
  std::string message;
  std::string help;
};

/// Parses the arguments after the program's name.
[[nodiscard]] std::variant<Invocation, UsageError> parse_arguments(
    const std::vector<std::string>& arguments);

/// "did you mean 'WORD'?" for the candidate nearest to a word, or empty.
[[nodiscard]] std::string suggestion(std::string_view word,
                                     const std::vector<std::string_view>& candidates);

/// What to say about a value that is not in its table: the nearest one, or all there are.
[[nodiscard]] std::string choice_help(std::string_view word, Completes choices);

}  // namespace relata::cli
