#pragma once

#include "model/schema.h"

namespace relata {

/// Puts everything whose order means nothing into one order, so that schemas that came by different
/// ways can be compared with ==: objects by namespace and name, overloaded routines by their
/// arguments; constraints, indexes, triggers, policies and rules of a table by name; grants by what
/// they are on and to whom. What has no name keeps its order. Columns, values of enumerations,
/// parts of keys, inherited tables, rows and options stay as they are: their order is part of the
/// schema.
void sort_schema(Schema& schema);

}  // namespace relata
