#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "dialect/dialect.h"
#include "model/schema.h"

namespace relata::emit {

/// One kind of output that Relata writes from a Schema. A target is one file in this folder and one
/// line in targets.def.
struct Target {
  std::string_view id;       ///< Kebab-case, as on the command line: "mermaid".
  std::string_view file;     ///< Name in the output folder of `relata build`: "erd.mmd".
  std::string_view summary;  ///< One line for help and documentation.
  std::string (*write)(const Schema& schema, DiagnosticSink& sink);
};

[[nodiscard]] const std::vector<Target>& targets();
[[nodiscard]] const Target* find_target(std::string_view id);

}  // namespace relata::emit
