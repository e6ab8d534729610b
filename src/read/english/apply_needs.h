#pragma once

#include <string>
#include <vector>

#include "design/design.h"
#include "read/english/need.h"

namespace relata::english {

/// Writes what the needs ask for into a design whose entities, fields and relationships are known:
/// patterns, histories, encrypted fields, indexes, keys, defaults, values and bounds. Tenancy is
/// left to derive_tenancy(). A need whose things are unknown to the design changes nothing, but
/// audit, soft delete and locking then hold for the whole design. `source` names the text.
void apply_needs(design::Design& design, const std::vector<Need>& needs, const std::string& source);

/// Derives the tenant and its membership when a need asks for tenancy: the tenant is the entity
/// that the words name, or else the top of the containment tree, first of all one that a person
/// creates; who creates it, or a "User", is the member.
void derive_tenancy(design::Design& design, const std::vector<Need>& needs,
                    const std::string& source);

}  // namespace relata::english
