#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialect/dialect.h"
#include "live/session.h"
#include "migrate/plan.h"

namespace relata::migrate {

/// What differs between engines in running the steps of a plan. Holds no state.
class Engine {
 public:
  explicit Engine(std::string_view dialect) : dialect_(*find_dialect(dialect)) {}
  virtual ~Engine() = default;

  [[nodiscard]] const Dialect& dialect() const { return dialect_; }
  /// A table as statements name it.
  [[nodiscard]] std::string table_name(const QualifiedName& table) const;

  /// The table in which runs are kept, as statements name it.
  [[nodiscard]] virtual std::string state_table() const = 0;
  /// A query that gives a row when that table is there.
  [[nodiscard]] virtual std::string find_state() const = 0;
  [[nodiscard]] virtual std::vector<std::string> make_state() const = 0;
  /// The moment, as the state's columns of time take it.
  [[nodiscard]] virtual std::string now() const = 0;
  /// A column of time as text: 2026-01-31T12:00:00Z.
  [[nodiscard]] virtual std::string time_text(const std::string& column) const = 0;

  /// What is said to a session before it runs anything, and again after a step that said otherwise.
  [[nodiscard]] virtual std::vector<std::string> settings() const = 0;
  [[nodiscard]] virtual std::string begin() const = 0;
  /// What is said before an attempt, which count from 1, on how long to wait for a lock; empty:
  /// what settings() say.
  [[nodiscard]] virtual std::string wait_for_locks(int /*attempt*/) const { return {}; }
  /// The same before a statement that nobody waits for while it waits for others, such as one that
  /// builds an index beside them.
  [[nodiscard]] virtual std::string wait_long() const { return {}; }
  /// Whether CREATE and ALTER can be taken back with ROLLBACK.
  [[nodiscard]] virtual bool changes_schemas_in_transactions() const = 0;
  /// A query for what tells one session of the server from another; empty: there is nothing between
  /// us and the database that could swap them.
  [[nodiscard]] virtual std::string session_number() const = 0;
  /// What the database holds under the names with which a statement begins, in short, so that one
  /// can tell later whether the statement has happened; empty where it need not be told so.
  [[nodiscard]] virtual std::string fingerprint(live::Session& session,
                                                const std::string& statement) const = 0;

  /// Expressions, one a column of the key, that give each value as a literal of SQL.
  [[nodiscard]] virtual Result<std::vector<std::string>> key_literals(
      live::Session& session, const Backfill& backfill) const;
  /// A comparison, ">" or "<=", of a row's key with literals, the first column weighing most.
  [[nodiscard]] virtual std::string compared(const std::vector<std::string>& columns,
                                             std::string_view comparison,
                                             const std::vector<std::string>& values) const;
  /// About how many rows a table has; 0: nobody knows.
  [[nodiscard]] virtual std::uint64_t about_rows(live::Session& session,
                                                 const QualifiedName& table) const = 0;
  /// How many sessions wait for what this one's transaction holds; 0 where it may not be seen.
  [[nodiscard]] virtual std::uint64_t sessions_waiting(live::Session& session) const = 0;
  /// By how many seconds the slowest replica is behind; 0 where there is none, or none is seen.
  [[nodiscard]] virtual double replication_lag(live::Session& session) const = 0;
  /// How long writers are let through between two batches.
  [[nodiscard]] virtual std::chrono::milliseconds breath() const = 0;
  /// Who has had a transaction open for longest besides us, for people; nothing: nobody, or it may
  /// not be seen.
  [[nodiscard]] virtual std::optional<std::string> oldest_transaction(
      live::Session& session) const = 0;

 protected:
  /// The function that gives a value as a literal of SQL.
  [[nodiscard]] virtual std::string_view quoting_function() const { return "quote"; }

 private:
  const Dialect& dialect_;
};

/// The engine of a dialect, which there is for every dialect that has a planner.
[[nodiscard]] const Engine* find_engine(std::string_view dialect);

/// The only value that a query gives; nothing where it fails, gives no row, or NULL.
[[nodiscard]] std::optional<std::string> only_value(live::Session& session,
                                                    const std::string& query);
/// The same as a number; 0 where there is none.
[[nodiscard]] double only_number(live::Session& session, const std::string& query);

}  // namespace relata::migrate
