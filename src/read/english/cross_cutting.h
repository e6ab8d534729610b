#pragma once

#include <string>
#include <vector>

#include "design/design.h"
#include "read/english/needs.h"

namespace relata::english {

/// What the cross-cutting rules decide on besides the needs themselves.
struct CrossCuttingInput {
  const std::vector<Need>& needs;
  std::string actor;   ///< Entity of the person who acts; empty: none.
  std::string source;  ///< Name of the text.
};

/// Adds tenancy with its membership, audit log, soft delete, optimistic locking, authors, history
/// and encryption where the text asks for them, and the membership of an actor who is referred to
/// inside what the actor created (rules 43 to 49 and the containment example).
void apply_cross_cutting(design::Design& design, const CrossCuttingInput& input);

}  // namespace relata::english
