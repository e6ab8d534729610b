#include "migrate/plan.h"

#include <array>
#include <string_view>
#include <utility>

#include "migrate/mysql/planner.h"
#include "migrate/parking/parked.h"
#include "migrate/parking/parking_plan.h"
#include "migrate/postgres/planner.h"
#include "migrate/rename.h"
#include "migrate/sqlite/planner.h"

namespace relata::migrate {

namespace {

struct Planner {
  std::string_view dialect;
  Plan (*make)(const Schema& from, const Schema& to, const PlanOptions& options,
               DiagnosticSink& sink);
};

constexpr std::array planners{
#define RELATA_PLANNER(dialect, function) Planner{dialect, function},
#include "migrate/planners.def"
#undef RELATA_PLANNER
};

}  // namespace

std::optional<Phase> phase_of(std::string_view name) {
  for (const Phase phase : all_phases) {
    if (phase_name(phase) == name) return phase;
  }
  return std::nullopt;
}

bool is_large(const QualifiedName& table, const PlanOptions& options) {
  if (options.brief) return false;
  const auto found = options.rows.find(table);
  return found == options.rows.end() || found->second >= large_table_rows;
}

Plan make_plan(const Schema& from, const Schema& to, const PlanOptions& options,
               DiagnosticSink& sink) {
  if (has_parked_columns(from) && !has_parked_columns(to)) {
    const Schema wanted = with_parked_columns(renamed(from, options.renames), to);
    if (has_parked_columns(wanted)) {
      Plan plan = make_plan(from, wanted, options, sink);
      for (Step& step : steps_beside_renames(from, options.renames)) {
        plan.steps.push_back(std::move(step));
      }
      return plan;
    }
  }
  if (options.park) return make_parking_plan(from, to, options, sink);
  for (const Planner& planner : planners) {
    if (planner.dialect == to.dialect) return planner.make(from, to, options, sink);
  }
  sink.error("no-planner", "there is no plan for " + to.dialect, {}, {},
             "relata diff tells what differs");
  return {};
}

}  // namespace relata::migrate
