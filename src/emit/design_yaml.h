#pragma once

#include <string>

#include "design/design.h"

namespace relata::emit {

/// The design.yaml of a Design: short, commented, in a stable order. Reading it back gives an equal
/// Design.
[[nodiscard]] std::string design_yaml(const design::Design& design);

}  // namespace relata::emit
