// The steps from one schema of PostgreSQL to another.
#include "migrate/postgres/planner.h"

#include <algorithm>
#include <utility>

#include "dialect/postgres_pieces.h"
#include "migrate/postgres/delta.h"
#include "migrate/postgres/group_work.h"

namespace relata::migrate::postgres {

Plan make_postgres_plan(const Schema& from, const Schema& to, const PlanOptions& options,
                        DiagnosticSink& sink) {
  const std::vector<Piece> before = postgres_pieces(from);
  const std::vector<Piece> after = postgres_pieces(to);
  const std::vector<Group> groups = find_groups(before, after);
  GroupWork work(before, after, groups, options, sink);
  Plan plan;
  plan.dialect = "postgres";
  std::vector<Phase> reached;  // of each group: the phase of its last step
  for (const Group& group : groups) {
    Phase phase = Phase::expand;
    for (const std::size_t need : group.needs) phase = std::max(phase, reached[need]);
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
  return plan;
}

}  // namespace relata::migrate::postgres
