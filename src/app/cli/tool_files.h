#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/console.h"
#include "app/cli/invocation.h"
#include "app/cli/source_pair.h"
#include "migrate/tool.h"

namespace relata::cli {

/// What --tool names, or the one for relata itself; null after a message.
[[nodiscard]] const migrate::Tool* tool_choice(const Invocation& invocation, Console& console);

/// Writes the plan into the folder as the tool keeps its migrations, behind those that are there:
/// all files or none. Whether it could; else after a message.
[[nodiscard]] bool write_for_tool(const migrate::Tool& tool, const migrate::Plan& plan,
                                  const migrate::PlanEnds* ends, const SourcePair& pair,
                                  const std::string& folder, Console& console);

}  // namespace relata::cli
