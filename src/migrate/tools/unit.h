#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dialect/dialect.h"
#include "migrate/plan.h"

namespace relata::migrate {

enum class CommandKind {
  setting,  ///< Of the session; may be left out.
  cleanup,  ///< Takes the rest of an attempt that was broken off away.
  work,
};

/// A statement, with what is said of it above.
struct Command {
  CommandKind kind = CommandKind::work;
  std::string sql;
  std::vector<std::string> remarks;
  bool scans = false;  ///< Its step reads or writes a whole table.
};

/// Statements that are run in one transaction, or each without any.
struct Section {
  bool apart = false;  ///< Cannot be in a transaction.
  /// Reads or writes whole tables, so that no lock of an earlier statement may be held meanwhile:
  /// it begins a transaction of its own.
  bool fresh = false;
  /// [SQLite] Wants foreign keys to be off, which can only be said outside of a transaction
  /// (https://www.sqlite.org/pragma.html#pragma_foreign_keys).
  bool keys_off = false;
  std::vector<Command> commands;
};

/// What becomes one migration of a tool: steps of one phase that are done in one transaction, or
/// outside of any.
struct Unit {
  Phase phase = Phase::expand;
  std::string name;  ///< Of lower-case ASCII words: "expand_make_the_index_pets_name".
  Section forward;
  std::vector<Section> back;  ///< In the order in which they are run.
};

/// One way through a single step: &Step::forward or &Step::back.
[[nodiscard]] Section section_of(const Step& step, Action Step::*way, const Dialect& dialect);

struct UnitOptions {
  /// Statements that cannot be in a transaction may share a migration where each can be run again.
  bool shared_apart = true;
};

/// Cuts a plan into what a tool's files hold. A plan in which no step does anything forward has no
/// units.
[[nodiscard]] std::vector<Unit> units_of(const Plan& plan, const Dialect& dialect,
                                         const UnitOptions& options);

/// Whether changes of the schema are part of transactions; where they are not, nothing is gained by
/// standing apart.
[[nodiscard]] bool has_transactional_ddl(const Dialect& dialect);

/// What the phase means to those who deploy: "expand: before the new code is deployed; ...".
[[nodiscard]] std::string_view description_of(Phase phase);

/// SQL comments, a line each.
[[nodiscard]] std::string sql_remarks(const std::vector<std::string>& remarks);

/// What stands above a statement in SQL: its remarks, and where linters warn of what the plan was
/// asked for and puts where it does no harm, that this is meant.
[[nodiscard]] std::string sql_remarks(const Dialect& dialect, const Command& command);

}  // namespace relata::migrate
