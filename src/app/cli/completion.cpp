#include <string>
#include <vector>

#include "app/cli/help.h"
#include "app/cli/usage.h"
#include "base/text.h"

namespace relata::cli {
namespace {

std::string words(const std::vector<std::string_view>& values) {
  return join(std::vector<std::string>(values.begin(), values.end()), " ");
}

bool names_a_path(Completes completes) {
  return completes == Completes::file || completes == Completes::folder;
}

std::vector<Flag> all_flags(const Command& command) {
  std::vector<Flag> flags = command.flags;
  flags.insert(flags.end(), common_flags().begin(), common_flags().end());
  return flags;
}

std::string bash_reply(Completes completes) {
  if (completes == Completes::file) return "COMPREPLY=($(compgen -f -- \"$word\"))";
  if (completes == Completes::folder) return "COMPREPLY=($(compgen -d -- \"$word\"))";
  return "COMPREPLY=($(compgen -W '" + words(values_of(completes)) + "' -- \"$word\"))";
}

std::string flag_pattern(const Flag& flag, std::string_view command, std::string_view separator) {
  std::string out = std::string(command) + std::string(separator) + std::string(flag.name);
  if (flag.letter != '\0')
    out += "|" + std::string(command) + std::string(separator) + "-" + flag.letter;
  return out;
}

std::string bash() {
  std::string flag_cases;
  std::string command_cases;
  for (const Command& command : commands()) {
    std::string flags;
    for (const Flag& flag : all_flags(command)) {
      flags += (flags.empty() ? "" : " ") + std::string(flag.name);
      if (flag.value.empty()) continue;
      flag_cases += "    " + flag_pattern(flag, command.name, ":") + ") " +
                    bash_reply(flag.completes) + "; return ;;\n";
    }
    command_cases += "    " + std::string(command.name) + ":-*) COMPREPLY=($(compgen -W '" + flags +
                     "' -- \"$word\")) ;;\n";
    bool targets_first = false;
    if (!command.arguments.empty() && !names_a_path(command.arguments.front().completes) &&
        command.arguments.front().completes != Completes::nothing)
      targets_first = true;
    if (targets_first) {
      command_cases += "    " + std::string(command.name) + ":*) if ((COMP_CWORD == 2)); then " +
                       bash_reply(command.arguments.front().completes) + "; else " +
                       bash_reply(Completes::file) + "; fi ;;\n";
    }
  }
  return "# bash completion for relata\n"
         "_relata() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
         "  local command=${COMP_WORDS[1]}\n"
         "  COMPREPLY=()\n"
         "  if ((COMP_CWORD == 1)); then\n"
         "    COMPREPLY=($(compgen -W '" +
         words(values_of(Completes::command)) +
         " --help --version' -- \"$word\"))\n"
         "    return\n"
         "  fi\n"
         "  case $command:$before in\n" +
         flag_cases +
         "  esac\n"
         "  case $command:$word in\n" +
         command_cases +
         "    *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n"
         "  esac\n"
         "}\n"
         "complete -o filenames -F _relata relata\n";
}

std::string zsh_quoted(std::string_view text) {
  std::string out = replace_all(text, "'", "'\\''");
  for (const char* special : {"[", "]", ":"})
    out = replace_all(out, special, std::string("\\") + special);
  return out;
}

std::string zsh_action(Completes completes) {
  if (completes == Completes::file) return "_files";
  if (completes == Completes::folder) return "_files -/";
  const std::string values = words(values_of(completes));
  return values.empty() ? " " : "(" + values + ")";
}

std::string zsh_flag(const Flag& flag) {
  const std::string description = "[" + zsh_quoted(flag.summary) + "]";
  const std::string value =
      flag.value.empty() ? "" : ":" + std::string(flag.value) + ":" + zsh_action(flag.completes);
  std::string out;
  if (flag.letter != '\0')
    out += std::string(" \\\n        '-") + flag.letter + description + value + "'";
  return out + " \\\n        '" + std::string(flag.name) + description + value + "'";
}

std::string zsh() {
  std::string list;
  std::string cases;
  for (const Command& command : commands()) {
    list += "    '" + std::string(command.name) + ":" + zsh_quoted(command.summary) + "'\n";
    cases += "    " + std::string(command.name) + ")\n      _arguments";
    for (const Flag& flag : all_flags(command)) cases += zsh_flag(flag);
    int position = 1;
    for (const Argument& argument : command.arguments) {
      cases += " \\\n        '" + std::to_string(position++) + (argument.required ? ":" : "::") +
               std::string(argument.name) + ":" + zsh_action(argument.completes) + "'";
    }
    cases += " ;;\n";
  }
  return "#compdef relata\n"
         "_relata() {\n"
         "  local -a commands=(\n" +
         list +
         "  )\n"
         "  if ((CURRENT == 2)); then\n"
         "    _describe command commands\n"
         "    return\n"
         "  fi\n"
         "  local command=$words[2]\n"
         "  shift words\n"
         "  ((CURRENT--))\n"
         "  case $command in\n" +
         cases +
         "  esac\n"
         "}\n"
         "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _relata \"$@\"; else compdef "
         "_relata "
         "relata; fi\n";
}

std::string fish_quoted(std::string_view text) {
  return "'" + replace_all(replace_all(text, "\\", "\\\\"), "'", "\\'") + "'";
}

std::string fish_values(Completes completes) {
  if (completes == Completes::file) return " -r -F";
  if (completes == Completes::folder) return " -x -a '(__fish_complete_directories)'";
  return " -x -a " + fish_quoted(words(values_of(completes)));
}

std::string fish_flag(const Flag& flag, const std::string& condition) {
  std::string out = "complete -c relata" + condition + " -l " + std::string(flag.name.substr(2));
  if (flag.letter != '\0') out += std::string(" -s ") + flag.letter;
  if (!flag.value.empty()) out += fish_values(flag.completes);
  return out + " -d " + fish_quoted(flag.summary) + "\n";
}

std::string fish() {
  std::string out = "# fish completion for relata\n";
  for (const Command& command : commands()) {
    out += "complete -c relata -n __fish_use_subcommand -f -a " + std::string(command.name) +
           " -d " + fish_quoted(command.summary) + "\n";
  }
  for (const Flag& flag : common_flags()) out += fish_flag(flag, "");
  for (const Command& command : commands()) {
    const std::string condition =
        " -n '__fish_seen_subcommand_from " + std::string(command.name) + "'";
    for (const Flag& flag : command.flags) out += fish_flag(flag, condition);
    for (const Argument& argument : command.arguments) {
      const std::string values = words(values_of(argument.completes));
      if (!values.empty())
        out += "complete -c relata" + condition + " -a " + fish_quoted(values) + "\n";
    }
  }
  return out;
}

}  // namespace

std::string completion_script(std::string_view shell) {
  if (shell == "bash") return bash();
  if (shell == "zsh") return zsh();
  if (shell == "fish") return fish();
  return {};
}

}  // namespace relata::cli
