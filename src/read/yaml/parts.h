#pragma once

#include "design/design.h"
#include "read/yaml/reader.h"

namespace relata::yaml {

/// The design that the root mapping of a design.yaml describes.
[[nodiscard]] design::Design read_parts(Reader& reader, const Node& root);

}  // namespace relata::yaml
