#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "live/session.h"
#include "migrate/check/check_engine.h"
#include "migrate/check/report.h"
#include "migrate/plan.h"
#include "model/schema.h"
#include "seed/fill.h"

namespace relata::migrate::check {

/// The start's schema with what the target demands of columns and tables that are there already, so
/// that rows which satisfy it can be migrated.
[[nodiscard]] Schema demands_of_both(const Schema& start, const Schema& target);

/// Names of tables of the schema that the plan's statements speak of.
[[nodiscard]] std::vector<QualifiedName> tables_changed(const Plan& plan, const Schema& schema);

/// Fills a database that holds the schema and no rows. What cannot be filled is told
/// in `tables`; nothing else fails.
[[nodiscard]] std::vector<seed::TableFill> fill_database(live::Session& session,
                                                         const CheckEngine& engine,
                                                         const Schema& schema,
                                                         seed::FillOptions options,
                                                         std::vector<FilledTable>& tables);

}  // namespace relata::migrate::check
