#include <string>

#include "app/cli/artifact.h"
#include "app/cli/help.h"
#include "app/cli/usage.h"
#include "base/text.h"

namespace relata::cli {
namespace {

/// Text as roff takes it literally.
std::string roff(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  if (out.starts_with('.') || out.starts_with('\'')) out.insert(0, "\\&");
  return out;
}

std::string item(std::string_view term, std::string_view meaning) {
  return ".TP\n.B " + roff(term) + "\n" + roff(meaning) + "\n";
}

std::string command_section(const Command& command) {
  std::string out = ".SS " + roff(synopsis(command)) + "\n" + roff(command.description) + "\n";
  for (const Argument& argument : command.arguments) out += item(argument.name, argument.summary);
  for (const Flag& flag : command.flags) out += item(flag_synopsis(flag), flag.summary);
  return out;
}

std::string markdown_table(std::string_view heading, const std::string& rows) {
  return "| " + std::string(heading) + " | |\n| --- | --- |\n" + rows + "\n";
}

std::string markdown_row(std::string_view term, std::string_view meaning) {
  return "| `" + std::string(term) + "` | " + replace_all(meaning, "|", "\\|") + " |\n";
}

std::string command_reference(const Command& command) {
  std::string out = "## relata " + std::string(command.name) + "\n\n";
  out += "    " + synopsis(command) + "\n\n" + std::string(command.description) + "\n\n";
  std::string rows;
  for (const Argument& argument : command.arguments)
    rows += markdown_row(argument.name, argument.summary);
  if (!rows.empty()) out += markdown_table("Argument", rows);
  rows.clear();
  for (const Flag& flag : command.flags) rows += markdown_row(flag_synopsis(flag), flag.summary);
  if (!rows.empty()) out += markdown_table("Flag", rows);
  out += "Examples:\n\n";
  for (std::string_view example : command.examples) out += "    " + std::string(example) + "\n";
  return out + "\n";
}

}  // namespace

std::string man_page() {
  std::string out = ".TH RELATA 1 \"\" \"relata " RELATA_VERSION "\" \"User Commands\"\n";
  out += ".SH NAME\nrelata \\- " + roff(program_summary) + "\n";
  out += ".SH SYNOPSIS\n.B relata\n.I COMMAND\n[\\fIARGUMENTS\\fR] [\\fIFLAGS\\fR]\n";
  out += ".SH COMMANDS\n";
  for (const Command& command : commands()) out += command_section(command);
  out += ".SH FLAGS\n";
  for (const Flag& flag : common_flags()) out += item(flag_synopsis(flag), flag.summary);
  out += ".SH TARGETS\n";
  for (const Artifact& artifact : artifacts()) out += item(artifact.id, artifact.summary);
  out += ".SH EXIT STATUS\n";
  for (const auto& [code, meaning] : exit_codes) out += item(code, meaning);
  out += ".SH ENVIRONMENT\n" + item("NO_COLOR", "when set, no colours are used");
  return out;
}

std::string reference_page() {
  std::string out =
      "# Command line\n\n"
      "This page is made by `relata help --markdown`. Results go to standard output, messages to\n"
      "standard error. Colours are used on terminals only, and not when `NO_COLOR` is set.\n\n";
  for (const Command& command : commands()) out += command_reference(command);
  out += "## Targets\n\n";
  std::string rows;
  for (const Artifact& artifact : artifacts())
    rows += markdown_row(artifact.id, std::string(artifact.summary) + " (" + artifact.file + ")");
  out += markdown_table("Target", rows);
  out += "## Flags of every command\n\n";
  rows.clear();
  for (const Flag& flag : common_flags()) rows += markdown_row(flag_synopsis(flag), flag.summary);
  out += markdown_table("Flag", rows);
  out += "## Exit codes\n\n";
  rows.clear();
  for (const auto& [code, meaning] : exit_codes) rows += markdown_row(code, meaning);
  out += markdown_table("Code", rows);
  out.pop_back();
  return out;
}

}  // namespace relata::cli
