#pragma once

#include <optional>

#include "base/diagnostic.h"
#include "base/span.h"
#include "design/design.h"

namespace relata::yaml {

/// Reads a design.yaml. Nothing when the file is not a design at all; otherwise what could be read,
/// with every unknown key, bad value and dangling name in the sink at its place.
[[nodiscard]] std::optional<design::Design> read_design(const SourceFile& source,
                                                        DiagnosticSink& sink);

}  // namespace relata::yaml
