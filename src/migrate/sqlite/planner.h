#pragma once

#include "migrate/plan.h"

namespace relata::migrate::sqlite {

/// See migrate::make_plan(). What SQLite cannot alter in place is done by a rebuild of the table:
/// made in its new form, copied, and put in the place of the old one
/// (https://sqlite.org/lang_altertable.html#otheralter).
[[nodiscard]] Plan make_sqlite_plan(const Schema& from, const Schema& to,
                                    const PlanOptions& options, DiagnosticSink& sink);

}  // namespace relata::migrate::sqlite
