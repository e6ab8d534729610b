#pragma once

#include <string>

#include "design/design.h"

namespace relata::cli {

/// What was understood in a few lines: counts, entities, patterns.
[[nodiscard]] std::string short_report(const design::Design& design, bool colour);

}  // namespace relata::cli
