#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/schema.h"

namespace relata::seed {

/// What CHECKs demand of one column, as far as they say it of this column alone.
struct Limits {
  std::optional<double> lowest;   ///< Of numbers; a bound that is itself not allowed is moved by 1,
  std::optional<double> highest;  ///< or half of what is between where that is less.
  std::optional<std::string> earliest;  ///< Of dates and times, as literals.
  std::optional<std::string> latest;
  std::vector<Expression> values;  ///< The only ones; empty: any.
  std::size_t shortest = 0;        ///< Of texts, in characters.
  std::size_t longest = 0;         ///< 0: as the type has it.
  std::string like;                ///< A pattern of LIKE; empty: none.
};

/// What the checks of a table, or of a domain (whose column is called VALUE), demand of a column.
void narrow(Limits& limits, const std::vector<Check>& checks, std::string_view column);

}  // namespace relata::seed
