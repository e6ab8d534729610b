#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "emit/facts.h"
#include "emit/output.h"
#include "model/schema.h"

namespace relata::emit {

/// One kind of output that Relata writes. A target is one file or folder here and one line in
/// targets.def. One of the two functions is set.
struct Target {
  std::string_view id;       ///< Kebab-case, as on the command line: "mermaid".
  std::string_view file;     ///< Its main file in the output folder of `relata build`: "erd.mmd".
  std::string_view summary;  ///< One line for help and documentation.
  /// The only file, from the schema as it came.
  std::string (*write)(const Schema& schema, DiagnosticSink& sink) = nullptr;
  /// All files, from the schema in one dialect's terms.
  std::vector<OutputFile> (*write_files)(const TargetInput& input, DiagnosticSink& sink) = nullptr;
  const TargetFacts* facts = nullptr;  ///< Null: there is no more to know of it.
};

[[nodiscard]] const std::vector<Target>& targets();
[[nodiscard]] const Target* find_target(std::string_view id);

}  // namespace relata::emit
