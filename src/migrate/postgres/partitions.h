#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "dialect/piece.h"
#include "migrate/postgres/match.h"

namespace relata::migrate::postgres {

/// Whether the table is neither a whole, a part nor an heir of others, nor stands elsewhere.
[[nodiscard]] bool stands_alone(const Table& table);

/// Which tables are partitions before and after.
class Partitions {
 public:
  Partitions(const std::vector<Piece>& from, const std::vector<Piece>& to);

  /// Whether the table is a partition of the same table, for the same rows, before and after.
  [[nodiscard]] bool stays(const QualifiedName& table) const { return staying_.count(table) > 0; }
  /// Whether the table is there before and after, and its place among partitions changes.
  [[nodiscard]] bool moves(const QualifiedName& table) const { return moving_.count(table) > 0; }
  /// Whether the piece is an index or key of such a table that is tied to the whole table's.
  [[nodiscard]] bool is_tied(const Piece& piece) const {
    return piece.whole != Piece::none && stays(piece.owner);
  }
  /// The partition for the rows of no other that the table has, or gets; null: none.
  [[nodiscard]] const QualifiedName* default_of(const QualifiedName& whole) const {
    const auto found = defaults_.find(whole);
    return found == defaults_.end() ? nullptr : &found->second;
  }

 private:
  std::set<QualifiedName> staying_;
  std::set<QualifiedName> moving_;
  std::map<QualifiedName, QualifiedName> defaults_;  ///< Of each whole.
};

/// What has to come first where a table becomes a partition or is one no longer: pairs of places, a
/// piece before that leaves or a piece after that arrives. A partition has all that the whole table
/// has when it is attached, and nothing changes in either before it is detached.
struct AttachmentOrder {
  std::vector<std::pair<std::size_t, std::size_t>> leaves_before_leaves;
  std::vector<std::pair<std::size_t, std::size_t>> leaves_before_arrives;
  std::vector<std::pair<std::size_t, std::size_t>> arrives_before_arrives;
};
[[nodiscard]] AttachmentOrder attachment_order(const std::vector<Piece>& from,
                                               const std::vector<Piece>& to, const Match& match);

}  // namespace relata::migrate::postgres
