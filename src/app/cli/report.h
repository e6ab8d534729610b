#pragma once

#include <string>
#include <vector>

#include "base/span.h"
#include "design/design.h"

namespace relata::cli {

/// What was understood, what was assumed and what is still open, for a person to read. `file` is
/// the text that the design was read from: places in it are given as line numbers.
[[nodiscard]] std::string report(const design::Design& design, const SourceFile& file, bool colour);

/// The same in a few lines: counts, patterns, and how to read the rest.
[[nodiscard]] std::string short_report(const design::Design& design, bool colour);

/// The design's patterns in words: "tenants are Workspaces", "an audit log".
[[nodiscard]] std::vector<std::string> pattern_phrases(const design::Design& design);

}  // namespace relata::cli
