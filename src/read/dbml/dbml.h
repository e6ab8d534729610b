#pragma once

#include <optional>

#include "base/diagnostic.h"
#include "base/span.h"
#include "model/schema.h"

namespace relata::dbml {

/// The schema of a DBML file (https://dbml.dbdiagram.io/docs), in the dialect of its Project's
/// database_type, PostgreSQL without one. Gives nothing when the text cannot be read as DBML.
[[nodiscard]] std::optional<Schema> read_dbml(const SourceFile& file, DiagnosticSink& sink);

}  // namespace relata::dbml
