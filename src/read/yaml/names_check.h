#pragma once

#include "design/design.h"
#include "read/yaml/reader.h"

namespace relata::yaml {

/// Reports every name of an entity that the design does not have, at its place.
void check_names(Reader& reader, const design::Design& design);

}  // namespace relata::yaml
