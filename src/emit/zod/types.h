#pragma once

#include <string>
#include <vector>

#include "emit/values/rows.h"
#include "emit/zod/helpers.h"

namespace relata::emit::zod {

/// A schema as calls in a chain: {"z.int32()", ".min(1)"}.
using Chain = std::vector<std::string>;

/// The schema of a column's values other than null, of one element where it is an array.
[[nodiscard]] Chain element_chain(const RowColumn& column, const RowTypes& rows, Helpers& helpers);
/// Whether bounds can be told by .min() and .max() behind the chain.
[[nodiscard]] bool takes_bounds(const Value& value);

}  // namespace relata::emit::zod
