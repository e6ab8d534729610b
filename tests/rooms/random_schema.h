#pragma once

#include <cstdint>

#include "model/schema.h"

namespace relata::test {

/// A schema with types, keys and references of all kinds and names as awkward as an engine would
/// take them, the same for the same seed.
[[nodiscard]] Schema random_schema(std::uint32_t seed);

}  // namespace relata::test
