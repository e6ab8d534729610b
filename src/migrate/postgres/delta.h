#pragma once

#include <cstddef>
#include <vector>

#include "dialect/piece.h"

namespace relata::migrate::postgres {

enum class Doing { drop, alter, create };

/// What is done with one piece.
struct Change {
  Doing doing = Doing::create;
  std::size_t from = Piece::none;  ///< Of what is dropped or altered.
  std::size_t to = Piece::none;    ///< Of what is altered or created.
  bool operator==(const Change&) const = default;
};

/// Operations that only make sense together: a column whose type changes, and the views that are
/// taken down for that and put back. In the order in which they are done.
struct Group {
  std::vector<Change> changes;
  std::vector<std::size_t> needs;  ///< Places of the groups that have to be done before.
};

/// What has to be done to come from some pieces to others, in an order that runs. Pieces are
/// matched by kind, owner and name; what uses something that is taken down is taken down before
/// and made again.
[[nodiscard]] std::vector<Group> find_groups(const std::vector<Piece>& from,
                                             const std::vector<Piece>& to);

/// Whether the statements of a piece name the column, or all columns.
[[nodiscard]] bool names_column(const Piece& piece, std::string_view column);

/// Whether the piece is a constraint or an index of a table.
[[nodiscard]] bool is_constraint(const Piece& piece);

/// Whether the piece is a primary key or a unique constraint.
[[nodiscard]] bool is_key(const Piece& piece);
[[nodiscard]] bool is_index(const Piece& piece);

/// Whether the piece is an index, or a constraint that stands on a B-tree.
[[nodiscard]] bool is_key_or_index(const Piece& piece);

/// Whether a piece that is dropped together with its owner is dropped before it all the same, since
/// other pieces depend on that.
[[nodiscard]] bool is_apart(const Piece& piece);

}  // namespace relata::migrate::postgres
