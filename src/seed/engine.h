#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "seed/values.h"

namespace relata::seed {

/// What differs between engines in filling tables.
struct SeedEngine {
  std::string_view dialect;
  Values (*values)(const Wanted& wanted);
  /// What stands behind FROM, and gives relata_row the numbers from one through another.
  std::string (*rows)(std::uint64_t first, std::uint64_t last);
  std::string_view overriding;
};

/// PostgreSQL's for a dialect that has no line in engines.def.
[[nodiscard]] const SeedEngine& seed_engine(std::string_view dialect);

}  // namespace relata::seed
