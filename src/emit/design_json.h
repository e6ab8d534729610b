#pragma once

#include <string>

#include "base/span.h"
#include "design/design.h"

namespace relata::emit {

/// A Design as one JSON object with a line end, for programs: everything that design.yaml holds,
/// spelled out, with the origin of every item. `source` is the text that it was read from: places
/// in it are given as line and column (from 1, in code points).
///
/// The object: name, title, patterns {ids, enums, polymorphic, timestamps, soft_delete, version,
/// audit, authors, public_id, tenancy {root, member, actor} or null}, entities [{name, table, kind,
/// subtype_of, description, patterns, fields [{name, form, type {kind, length, precision, scale,
/// values}, required, unique, indexed, encrypted, default, minimum, maximum, derived,
/// description}], keys [{fields, primary}], indexes [{fields, only_active}], polymorphic [{name,
/// targets, required}]}], relationships [{arrow, left {entity, minimum, maximum, role}, right, via,
/// label, on_delete, identifying}], denormalizations [{what, reason}], assumptions [{decided,
/// alternative, change}], questions [{question, effect}]; each item has origin {rule, confidence,
/// words, source, line, column}. What is empty, zero or unknown is left out of types, entities and
/// origins; a maximum of null means many.
[[nodiscard]] std::string design_json(const design::Design& design, const SourceFile& source);

}  // namespace relata::emit
