#pragma once

#include "model/schema.h"

namespace relata::migrate {

/// Takes the tables in which migration tools keep what has been run out of each schema where the
/// other has no such table: a database that a tool changes has them, and no design does.
void forget_tool_tables(Schema& one, Schema& other);

}  // namespace relata::migrate
