#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/schema.h"
#include "seed/limits.h"

namespace relata::seed {

/// Stands in an expression for the number of the row, from 1 on.
inline constexpr std::string_view row_number = "$row$";

/// An expression of SQL that gives a column's value in the row of a number.
struct Values {
  std::string expression;    ///< With row_number in it.
  std::uint64_t period = 0;  ///< After how many rows they come again; 0: never.
};

/// What is asked of a value.
struct Wanted {
  const Type& type;
  std::string base;       ///< Of a domain: its base type's spelling; else empty.
  bool distinct = false;  ///< Should differ from row to row, as far as the type lets it.
  Limits limits;
};

// Each engine's expressions; an empty one where the type is not known.
[[nodiscard]] Values postgres_values(const Wanted& wanted);
[[nodiscard]] Values mysql_values(const Wanted& wanted);
[[nodiscard]] Values sqlite_values(const Wanted& wanted);

}  // namespace relata::seed
