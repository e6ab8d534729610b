#pragma once

#include "base/diagnostic.h"
#include "design/design.h"
#include "model/schema.h"

namespace relata::design {

struct ExpandOptions {
  /// Leave out the standard conventions: surrogate ids where a natural key stands, timestamps,
  /// authors, versions, audit, soft delete and tenancy.
  bool bare = false;
};

/// The Schema that holds what a Design means, in no dialect's own terms: patterns applied, foreign
/// keys and their indexes laid, names derived and unique. Deterministic; what is wrong with the
/// design (a relationship to an unknown entity) goes to the sink and is left out.
[[nodiscard]] Schema expand(const Design& design, const ExpandOptions& options,
                            DiagnosticSink& sink);

}  // namespace relata::design
