#include "app/cli/help.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "app/cli/artifact.h"
#include "app/cli/usage.h"
#include "base/text.h"

namespace relata::cli {
namespace {

constexpr std::size_t text_width = 78;

struct Entry {
  std::string term;
  std::string meaning;
};

/// Words of a paragraph, wrapped, every line with the given indentation.
std::string wrapped(std::string_view text, std::size_t indentation, std::size_t column) {
  std::string out;
  for (std::string_view word : split(text, ' ')) {
    if (column > indentation && column + 1 + word.size() > text_width) {
      out += "\n" + std::string(indentation, ' ');
      column = indentation;
    } else if (column > indentation) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
  }
  return out + "\n";
}

/// Paragraphs, parted by empty lines, wrapped.
std::string paragraphs(std::string_view text) {
  std::string out;
  for (std::string_view line : split(text, '\n')) out += line.empty() ? "\n" : wrapped(line, 0, 0);
  return out;
}

/// A list of terms with their meanings in a second column.
std::string columns(const std::vector<Entry>& entries) {
  std::size_t widest = 0;
  for (const Entry& entry : entries) widest = std::max(widest, entry.term.size());
  const std::size_t second = 2 + std::min<std::size_t>(widest, 26) + 2;
  std::string out;
  for (const Entry& entry : entries) {
    out += "  " + entry.term;
    const std::size_t used = 2 + entry.term.size();
    if (used + 2 > second) {
      out += "\n" + std::string(second, ' ');
    } else {
      out += std::string(second - used, ' ');
    }
    out += wrapped(entry.meaning, second, second);
  }
  return out;
}

std::vector<Entry> flag_entries(const std::vector<Flag>& flags) {
  std::vector<Entry> entries;
  for (const Flag& flag : flags)
    entries.push_back({flag_synopsis(flag), std::string(flag.summary)});
  return entries;
}

std::vector<Entry> argument_entries(const Command& command) {
  std::vector<Entry> entries;
  for (const Argument& argument : command.arguments)
    entries.push_back({std::string(argument.name), std::string(argument.summary)});
  return entries;
}

std::vector<Entry> artifact_entries() {
  std::vector<Entry> entries;
  for (const Artifact& artifact : artifacts()) {
    const std::string tested =
        artifact.versions.empty() ? "" : " (tested with " + std::string(artifact.versions) + ")";
    entries.push_back({std::string(artifact.id), std::string(artifact.summary) + tested});
  }
  return entries;
}

}  // namespace

std::string version_text() { return "relata " RELATA_VERSION "\n"; }

std::string overview_text() {
  std::string out =
      "relata - " + std::string(program_summary) + "\n\nUsage: relata COMMAND ...\n\nCommands:\n";
  std::vector<Entry> entries;
  for (const Command& command : commands())
    entries.push_back({std::string(command.name), std::string(command.summary)});
  out += columns(entries);
  out += "\nFlags:\n" + columns(flag_entries(common_flags()));
  out += "\nTry:\n  relata build requirements.md -o out\n  relata help build\n";
  return out;
}

std::string help_text(const Command& command) {
  std::string out = "relata " + std::string(command.name) + " - " + std::string(command.summary) +
                    "\n\nUsage: " + wrapped(synopsis(command), 9, 7) + "\n";
  out += paragraphs(command.description);
  if (!command.arguments.empty()) out += "\nArguments:\n" + columns(argument_entries(command));
  if (takes_target(command)) out += "\nTargets:\n" + columns(artifact_entries());
  std::vector<Flag> flags = command.flags;
  flags.insert(flags.end(), common_flags().begin(), common_flags().end());
  out += "\nFlags:\n" + columns(flag_entries(flags));
  out += "\nExamples:\n";
  for (std::string_view example : command.examples) out += "  " + std::string(example) + "\n";
  return out;
}

}  // namespace relata::cli
