#pragma once

#include <set>
#include <vector>

#include "dialect/piece.h"

namespace relata {

/// What a schema that was read from PostgreSQL consists of, each piece after those that it uses.
/// Pointers into `schema`, which must stay. The sequences in `apart` are pieces of their own even
/// where they are those of serial columns.
[[nodiscard]] std::vector<Piece> postgres_pieces(const Schema& schema,
                                                 const std::set<QualifiedName>& apart = {});

/// Sequences that are a serial column's in one of the schemas, and stand on their own in the other.
[[nodiscard]] std::set<QualifiedName> sequences_apart(const Schema& from, const Schema& to);

}  // namespace relata
