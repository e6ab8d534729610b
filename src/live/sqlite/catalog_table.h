#pragma once

#include <string>

#include "base/diagnostic.h"
#include "live/sqlite/catalog_rows.h"
#include "model/schema.h"

namespace relata::live::sqlite {

/// A table with its columns, keys and checks; indexes and triggers come later.
[[nodiscard]] Table table_of(const ObjectRow& object, const TableRow& row, const CatalogRows& rows,
                             DiagnosticSink& sink);

/// Columns without a type that refer to a column take its nearest neutral type.
void take_referenced_types(Schema& schema);

/// SQL of SQLite as an expression.
[[nodiscard]] Expression sql_of(std::string text);

}  // namespace relata::live::sqlite
