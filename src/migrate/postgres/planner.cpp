// The steps from one schema of PostgreSQL to another.
#include "migrate/postgres/planner.h"

#include <algorithm>
#include <future>
#include <set>
#include <utility>

#include "base/dispose.h"
#include "dialect/dialect.h"
#include "dialect/postgres_pieces.h"
#include "migrate/postgres/delta.h"
#include "migrate/postgres/group_work.h"
#include "migrate/postgres/part_names.h"
#include "migrate/postgres/rename_steps.h"
#include "migrate/postgres/words.h"
#include "migrate/postgres/work.h"
#include "migrate/rename.h"
#include "syntax/postgres/large_stack.h"

namespace relata::migrate::postgres {
namespace {

using Tables = std::set<QualifiedName>;

/// The tables and views that the group touches.
Tables touched(const Group& group, const std::vector<Piece>& before,
               const std::vector<Piece>& after) {
  Tables tables;
  for (const Change& change : group.changes) {
    const bool drop = change.doing == Doing::drop;
    const std::vector<Piece>& pieces = drop ? before : after;
    const Piece& piece = drop ? before[change.from] : after[change.to];
    tables.insert(piece.owner);
    for (const std::size_t used : piece.needs) tables.insert(pieces[used].owner);
    if (const auto* key = std::get_if<const ForeignKey*>(&piece.object)) {
      tables.insert({(*key)->table_schema, (*key)->table});
    }
  }
  return tables;
}

/// Tables of which a column is altered or dropped.
Tables changing(const std::vector<Group>& groups, const std::vector<Piece>& before) {
  Tables tables;
  for (const Group& group : groups) {
    for (const Change& change : group.changes) {
      if (change.doing == Doing::create) continue;
      const Piece& piece = before[change.from];
      if (piece.kind == "column" || piece.kind == "table") tables.insert(piece.owner);
    }
  }
  return tables;
}

bool waits(const Tables& tables, const Tables& waiting) {
  return std::any_of(tables.begin(), tables.end(),
                     [&](const QualifiedName& table) { return waiting.count(table) > 0; });
}

/// The role that policies and grants of the plan are for belongs to the server, not to a schema: it
/// is made where it is missing, and stays.
void make_role(const std::string& role, Plan& plan) {
  if (role.empty()) return;
  const std::string name = quoted(role);
  const auto names_it = [&](const std::string& sql) {
    return sql.find(" TO " + name) != std::string::npos;
  };
  const bool is_needed = std::any_of(plan.steps.begin(), plan.steps.end(), [&](const Step& step) {
    const std::vector<std::string>& statements = step.forward.statements;
    return std::any_of(statements.begin(), statements.end(), names_it);
  });
  if (!is_needed) return;
  Step step;
  step.title = "make the role " + role + " where it is missing";
  const std::string literal = dialect().string_literal(role);
  step.forward.statements = {
      "DO " +
      dollar_quoted("BEGIN\n  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = " + literal +
                    ") THEN\n    CREATE ROLE " + name + " NOLOGIN;\n  END IF;\nEND\n")};
  plan.steps.insert(plan.steps.begin(), std::move(step));
}

Plan plan_between(const Schema& from, const Schema& to, const PlanOptions& options,
                  DiagnosticSink& sink) {
  const bool renames = !options.renames.empty();
  Schema called = renames ? renamed(from, options.renames) : Schema();
  const std::vector<PartRename> parts = find_part_renames(renames ? called : from, to);
  if (!parts.empty()) called = with_part_names(renames ? std::move(called) : from, parts, to);
  const Schema& start = renames || !parts.empty() ? called : from;
  const std::set<QualifiedName> apart = made_apart(start, to);
  auto other = std::async(std::launch::async, [&] { return postgres_pieces(to, apart); });
  std::vector<Piece> before = postgres_pieces(start, apart);
  std::vector<Piece> after = other.get();
  options.on_one_thread();
  const std::vector<Group> groups = find_groups(before, after);
  PlanOptions sizes = options;
  Renaming renaming;
  if (renames) {
    renaming = rename_steps(from, options, changing(groups, before), sink);
    for (const Rename& rename : options.renames) {
      const auto rows = options.rows.find(rename.table);
      if (rename.column.empty() && rows != options.rows.end()) {
        sizes.rows[{rename.table.schema, rename.name}] = rows->second;
      }
    }
  }
  GroupWork work(before, after, groups, sizes, sink);
  Plan plan;
  plan.dialect = "postgres";
  append(plan.steps, std::move(renaming.steps));
  append(plan.steps, part_rename_steps(parts, renaming.waiting));
  std::vector<Phase> reached;  // of each group: the phase of its last step
  for (const Group& group : groups) {
    Phase phase = Phase::expand;
    for (const std::size_t need : group.needs) phase = std::max(phase, reached[need]);
    if (!renaming.waiting.empty() && waits(touched(group, before, after), renaming.waiting)) {
      phase = Phase::contract;
    }
    for (Step& step : work.steps(group)) {
      phase = step.phase = std::max(phase, step.phase);
      plan.steps.push_back(std::move(step));
    }
    reached.push_back(phase);
  }
  // Groups come after those that they need, and no step is in an earlier phase than one that it
  // needs.
  std::stable_sort(plan.steps.begin(), plan.steps.end(),
                   [](const Step& a, const Step& b) { return a.phase < b.phase; });
  make_role(to.session.role, plan);
  dispose(std::move(before));
  dispose(std::move(after));
  return plan;
}

}  // namespace

Plan make_postgres_plan(const Schema& from, const Schema& to, const PlanOptions& options,
                        DiagnosticSink& sink) {
  Plan plan;
  // Each column that is built beside another has texts to parse: all of them on one large stack.
  syntax::with_large_stack([&] { plan = plan_between(from, to, options, sink); });
  return plan;
}

}  // namespace relata::migrate::postgres
