#pragma once

#include "base/printer.h"
#include "dialect/dialect.h"
#include "model/schema.h"

namespace relata {

/// The functions that make new ids, as far as the schema's defaults call them and the server has
/// none of its own (uuidv7() came with PostgreSQL 18).
void print_postgres_id_functions(Printer& printer, const Schema& schema);

/// First server version with uuidv7() (release notes of PostgreSQL 18).
inline constexpr int postgres_with_uuidv7 = 18;

}  // namespace relata
