#pragma once

#include "base/diagnostic.h"
#include "design/design.h"
#include "model/schema.h"

namespace relata::design {

/// The design behind a schema that was read: entities with their fields, relationships with their
/// multiplicities, and the patterns that the tables follow (tenancy, soft delete, optimistic
/// locking, audit, history, junctions, polymorphic pairs, lookup tables). What a design cannot say
/// (a view, a procedure, a storage setting) is a note. Every item's Origin is the place that it was
/// read from.
[[nodiscard]] Design lift(const Schema& schema, DiagnosticSink& sink);

}  // namespace relata::design
