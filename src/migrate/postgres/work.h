#pragma once

#include <string>
#include <vector>

#include "migrate/plan.h"
#include "migrate/postgres/locks.h"

namespace relata::migrate::postgres {

/// What some changes come to: steps that prepare for them while others work, statements that run
/// together in one transaction, and steps that complete them.
struct Work {
  std::vector<Step> before;
  std::vector<std::string> forward;
  std::vector<std::string> back;  ///< In the order in which they run.
  std::vector<Step> after;
  Phase phase = Phase::expand;  ///< Of the transaction.
  Lock lock = Lock::none;       ///< That the transaction takes, on `on`.
  std::string on;
  bool scans = false;
  bool rewrites = false;
  bool rewrites_back = false;  ///< On the way back only.
  std::string loss;
};

using Statements = std::vector<std::string>;

/// Puts statements behind those that are there.
void append(Statements& list, const Statements& more);
/// Puts statements before those that are there: what undoes a change comes before what undoes those
/// that were done earlier.
void prepend(Statements& list, const Statements& more);
void append(std::vector<Step>& list, std::vector<Step> more);

/// A step that runs within a transaction.
[[nodiscard]] Step plain_step(Phase phase, std::string title, std::vector<std::string> forward,
                              std::vector<std::string> back, Lock lock, const std::string& on);

/// A step that makes an index while others write; on the way back it is dropped likewise.
/// `statement` is CREATE INDEX without CONCURRENTLY, `index` the index's quoted name.
/// https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
[[nodiscard]] Step concurrent_index_step(Phase phase, const std::string& statement,
                                         const std::string& index, const std::string& title);

/// The same step with its two ways exchanged: it undoes what the other does.
[[nodiscard]] Step reversed(Step step, std::string title);

/// A step that checks a constraint's rows while others write, on one of its two ways.
enum class Way { forward, back };
[[nodiscard]] Step validating_step(Phase phase, const Piece& constraint, const std::string& name,
                                   Way way);

}  // namespace relata::migrate::postgres
