#include "app/cli/console.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace relata::cli {
namespace {

bool takes_colours(int descriptor) {
  const char* no_colour = std::getenv("NO_COLOR");
  if (no_colour != nullptr && *no_colour != '\0') return false;
  const char* terminal = std::getenv("TERM");
  if (terminal != nullptr && std::string_view(terminal) == "dumb") return false;
  return ::isatty(descriptor) == 1;
}

/// Writes everything; 0 or the error number.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(descriptor, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return 0;
}

}  // namespace

Console::Console()
    : colours_result_(takes_colours(STDOUT_FILENO)),
      colours_message_(takes_colours(STDERR_FILENO)) {}

Console Console::beside() const {
  Console other = *this;
  other.result_.clear();
  other.keeps_ = true;
  return other;
}

void Console::message(std::string_view text) {
  if (keeps_) {
    kept_ += text;
    return;
  }
  // Nothing is left to tell the user with when standard error itself fails.
  static_cast<void>(write_all(STDERR_FILENO, text));
}

void Console::error(std::string_view text, std::string_view help) {
  std::string line = "relata: ";
  line += colours_message_ ? "\x1b[31merror\x1b[0m: " : "error: ";
  line += text;
  line += "\n";
  if (!help.empty()) {
    line += "  help: ";
    line += help;
    line += "\n";
  }
  message(line);
}

int Console::finish(int code) {
  const int problem = write_all(STDOUT_FILENO, result_);
  result_.clear();
  if (problem == 0 || problem == EPIPE) return code;
  error("cannot write to standard output: " + std::generic_category().message(problem));
  return exit_bad;
}

}  // namespace relata::cli
