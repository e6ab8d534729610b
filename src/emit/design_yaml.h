#pragma once

#include <string>

#include "base/span.h"
#include "design/design.h"
#include "design/merge.h"

namespace relata::emit {

/// The design.yaml of a Design: short, commented, in a stable order. Reading it back gives an equal
/// Design. `source` is the file that the design was read from, so that the comments can quote the
/// words behind each item; null leaves those quotations out that the origins do not hold
/// themselves. `base` is what the requirements gave, written as a comment at the end so that
/// design::merge() can tell edits from what was written; an empty one is left out.
[[nodiscard]] std::string design_yaml(const design::Design& design,
                                      const SourceFile* source = nullptr,
                                      const design::Base& base = {});

}  // namespace relata::emit
