#pragma once

#include "base/diagnostic.h"
#include "dialect/sql_dialect.h"
#include "model/schema.h"

namespace relata {

/// A schema that was read in one dialect (Schema::dialect) in the neutral terms that the other can
/// lower: types by their nearest neutral kind, expressions by their neutral meaning, native forms
/// (sequences behind defaults, enumerations, partitions, storage settings) by what stands in their
/// place. Every thing that cannot be carried over is a diagnostic that says what was done instead.
[[nodiscard]] Schema converted(const Schema& schema, const SqlDialect& target,
                               DiagnosticSink& sink);

}  // namespace relata
