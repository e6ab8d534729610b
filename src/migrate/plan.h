#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "model/schema.h"

namespace relata::migrate {

/// What a step is for: what running code does not notice, moving rows, and what only works once no
/// running code uses the old form.
enum class Phase { expand, backfill, contract };

inline constexpr std::array all_phases{Phase::expand, Phase::backfill, Phase::contract};

[[nodiscard]] constexpr std::string_view phase_name(Phase phase) {
  constexpr std::array<std::string_view, all_phases.size()> names{"expand", "backfill", "contract"};
  return names[static_cast<std::size_t>(phase)];
}
[[nodiscard]] std::optional<Phase> phase_of(std::string_view name);

/// Rows of one table that are brought up to date a few at a time, along a key.
struct Backfill {
  QualifiedName table;
  std::vector<std::string> key;  ///< Columns of a unique key without NULLs, in its order.
  std::string set;               ///< What stands behind SET: "\"total\" = \"amount\"".
  std::string where;             ///< Which rows are still to be done.
  bool operator==(const Backfill&) const = default;
};

/// Statements that are run together, and what that means for those who use the database meanwhile.
struct Action {
  std::vector<std::string> statements;  ///< Without semicolons.
  /// Settings of the session under which they run, as statements that precede them and may stand
  /// outside of a transaction: how long to wait for a lock before others are held up.
  std::vector<std::string> settings;
  bool transactional = true;  ///< Can run inside of a transaction.
  /// What is done a batch at a time by who can; `statements` do the same on their own.
  std::optional<Backfill> backfill;
  /// What takes the rest of an attempt that was broken off away before the next one; only of an
  /// action that is not transactional.
  std::vector<std::string> cleanup;
  std::string lock;       ///< Strongest lock that it takes on what exists; empty: none.
  std::string blocks;     ///< What waits meanwhile, for people: "reads and writes of orders".
  bool scans = false;     ///< Reads a whole table that exists.
  bool rewrites = false;  ///< Writes a whole table that exists anew, with its lock held.
  bool operator==(const Action&) const = default;
};

/// Whether a way of a step is empty: it prepares for the other one, or is done with it.
[[nodiscard]] inline bool does_nothing(const Action& action) {
  return action.statements.empty() && !action.backfill;
}

/// One step of a migration: where it is transactional, it is done as a whole or not at all.
struct Step {
  Phase phase = Phase::expand;
  std::string title;  ///< For people, a sentence without a full stop.
  Action forward;
  Action back;       ///< What leads back to before the step.
  std::string loss;  ///< What no way back brings again; empty: nothing is lost.
  bool operator==(const Step&) const = default;
};

struct Plan {
  std::string dialect;
  std::vector<Step> steps;
  bool operator==(const Plan&) const = default;
};

/// A table or a column that has another name afterwards. The schema that it is applied to is the
/// one before.
struct Rename {
  QualifiedName table;  ///< As it is called before.
  std::string column;   ///< Empty: the table itself is renamed.
  std::string name;     ///< What it is called afterwards.
  bool operator==(const Rename&) const = default;
};

struct PlanOptions {
  bool allow_loss = false;  ///< Steps that lose data are wanted.
  /// Tables and columns that go are set aside under other names, and nothing of them is lost.
  bool park = false;
  /// Names that are taken by what is parked already.
  std::set<std::string> parked_names;
  /// Nobody uses the database meanwhile: every table is changed in the short way.
  bool brief = false;
  /// About how many rows tables have. Of a table that is not here nobody knows, so that it is taken
  /// for a large one.
  std::map<QualifiedName, std::uint64_t> rows;
  /// What has another name afterwards, tables before columns.
  std::vector<Rename> renames;
  /// Called, perhaps more than once, when the rest of the planning takes one thread only: what else
  /// there is to do has the other processors from then on.
  std::function<void()> on_one_thread = [] {};
};

/// What can be done where a step would lose data.
inline constexpr const char* loss_help =
    "--allow-loss does it all the same; --park sets tables and columns that go aside instead";

/// From how many rows on a table is changed in steps that nobody notices; below, in short ones:
/// what reads or writes so few rows takes less than 200 ms.
inline constexpr std::uint64_t large_table_rows = 20'000;

/// Whether a table is so large, or nobody knows, that its rows must not be touched under a lock.
[[nodiscard]] bool is_large(const QualifiedName& table, const PlanOptions& options);

/// What leads from one schema to the other, both read in the same dialect. Columns that are parked
/// in the first stay as they are. Where data would be lost
/// and that is not allowed, each loss is an error in the sink.
[[nodiscard]] Plan make_plan(const Schema& from, const Schema& to, const PlanOptions& options,
                             DiagnosticSink& sink);

}  // namespace relata::migrate
