#pragma once

#include <sqlite3.h>

#include "base/diagnostic.h"
#include "base/result.h"
#include "model/schema.h"

namespace relata::live::sqlite {

/// What the main database of a connection holds, as a Schema of the dialect "sqlite": a fixed
/// number of queries on sqlite_schema and the pragma functions (https://sqlite.org/pragma.html),
/// and what only the text of the statements in sqlite_schema tells. Tables come in the order in
/// which they were made. Left out are SQLite's own tables (sqlite_...), the shadow tables of
/// virtual tables, and what is temporary. The origin of a table or column is the span of its name
/// in the statement's text in sqlite_schema, without a source. Fails when the engine cannot read
/// its catalog; what is there but cannot be understood is a diagnostic. Canonical forms are not
/// filled.
[[nodiscard]] Result<Schema> schema_of(sqlite3* database, DiagnosticSink& sink);

}  // namespace relata::live::sqlite
