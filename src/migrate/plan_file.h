#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "emit/output.h"
#include "migrate/plan.h"

namespace relata::migrate {

/// Beside plan.json: the schemas that it leads from and to, as scripts that load.
inline constexpr std::string_view start_file = "start.sql";
inline constexpr std::string_view target_file = "target.sql";

/// The plan as a folder of SQL: plan.json, and numbered files that lead forward (.up.sql) and back
/// (.down.sql), one pair a phase: thousands of files would take longer than all the rest.
[[nodiscard]] std::vector<emit::OutputFile> sql_files(const Plan& plan);

/// Whether a file is called as one of a phase: "0002_backfill.up.sql".
[[nodiscard]] bool is_phase_file(std::string_view name);

/// Reads plan.json in a folder. Fails when it is missing, is no plan, or is of another version.
[[nodiscard]] Result<Plan> read_plan(const std::string& folder);

}  // namespace relata::migrate
