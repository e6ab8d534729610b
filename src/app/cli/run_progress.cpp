#include "app/cli/run_progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

namespace relata::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds between_bars(100);
constexpr std::chrono::seconds between_lines(5);
constexpr std::size_t bar_width = 24;

/// 1234567 as "1,234,567".
std::string counted(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string words_of(const migrate::BackfillProgress& progress) {
  return counted(progress.changed) + " rows in " + fmt::format("{:.1f}", progress.seconds) +
         " s, " + counted(static_cast<std::uint64_t>(progress.rate)) + " a second";
}

std::string bar_of(const migrate::BackfillProgress& progress) {
  if (progress.about == 0) return {};
  const double part =
      std::min(1.0, static_cast<double>(progress.seen) / static_cast<double>(progress.about));
  const auto full = static_cast<std::size_t>(part * static_cast<double>(bar_width));
  return "[" + std::string(full, '#') + std::string(bar_width - full, '.') + "] " +
         std::to_string(static_cast<int>(part * 100)) + " % ";
}

}  // namespace

RunProgress::RunProgress(Console& console, std::size_t steps)
    : console_(console),
      steps_(steps),
      terminal_(::isatty(STDERR_FILENO) == 1),
      told_(Clock::now()) {}

void RunProgress::step(std::size_t place, const migrate::Step& step, bool back) {
  // The first batch shows a bar at once; lines of a log are for fillings that take their time.
  told_ = Clock::now() - (terminal_ ? between_bars : Clock::duration::zero());
  if (migrate::does_nothing(back ? step.back : step.forward)) return;
  console_.message(
      fmt::format("{}/{} {}{}\n", place + 1, steps_, back ? "undo: " : "", step.title));
}

void RunProgress::note(const std::string& text) {
  end_bar();
  console_.message("    " + text + "\n");
}

void RunProgress::backfilled(const migrate::BackfillProgress& progress) {
  const auto now = Clock::now();
  if (progress.finished) {
    if (bar_) console_.message("\r\x1b[K");
    bar_ = false;
    console_.message("    " + words_of(progress) + "\n");
    return;
  }
  if (terminal_ ? now - told_ < between_bars : now - told_ < between_lines) return;
  told_ = now;
  if (terminal_) {
    console_.message("\r\x1b[K    " + bar_of(progress) + words_of(progress));
    bar_ = true;
  } else {
    console_.message("    " + bar_of(progress) + words_of(progress) + "\n");
  }
}

void RunProgress::end_bar() {
  if (bar_) console_.message("\n");
  bar_ = false;
}

}  // namespace relata::cli
