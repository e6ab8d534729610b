#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "dialect/dialect.h"
#include "model/schema.h"

namespace relata::cli {

/// A schema in one dialect's own terms, with the statements that make it.
struct NativeSchema {
  Schema schema;  ///< Schema::dialect is set.
  const Dialect* dialect = nullptr;
  std::vector<std::string> create;  ///< See emit::TargetInput.
  std::vector<std::string> drop;
};

/// The schema as a server of that dialect would hold it: as it is where it was read in that
/// dialect, else what the DDL written for the dialect reads back as, with the intents, comments
/// and settings that DDL does not hold. What the dialect cannot hold goes to the sink.
[[nodiscard]] NativeSchema native_schema(const Schema& schema, const Dialect& dialect,
                                         const DdlOptions& options, DiagnosticSink& sink);

/// The dialect that code is written for when nobody says which: the schema's own, or PostgreSQL.
[[nodiscard]] const Dialect& default_dialect(const Schema& schema);

}  // namespace relata::cli
