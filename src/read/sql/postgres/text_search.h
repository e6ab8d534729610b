#pragma once

#include "read/sql/postgres/reader.h"

namespace relata::sql::postgres {

/// CREATE TEXT SEARCH CONFIGURATION: kept with all its mappings written out, one statement a token
/// type, as live introspection writes them. One made with COPY takes over those of its source.
/// https://www.postgresql.org/docs/current/sql-createtsconfig.html
void define_text_search_configuration(Reader& reader, const PgQuery__DefineStmt& statement,
                                      const QualifiedName& name);

}  // namespace relata::sql::postgres
