#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "dialect/piece.h"

namespace relata::migrate::postgres {

/// Which piece of the one schema is which of the other, and what happens to each.
struct Match {
  std::vector<std::size_t> counterpart;  ///< Of each piece before: its place after, or none.
  std::vector<bool> gone;                ///< Of each piece before: it is taken down.
  std::vector<bool> made;                ///< Of each piece after: it is made, perhaps again.
  std::set<std::size_t> altered;         ///< Pieces before that are changed in place.
  /// Pieces before, of those, that become parts of an index or key of the whole table.
  std::set<std::size_t> adopted;
  /// Pieces before that are taken down because of another that is altered or taken down.
  std::vector<std::pair<std::size_t, std::size_t>> causes;
  std::vector<std::vector<std::size_t>> users;  ///< Of each piece before: who needs it.
  std::vector<std::vector<std::size_t>> parts;  ///< Of each piece before: what it owns.
};

/// A table and columns of it.
using KeyedColumns = std::pair<QualifiedName, std::set<std::string>>;

/// What foreign keys can lead to, if the piece is a key or a unique index.
[[nodiscard]] std::optional<KeyedColumns> keyed_columns(const Piece& piece);

/// What the piece leads to, if it is a foreign key.
[[nodiscard]] std::optional<KeyedColumns> referenced_columns(const Piece& piece);

[[nodiscard]] Match match_pieces(const std::vector<Piece>& from, const std::vector<Piece>& to);

}  // namespace relata::migrate::postgres
