#pragma once

#include <set>
#include <vector>

#include "dialect/piece.h"

namespace relata {

/// What a schema that was read from PostgreSQL consists of, each piece after those that it uses.
/// Pointers into `schema`, which must stay. The sequences in `apart` are pieces of their own even
/// where they are those of serial columns; the partitions in it are made as tables of their own,
/// and then attached.
[[nodiscard]] std::vector<Piece> postgres_pieces(const Schema& schema,
                                                 const std::set<QualifiedName>& apart = {});

/// Sequences that are a serial column's in one of the schemas, and stand on their own in the other;
/// partitions that only one of them has, of a table that is the same in both: to attach one does
/// not hold up who uses the whole, as to make it there does.
[[nodiscard]] std::set<QualifiedName> made_apart(const Schema& from, const Schema& to);

}  // namespace relata
