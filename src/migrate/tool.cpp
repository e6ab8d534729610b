#include "migrate/tool.h"

#include <algorithm>

namespace relata::migrate {

#define RELATA_TOOL(id, function, asks, summary) \
  std::vector<emit::OutputFile> function(const ToolInput& input, DiagnosticSink& sink);
#include "migrate/tools.def"
#undef RELATA_TOOL

const std::vector<Tool>& tools() {
  static const std::vector<Tool> all{
#define RELATA_TOOL(id, function, asks, summary) Tool{id, summary, asks, function},
#include "migrate/tools.def"
#undef RELATA_TOOL
  };
  return all;
}

const Tool* find_tool(std::string_view id) {
  const auto found =
      std::find_if(tools().begin(), tools().end(), [&](const Tool& tool) { return tool.id == id; });
  return found == tools().end() ? nullptr : &*found;
}

}  // namespace relata::migrate
