#include "migrate/backfill.h"

#include <algorithm>
#include <thread>

#include "base/text.h"

namespace relata::migrate {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

// A batch's locks are held as long as it takes, and each costs a commit.
constexpr Seconds wanted(0.1);
constexpr std::size_t first_size = 500;
constexpr std::size_t smallest_size = 1;
constexpr std::size_t largest_size = 50'000;
/// How far replicas may be behind before a backfill waits for them, and how often one looks.
constexpr double largest_lag = 10;
constexpr Seconds between_looks(1);
constexpr std::chrono::milliseconds pause_for_others(100);
/// Rows that come in while the walk is behind them are found by the next one.
constexpr int walks = 5;

}  // namespace

BackfillRun::BackfillRun(Transactor& transactor, const Marks& marks, int run, const Mark& mark,
                         const Action& action)
    : transactor_(transactor),
      marks_(marks),
      engine_(transactor.engine()),
      action_(action),
      backfill_(*action.backfill),
      run_(run),
      place_(mark.place),
      table_(engine_.table_name(backfill_.table)),
      last_(mark.last_key),
      size_(first_size),
      changed_(mark.rows_changed),
      seen_(mark.rows_seen),
      seen_before_(mark.rows_seen),
      began_(Clock::now()),
      looked_at_lag_(began_ - std::chrono::ceil<Clock::duration>(between_looks)) {
  for (const std::string& column : backfill_.key) {
    columns_.push_back(engine_.dialect().identifier(column));
  }
}

std::string BackfillRun::condition() const {
  return backfill_.where.empty() ? "1 = 1" : "(" + backfill_.where + ")";
}

Result<void> BackfillRun::finish() {
  if (columns_.empty()) return whole();
  auto literals = engine_.key_literals(transactor_.session(), backfill_);
  if (!literals) return tl::unexpected(literals.error());
  literals_ = std::move(*literals);
  about_ = engine_.about_rows(transactor_.session(), backfill_.table);
  for (int round = 0; round < walks; ++round) {
    if (auto walked = walk(); !walked) return walked;
    if (backfill_.where.empty()) break;
    const auto left = rows_are_left();
    if (!left) return tl::unexpected(left.error());
    if (!*left) break;
    if (changed_in_walk_ == 0) {
      if (auto changed = change_without_key(); !changed) return changed;
    }
    if (round + 1 == walks || changed_in_walk_ == 0) {
      return tl::unexpected(
          Failure{"rows of " + table_ + " still have " + backfill_.where + " after " +
                      std::to_string(round + 1) + " walks along its key",
                  "something writes such rows, or keeps them from being changed: a trigger, or a "
                  "program of before the migration"});
    }
    transactor_.listener().note("rows came in meanwhile: once more");
  }
  tell(true);
  return {};
}

Result<void> BackfillRun::walk() {
  changed_in_walk_ = 0;
  at_end_ = false;
  while (!at_end_) {
    let_others_go_on();
    if (auto done = batch(); !done) return done;
    tell(false);
  }
  last_.clear();
  return {};
}

Result<void> BackfillRun::batch() {
  const auto begin = Clock::now();
  const std::uint64_t changed = changed_;
  const std::uint64_t seen = seen_;
  const std::vector<std::string> last = last_;
  bool first = true;
  auto done = transactor_.together([&]() -> Result<void> {
    if (!first) size_ = std::max(size_ / 2, smallest_size);
    first = false;
    // As before the attempt that was in somebody's way.
    changed_ = changed;
    seen_ = seen;
    last_ = last;
    return change_batch();
  });
  if (!done) return done;
  changed_in_walk_ += changed_ - changed;
  adapt(Clock::now() - begin);
  return {};
}

Result<void> BackfillRun::change_batch() {
  auto end = end_of_batch();
  if (!end) return tl::unexpected(end.error());
  at_end_ = end->empty();
  std::string rows = condition();
  if (!last_.empty()) rows += " AND " + engine_.compared(columns_, ">", last_);
  if (!at_end_) rows += " AND " + engine_.compared(columns_, "<=", *end);
  auto done = transactor_.run("UPDATE " + table_ + " SET " + backfill_.set + " WHERE " + rows);
  if (!done) return tl::unexpected(done.error());
  const std::uint64_t here = transactor_.session().affected_rows();
  changed_ += here;
  seen_ += at_end_ ? here : size_;
  last_ = std::move(*end);
  auto marked = transactor_.run(marks_.batch(run_, place_, last_, changed_, seen_));
  if (!marked) return tl::unexpected(marked.error());
  waiting_ = engine_.sessions_waiting(transactor_.session());
  return {};
}

/// The key of the batch's last row; nothing where the table ends before.
Result<std::vector<std::string>> BackfillRun::end_of_batch() {
  std::string query = "SELECT " + join(literals_, ", ") + " FROM " + table_;
  if (!last_.empty()) query += " WHERE " + engine_.compared(columns_, ">", last_);
  query += " ORDER BY " + join(columns_, ", ") + " LIMIT 1 OFFSET " + std::to_string(size_ - 1);
  const auto rows = transactor_.run(query);
  if (!rows) return tl::unexpected(rows.error());
  std::vector<std::string> key;
  if (rows->empty()) return key;
  for (const auto& value : rows->front()) {
    // A NULL is not in any order: what comes from here on is done without the key.
    if (!value || *value == "NULL") return std::vector<std::string>();
    key.push_back(*value);
  }
  return key;
}

/// Rows that no walk comes to, since a part of their key is NULL.
Result<void> BackfillRun::change_without_key() {
  std::vector<std::string> nulls;
  for (const std::string& column : columns_) nulls.push_back(column + " IS NULL");
  return transactor_.together([&]() -> Result<void> {
    auto done = transactor_.run("UPDATE " + table_ + " SET " + backfill_.set + " WHERE " +
                                condition() + " AND (" + join(nulls, " OR ") + ")");
    if (!done) return tl::unexpected(done.error());
    changed_in_walk_ = transactor_.session().affected_rows();
    changed_ += changed_in_walk_;
    return {};
  });
}

Result<bool> BackfillRun::rows_are_left() {
  const auto rows =
      transactor_.run("SELECT 1 FROM " + table_ + " WHERE " + condition() + " LIMIT 1");
  if (!rows) return tl::unexpected(rows.error());
  return !rows->empty();
}

/// There is no key to walk along.
Result<void> BackfillRun::whole() {
  if (!action_.transactional) {
    return transactor_.alone([&] { return transactor_.run_all(action_.statements); },
                             [] { return Result<void>(); });
  }
  return transactor_.together([&] { return transactor_.run_all(action_.statements); });
}

void BackfillRun::adapt(Seconds took) {
  // Half and double at most: one batch says little.
  const double factor = std::clamp(wanted / std::max(took, Seconds(0.001)), 0.5, 2.0);
  size_ = std::clamp(static_cast<std::size_t>(static_cast<double>(size_) * factor), smallest_size,
                     largest_size);
  if (waiting_ == 0) return;
  size_ = std::max(size_ / 2, smallest_size);
  std::this_thread::sleep_for(pause_for_others);
}

void BackfillRun::let_others_go_on() {
  std::this_thread::sleep_for(engine_.breath());
  if (Clock::now() - looked_at_lag_ < between_looks) return;
  looked_at_lag_ = Clock::now();
  for (bool told = false;;) {
    const double lag = engine_.replication_lag(transactor_.session());
    if (lag <= largest_lag) return;
    if (!told) {
      transactor_.listener().note("a replica is " + std::to_string(static_cast<int>(lag)) +
                                  " s behind: waiting for it");
    }
    told = true;
    std::this_thread::sleep_for(between_looks);
  }
}

void BackfillRun::tell(bool finished) {
  const Seconds took = Clock::now() - began_;
  const double rate =
      took.count() > 0 ? static_cast<double>(seen_ - seen_before_) / took.count() : 0;
  transactor_.listener().backfilled({changed_, seen_, about_, took.count(), rate, finished});
}

}  // namespace relata::migrate
