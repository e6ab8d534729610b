#pragma once

#include <string>
#include <vector>

#include "design/design.h"
#include "read/english/need.h"

namespace relata::english {

/// What a text asks for, with what is known of its people.
struct NeedsOfText {
  const std::vector<Need>& needs;
  const std::string& source;  ///< Name of the text.
  std::string actor;          ///< Entity of the person who acts; empty: none is known.
};

/// Writes what the needs ask for into a design whose entities, fields and relationships are known:
/// patterns, histories, encrypted fields, indexes, keys, defaults, values and bounds. Tenancy is
/// left to derive_tenancy(). A need whose things are unknown to the design changes nothing, but
/// audit, soft delete and locking then hold for the whole design.
void apply_needs(design::Design& design, const NeedsOfText& text);

/// Derives the tenant and its membership when a need asks for tenancy: the tenant is the entity
/// that the words name, or else the top of the containment tree, first of all one that a person
/// creates; who creates it, or the actor, is the member. Without such a need, an actor who creates
/// that top and takes part in something below it is its member too.
void derive_tenancy(design::Design& design, const NeedsOfText& text);

}  // namespace relata::english
