#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "migrate/plan.h"
#include "model/schema.h"

namespace relata::migrate {

/// What leads from one schema to the other, where tables and columns that go are set aside, and
/// what is needed for that goes along: the way to a schema that still has them, then one that cuts
/// them off, then they move. Where nothing goes it is make_plan().
[[nodiscard]] Plan make_parking_plan(const Schema& from, const Schema& to,
                                     const PlanOptions& options, DiagnosticSink& sink);

/// Has the register of what is parked know the new names of tables in which columns are parked.
[[nodiscard]] std::vector<Step> steps_beside_renames(const Schema& from,
                                                     const std::vector<Rename>& renames);

/// The wanted schema with the columns that are parked in what is there: they stay as they are.
/// `from`: with all renames done.
[[nodiscard]] Schema with_parked_columns(const Schema& from, const Schema& to);

}  // namespace relata::migrate
