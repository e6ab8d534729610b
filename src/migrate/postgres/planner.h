#pragma once

#include "migrate/plan.h"

namespace relata::migrate::postgres {

/// See migrate::make_plan().
[[nodiscard]] Plan make_postgres_plan(const Schema& from, const Schema& to,
                                      const PlanOptions& options, DiagnosticSink& sink);

}  // namespace relata::migrate::postgres
