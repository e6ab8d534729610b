#pragma once

#include <vector>

#include "design/design.h"

namespace relata::english {

/// Puts relationships that the text states as arrows into the design; what the sentences say of the
/// same two entities gives way. An entity that only an arrow names is added.
void apply_arrows(design::Design& design, const std::vector<design::Relationship>& arrows);

}  // namespace relata::english
