#pragma once

#include "base/diagnostic.h"
#include "base/span.h"
#include "design/design.h"

namespace relata::english {

/// The Design that an English requirements text describes, with the words and the rule behind every
/// item, the assumptions made and the questions left open. Deterministic; time grows about linearly
/// with the text. A text in which nothing could be understood (empty, not English) is an error in
/// the sink.
[[nodiscard]] design::Design read_requirements(const SourceFile& source, DiagnosticSink& sink);

}  // namespace relata::english
