#pragma once

#include <vector>

#include "dialect/piece.h"

namespace relata {

/// What a schema that was read from PostgreSQL consists of, each piece after those that it uses.
/// Pointers into `schema`, which must stay.
[[nodiscard]] std::vector<Piece> postgres_pieces(const Schema& schema);

}  // namespace relata
