#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "emit/output.h"

namespace relata::emit {

/// Drizzle ORM 0.45: schema.ts, relations.ts and drizzle.config.ts, and the first migration with
/// what drizzle-kit 0.31 keeps beside it.
[[nodiscard]] std::vector<OutputFile> write_drizzle(const TargetInput& input, DiagnosticSink& sink);

}  // namespace relata::emit
