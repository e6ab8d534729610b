#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "live/session.h"
#include "migrate/engine/engine.h"
#include "migrate/plan.h"

namespace relata::migrate {

enum class StepState { running, done, undoing };

/// What a database remembers of one step.
struct Mark {
  std::size_t place = 0;  ///< From 0.
  std::string title;
  std::string content;         ///< Tells what the step does, see content_of().
  std::size_t plan_steps = 0;  ///< How many its plan has.
  StepState state = StepState::done;
  std::size_t statements_done = 0;  ///< Of a step that is not one transaction.
  std::string before_statement;     ///< Engine::fingerprint() before the next of them.
  std::vector<std::string>
      last_key;  ///< Of a backfill: how far it is, as literals; empty: not begun.
  std::uint64_t rows_changed = 0;
  std::uint64_t rows_seen = 0;
  std::string started_at;  ///< 2026-01-31T12:00:00Z
  std::string done_at;     ///< Empty: not done.
};

/// The steps of one plan that were run, in order; only the last can be other than done.
struct MarkedRun {
  int number = 0;  ///< Plans that are run one after the other on a database count up; 0: none was.
  std::vector<Mark> marks;
};

/// Tells one step from another: a hash of what it does.
[[nodiscard]] std::string content_of(const Step& step);

/// The table in which a database remembers which steps were run on it. What changes it are
/// statements, so that they can be part of a step's transaction.
class Marks {
 public:
  Marks(live::Session& session, const Engine& engine) : session_(session), engine_(engine) {}

  /// Makes the table where it is missing.
  [[nodiscard]] Result<void> make();
  /// The run that came last; reads only. Where there is no table there was no run.
  [[nodiscard]] Result<MarkedRun> newest();

  /// A step that was not begun is now running, or done.
  [[nodiscard]] std::string add(int run, std::size_t place, const Step& step,
                                std::size_t plan_steps, StepState state,
                                const std::string& before_statement = {}) const;
  [[nodiscard]] std::string finish(int run, std::size_t place) const;
  /// A step that was done, or begun, is now on its way back.
  [[nodiscard]] std::string begin_undo(int run, std::size_t place,
                                       const std::string& before_statement = {}) const;
  [[nodiscard]] std::string advance(int run, std::size_t place, std::size_t statements_done,
                                    const std::string& before_statement) const;
  [[nodiscard]] std::string batch(int run, std::size_t place,
                                  const std::vector<std::string>& last_key, std::uint64_t changed,
                                  std::uint64_t seen) const;
  [[nodiscard]] std::string remove(int run, std::size_t place) const;

 private:
  [[nodiscard]] std::string update(int run, std::size_t place, const std::string& set) const;
  [[nodiscard]] static std::string at(int run, std::size_t place);
  [[nodiscard]] std::string text(const std::string& value) const {
    return engine_.dialect().string_literal(value);
  }

  live::Session& session_;
  const Engine& engine_;
};

}  // namespace relata::migrate
