#pragma once

#include "migrate/plan.h"

namespace relata::migrate::mysql {

/// See make_plan(); both schemas were read in the dialect mysql. The server has no transactions for
/// changes of a schema: a step is one statement where it can be, so that a run that was broken off
/// goes on behind the last step that was done.
[[nodiscard]] Plan make_mysql_plan(const Schema& from, const Schema& to, const PlanOptions& options,
                                   DiagnosticSink& sink);

}  // namespace relata::migrate::mysql
