#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/span.h"
#include "design/design.h"

namespace relata::emit {

struct ReportOptions {
  bool colour = false;     ///< ANSI escapes for a terminal.
  std::size_t width = 96;  ///< Columns; single words that are longer stand over.
};

/// What was understood, assumed and left open, for a person to read. `source` is the text that the
/// design was read from: words in it are quoted with their lines.
[[nodiscard]] std::string design_report(const design::Design& design, const SourceFile& source,
                                        const ReportOptions& options = {});

/// "Task board: 7 entities, 5 relationships, 2 assumptions, 1 open question".
[[nodiscard]] std::string design_headline(const design::Design& design);

/// What holds for the design in words: "an audit log", "soft delete (Task, Project)".
[[nodiscard]] std::vector<std::string> pattern_phrases(const design::Design& design);

}  // namespace relata::emit
