#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "live/session.h"
#include "migrate/plan.h"

namespace relata::migrate {

/// How far a backfill is.
struct BackfillProgress {
  std::uint64_t changed = 0;  ///< Rows that were brought up to date.
  std::uint64_t seen = 0;     ///< Rows that the walk along the key has passed.
  std::uint64_t about = 0;    ///< About how many there are; 0: nobody knows.
  double seconds = 0;         ///< That this run has spent on it.
  double rate = 0;            ///< Rows passed in a second, in this run.
  bool finished = false;
};

/// Hears what a run does.
class RunListener {
 public:
  virtual ~RunListener() = default;
  /// A step begins; `place` counts from 0.
  virtual void step(std::size_t place, const Step& step, bool back) = 0;
  /// It is done, or has failed.
  virtual void step_ended(std::size_t /*place*/, bool /*back*/) {}
  /// A transaction is about to be committed on this session.
  virtual void before_commit(live::Session& /*session*/) {}
  /// Something is waited for, tried again, or found as another run left it: a sentence.
  virtual void note(const std::string& text) = 0;
  virtual void backfilled(const BackfillProgress& progress) = 0;
};

}  // namespace relata::migrate
