#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/cli/explanation.h"
#include "base/diagnostic.h"
#include "base/span.h"
#include "design/design.h"

namespace relata::cli {

/// A design as emit::design_json() writes it, with the diagnostics and the files that were written
/// (name, content), as one JSON object with a line end. Places are line, column (from 1, in code
/// points) and the words themselves.
[[nodiscard]] std::string json_report(
    const design::Design& design, const SourceFile& file, const DiagnosticSink& sink,
    const std::vector<std::pair<std::string, std::string>>& files);

/// An explanation as one JSON object with a line end; places as in json_report().
[[nodiscard]] std::string explanation_json(const Explanation& explanation, const SourceFile& file);

}  // namespace relata::cli
