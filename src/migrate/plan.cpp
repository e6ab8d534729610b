#include "migrate/plan.h"

#include "migrate/postgres/planner.h"

namespace relata::migrate {

Plan make_plan(const Schema& from, const Schema& to, const PlanOptions& options,
               DiagnosticSink& sink) {
  return postgres::make_postgres_plan(from, to, options, sink);
}

}  // namespace relata::migrate
