#pragma once

#include <set>
#include <string>
#include <vector>

#include "dialect/piece.h"
#include "migrate/postgres/work.h"

namespace relata::migrate::postgres {

/// An index or key that one group of changes makes or drops together with that of a partitioned
/// table, at one time: before the change, or after it.
struct PartitionIndex {
  const Piece* piece = nullptr;
  bool whole = false;    ///< Of a partitioned table: it has parts, which go with it.
  bool tied = false;     ///< It is a part.
  bool made = false;     ///< Has to be made; otherwise it is there already, and only tied.
  bool dropped = false;  ///< Goes by a statement of its own.
  bool apart = false;    ///< Can be built while others write.
};

/// The indexes and keys before and after, those of whole tables before their parts.
struct PartitionIndexes {
  std::vector<PartitionIndex> before;
  std::vector<PartitionIndex> after;
  [[nodiscard]] bool empty() const { return before.empty() && after.empty(); }
};

/// What leaves: the whole's are dropped with their parts. On the way back each part is built beside
/// the writers, and then all are tied together at once, for which nothing is read.
void drop_partition_indexes(const PartitionIndexes& indexes, Work& work);
/// What comes, likewise.
void make_partition_indexes(const PartitionIndexes& indexes, Work& work);

}  // namespace relata::migrate::postgres
