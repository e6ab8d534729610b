#pragma once

#include "live/postgres/catalog.h"
#include "live/postgres/connection.h"

namespace relata::live::postgres {

/// Takes in what Relata keeps as whole statements. The columns are: the kind, namespace (NULL:
/// public, or none), name, statements, and the catalog and OID of the object for its comment.
void read_others(const Rows& rows, Catalog& catalog);

}  // namespace relata::live::postgres
