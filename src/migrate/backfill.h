#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "migrate/marks.h"
#include "migrate/transactor.h"

namespace relata::migrate {

/// Brings the rows of a table up to date a batch at a time, along a unique key. A batch and how far
/// it came are one transaction, so that a run that is broken off goes on behind its last batch.
/// Batches grow and shrink so that each takes about a tenth of a second, and shrink where others
/// wait for them.
class BackfillRun {
 public:
  /// `mark` is the step's, of which the database knows as not done.
  BackfillRun(Transactor& transactor, const Marks& marks, int run, const Mark& mark,
              const Action& action);

  /// Goes on until no row is left to be done. Fails when rows are left that it cannot bring up to
  /// date.
  [[nodiscard]] Result<void> finish();

 private:
  [[nodiscard]] Result<void> walk();
  [[nodiscard]] Result<void> batch();
  [[nodiscard]] Result<void> change_batch();
  [[nodiscard]] Result<std::vector<std::string>> end_of_batch();
  [[nodiscard]] Result<void> change_without_key();
  [[nodiscard]] Result<bool> rows_are_left();
  [[nodiscard]] Result<void> whole();
  void adapt(std::chrono::duration<double> took);
  void let_others_go_on();
  void tell(bool finished);
  [[nodiscard]] std::string condition() const;

  Transactor& transactor_;
  const Marks& marks_;
  const Engine& engine_;
  const Action& action_;
  const Backfill& backfill_;
  int run_;
  std::size_t place_;
  std::string table_;
  std::vector<std::string> columns_;   ///< The key's, as statements name them.
  std::vector<std::string> literals_;  ///< What gives the key's values as literals.
  std::vector<std::string> last_;      ///< The key that the walk has come to; empty: its start.
  std::size_t size_;
  bool at_end_ = false;
  std::uint64_t changed_;
  std::uint64_t seen_;
  std::uint64_t changed_in_walk_ = 0;
  std::uint64_t waiting_ = 0;  ///< How many sessions waited for the last batch.
  std::uint64_t about_ = 0;
  std::uint64_t seen_before_;  ///< By earlier runs.
  std::chrono::steady_clock::time_point began_;
  std::chrono::steady_clock::time_point looked_at_lag_;
};

}  // namespace relata::migrate
