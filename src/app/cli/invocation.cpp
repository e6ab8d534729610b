#include "app/cli/invocation.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <utility>

#include "base/text.h"

namespace relata::cli {
namespace {

/// CLI11's parser of one command, and where it puts what it reads.
struct Parser {
  std::unique_ptr<CLI::App> app;
  std::vector<Flag> flags;
  std::vector<std::string> arguments;
  std::vector<CLI::Option*> options;  ///< One for each of `flags`.
};

std::string option_names(const Flag& flag) {
  std::string names(flag.name);
  if (flag.letter != '\0') names += std::string(",-") + flag.letter;
  return names;
}

std::vector<Flag> flags_of(const Command* command) {
  std::vector<Flag> flags = common_flags();
  if (command != nullptr) flags.insert(flags.end(), command->flags.begin(), command->flags.end());
  return flags;
}

std::vector<std::string_view> flag_names(const Command* command) {
  std::vector<std::string_view> names;
  for (const Flag& flag : flags_of(command)) names.push_back(flag.name);
  return names;
}

void add_flags(Parser& parser) {
  for (const Flag& flag : parser.flags) {
    if (flag.value.empty()) {
      parser.options.push_back(parser.app->add_flag(option_names(flag))->disable_flag_override());
    } else {
      CLI::Option* option = parser.app->add_option(option_names(flag));
      option->expected(1)->multi_option_policy(flag.repeatable ? CLI::MultiOptionPolicy::TakeAll
                                                               : CLI::MultiOptionPolicy::Throw);
      parser.options.push_back(option);
    }
  }
}

void configure(Parser& parser, const Command* command) {
  parser.app = std::make_unique<CLI::App>();
  parser.app->set_help_flag();
  parser.app->allow_extras();
  parser.flags = flags_of(command);
  add_flags(parser);
  parser.app->add_option("arguments", parser.arguments)->expected(0, -1);
}

std::string see_help(const Command* command) {
  return command == nullptr ? "see relata --help" : "see relata help " + std::string(command->name);
}

UsageError unknown_flag(const std::string& flag, const Command* command) {
  const std::string name = flag.substr(0, flag.find('='));
  std::string help = suggestion(name, flag_names(command));
  if (help.empty()) help = see_help(command);
  return {"unknown flag '" + name + "'", help};
}

/// What CLI11 refuses beyond unknown flags: a missing value, or one too many.
UsageError refused(const CLI::ParseError& error, const std::vector<std::string>& arguments,
                   const Command* command) {
  const std::string& last = arguments.back();
  for (const Flag& flag : flags_of(command)) {
    const bool is_last =
        last == flag.name || (flag.letter != '\0' && last == std::string("-") + flag.letter);
    if (is_last && !flag.value.empty())
      return {"the flag '" + last + "' needs a value", see_help(command)};
  }
  for (const std::string& argument : arguments) {
    const std::string name = argument.substr(0, argument.find('='));
    for (const Flag& flag : flags_of(command)) {
      if (name == flag.name && name != argument && flag.value.empty())
        return {"the flag '" + name + "' takes no value", see_help(command)};
    }
  }
  return {error.what(), see_help(command)};
}

std::variant<Invocation, UsageError> check_arguments(Invocation invocation) {
  const Command& command = *invocation.command;
  if (invocation.has("--help")) return invocation;
  if (invocation.arguments.size() > command.arguments.size()) {
    return UsageError{
        "unexpected argument '" + invocation.arguments[command.arguments.size()] + "'",
        see_help(&command)};
  }
  for (std::size_t i = invocation.arguments.size(); i < command.arguments.size(); ++i) {
    const Argument& missing = command.arguments[i];
    if (!missing.required) break;
    return UsageError{"relata " + std::string(command.name) + " needs " +
                          std::string(missing.name) + ": " + std::string(missing.summary),
                      see_help(&command)};
  }
  for (const Flag& flag : command.flags) {
    if (flag.required && !invocation.has(flag.name)) {
      return UsageError{"relata " + std::string(command.name) + " needs " + std::string(flag.name) +
                            " " + std::string(flag.value) + ": " + std::string(flag.summary),
                        see_help(&command)};
    }
  }
  return invocation;
}

std::variant<Invocation, UsageError> parse_with(const Command* command,
                                                const std::vector<std::string>& words) {
  Parser parser;
  configure(parser, command);
  try {
    std::vector<std::string> reversed(words.rbegin(), words.rend());  // as CLI11 wants them
    parser.app->parse(reversed);
  } catch (const CLI::ParseError& error) {
    return refused(error, words, command);
  }
  for (const std::string& extra : parser.app->remaining()) {
    if (extra.size() > 1 && extra.front() == '-') return unknown_flag(extra, command);
  }
  Invocation invocation;
  invocation.command = command;
  invocation.arguments = parser.arguments;
  for (std::size_t i = 0; i < parser.flags.size(); ++i) {
    const Flag& flag = parser.flags[i];
    const CLI::Option& option = *parser.options[i];
    if (option.count() == 0) continue;
    invocation.values[std::string(flag.name)] =
        flag.value.empty() ? std::string() : option.results().back();
    if (flag.repeatable) invocation.lists[std::string(flag.name)] = option.results();
  }
  if (command == nullptr) return invocation;
  return check_arguments(std::move(invocation));
}

}  // namespace

std::string suggestion(std::string_view word, const std::vector<std::string_view>& candidates) {
  const std::string_view meant = nearest(word, candidates);
  return meant.empty() ? std::string() : "did you mean '" + std::string(meant) + "'?";
}

std::string choice_help(std::string_view word, Completes choices) {
  const auto candidates = values_of(choices);
  std::string help = suggestion(word, candidates);
  if (!help.empty()) return help;
  const std::vector<std::string> all(candidates.begin(), candidates.end());
  return "one of: " + join(all, ", ");
}

std::variant<Invocation, UsageError> parse_arguments(const std::vector<std::string>& arguments) {
  const auto first = std::find_if(arguments.begin(), arguments.end(),
                                  [](const std::string& a) { return !a.starts_with('-'); });
  if (first == arguments.end()) {
    if (arguments.empty()) return UsageError{"no command given", see_help(nullptr)};
    auto parsed = parse_with(nullptr, arguments);
    const auto* invocation = std::get_if<Invocation>(&parsed);
    if (invocation != nullptr && invocation->values.empty())
      return UsageError{"no command given", see_help(nullptr)};
    return parsed;
  }
  const Command* command = find_command(*first);
  if (command == nullptr) {
    std::string help = suggestion(*first, values_of(Completes::command));
    return UsageError{"unknown command '" + *first + "'", help.empty() ? see_help(nullptr) : help};
  }
  std::vector<std::string> words(arguments.begin(), first);
  words.insert(words.end(), std::next(first), arguments.end());
  return parse_with(command, words);
}

}  // namespace relata::cli
