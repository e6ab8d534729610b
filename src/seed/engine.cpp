#include "seed/engine.h"

#include <algorithm>
#include <array>

namespace relata::seed {
namespace {

std::string series(std::uint64_t first, std::uint64_t last) {
  return "pg_catalog.generate_series(" + std::to_string(first) + "::bigint, " +
         std::to_string(last) + "::bigint) AS relata_rows (relata_row)";
}

/// As many digits as there are rows, multiplied out: no setting bounds that, as it bounds recursion
/// (cte_max_recursion_depth, max_recursive_iterations).
std::string digits(std::uint64_t first, std::uint64_t last) {
  const std::string ten =
      "(SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 "
      "UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL "
      "SELECT "
      "9)";
  std::string sum = std::to_string(first);
  std::string tables;
  std::uint64_t power = 1;
  for (int place = 0; power <= last - first; ++place, power *= 10) {
    const std::string name = "d" + std::to_string(place);
    sum += " + " + name + ".d * " + std::to_string(power);
    tables += (tables.empty() ? "" : ", ") + ten + " AS " + name;
  }
  if (tables.empty()) return "(SELECT " + sum + " AS relata_row) AS relata_rows";
  return "(SELECT " + sum + " AS relata_row FROM " + tables + " WHERE " + sum +
         " <= " + std::to_string(last) + ") AS relata_rows";
}

constexpr std::array engines{
#define RELATA_SEED(dialect, values, rows, overriding) \
  SeedEngine{dialect, values, rows, overriding},
#include "seed/engines.def"
#undef RELATA_SEED
};

}  // namespace

const SeedEngine& seed_engine(std::string_view dialect) {
  const auto found = std::find_if(engines.begin(), engines.end(), [&](const SeedEngine& engine) {
    return engine.dialect == dialect;
  });
  return found == engines.end() ? engines.front() : *found;
}

}  // namespace relata::seed
