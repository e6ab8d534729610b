#pragma once

#include "emit/values/rows.h"
#include "model/expression.h"

namespace relata::emit {

/// A comparison, what is true when it is false, and the same with its sides swapped.
struct Opposite {
  Operation operation;
  Operation negated;
  Operation mirrored;
};
/// Nothing where the operation is no comparison.
[[nodiscard]] const Opposite* comparison(Operation operation);
/// Whether it is a comparison by order.
[[nodiscard]] bool is_order(Operation operation);
/// The column of the row that the expression is; nothing where it is something else.
[[nodiscard]] const RowColumn* column_of(const Expression& value, const RowType& row);

}  // namespace relata::emit
