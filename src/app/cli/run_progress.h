#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "app/cli/console.h"
#include "migrate/run_listener.h"

namespace relata::cli {

/// Tells what a run does, on standard error: a line a step, and how far a backfill is, as a bar on
/// a terminal and as a line every few seconds elsewhere.
class RunProgress : public migrate::RunListener {
 public:
  RunProgress(Console& console, std::size_t steps);

  void step(std::size_t place, const migrate::Step& step, bool back) override;
  void note(const std::string& text) override;
  void backfilled(const migrate::BackfillProgress& progress) override;

  /// Ends a bar that was broken off, so that a message does not stand behind it.
  void end_bar();

 private:
  Console& console_;
  std::size_t steps_;
  bool terminal_;
  bool bar_ = false;  ///< A bar stands on the terminal's last line.
  std::chrono::steady_clock::time_point told_;
};

}  // namespace relata::cli
