#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "emit/output.h"
#include "migrate/plan.h"
#include "migrate/plan_ends.h"
#include "read/sql/migration_layout.h"

namespace relata::migrate {

/// What a plan is written into files from.
struct ToolInput {
  const Plan& plan;
  /// What the plan leads from and to; null for a tool that does not keep it.
  const PlanEnds* ends = nullptr;
  /// The schemas before and after as the tool's target of `relata build` sees them; null for a tool
  /// that asks for none.
  const emit::TargetInput* from = nullptr;
  const emit::TargetInput* to = nullptr;
  /// What the folder holds that is written to.
  const sql::FolderListing& folder;
};

/// A tool that runs migrations: how a plan is written for it. A tool is one file in tools/ and one
/// line in tools.def.
struct Tool {
  std::string_view id;       ///< As on the command line: "drizzle".
  std::string_view summary;  ///< One line for help: what is written.
  bool asks_for_schemas = false;
  /// The files, to be written into the folder, which continue what is there; none when the sink has
  /// an error.
  std::vector<emit::OutputFile> (*write)(const ToolInput& input, DiagnosticSink& sink) = nullptr;
};

[[nodiscard]] const std::vector<Tool>& tools();
/// Null: there is no such tool.
[[nodiscard]] const Tool* find_tool(std::string_view id);

}  // namespace relata::migrate
