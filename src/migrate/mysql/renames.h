#pragma once

#include <vector>

#include "migrate/plan.h"

namespace relata::migrate::mysql {

/// Gives tables and columns their new names; only the catalog changes. Texts of views, triggers and
/// routines keep the old ones until they are changed themselves.
[[nodiscard]] std::vector<Step> rename_steps(const std::vector<Rename>& renames);

/// The options as they hold when the renames are done.
[[nodiscard]] PlanOptions after_renames(const PlanOptions& options);

}  // namespace relata::migrate::mysql
