#pragma once

#include <cstdint>

#include "design/design.h"

namespace relata::test {

/// A design with some of everything that a Design can hold, the same for the same seed. Names and
/// texts are now and then as awkward as they may be; references name what exists.
[[nodiscard]] design::Design random_design(std::uint32_t seed);

}  // namespace relata::test
