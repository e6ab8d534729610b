// What a group of changes does with indexes and keys of partitioned tables and their partitions.
#include "migrate/postgres/group_work.h"
#include "migrate/postgres/online.h"
#include "migrate/postgres/words.h"

namespace relata::migrate::postgres {
/// Checks and foreign keys that a partition has from the whole table come and go with that one's.
bool GroupWork::goes_with_whole(const Piece& piece) const {
  const bool partition = piece.table != nullptr && piece.table->partition_of.has_value();
  if (!partition || partitions_.moves(piece.owner)) return false;
  if (const auto* check = std::get_if<const Check*>(&piece.object)) return (*check)->inherited;
  const auto* key = std::get_if<const ForeignKey*>(&piece.object);
  return key != nullptr && (*key)->inherited;
}

void GroupWork::find_wholes() {
  for (const Piece& piece : from_) {
    if (partitions_.is_tied(piece)) wholes_before_.insert(piece.whole);
  }
  for (const Piece& piece : to_) {
    if (partitions_.is_tied(piece)) wholes_after_.insert(piece.whole);
  }
}

/// Whether an index or key of the group is that of a table with partitions, or of a partition.
bool GroupWork::is_index_of_partitions(const Piece& piece, const std::set<std::size_t>& wholes,
                                       std::size_t at) const {
  return is_key_or_index(piece) && (wholes.count(at) > 0 || partitions_.stays(piece.owner));
}

PartitionIndex GroupWork::partition_index(const Piece& piece, bool whole) const {
  PartitionIndex index;
  index.piece = &piece;
  index.whole = whole;
  index.tied = partitions_.is_tied(piece);
  index.made = true;
  index.dropped = !index.tied;
  index.apart = !whole && is_large_and_in_use(piece) && can_be_built_apart(piece) &&
                !names_changed_column(piece);
  return index;
}

void GroupWork::look_at_indexes() {
  indexes_ = {};
  indexes_dropped_.clear();
  indexes_made_.clear();
  are_indexes_dropped_ = are_indexes_made_ = false;
  bool has_parts = false;
  std::set<std::size_t> leaving;
  for (const Change& change : group_->changes) {
    if (change.doing != Doing::create &&
        is_index_of_partitions(from_[change.from], wholes_before_, change.from)) {
      const bool stays = change.doing == Doing::alter;
      const bool adopted =
          stays && !partitions_.is_tied(from_[change.from]) && partitions_.is_tied(to_[change.to]);
      if (stays && !adopted) continue;
      leaving.insert(change.from);
      if (adopted) indexes_made_.insert(change.to);
      has_parts = has_parts || adopted || partitions_.is_tied(from_[change.from]);
    } else if (change.doing == Doing::create &&
               is_index_of_partitions(to_[change.to], wholes_after_, change.to)) {
      indexes_made_.insert(change.to);
      has_parts = has_parts || partitions_.is_tied(to_[change.to]);
    }
  }
  if (!has_parts) {
    indexes_made_.clear();
    return;
  }
  indexes_dropped_ = leaving;
  std::set<std::size_t> adopted;
  for (const Change& change : group_->changes) {
    if (change.doing == Doing::alter && leaving.count(change.from) > 0) adopted.insert(change.to);
  }
  for (const std::size_t at : leaving) {
    PartitionIndex index = partition_index(from_[at], wholes_before_.count(at) > 0);
    indexes_.before.push_back(index);
  }
  for (const Change& change : group_->changes) {
    if (change.doing != Doing::alter || leaving.count(change.from) == 0) continue;
    for (PartitionIndex& index : indexes_.before) {
      // It is taken along when the whole's is dropped on the way back.
      if (index.piece == &from_[change.from]) index.dropped = false;
    }
  }
  for (const std::size_t at : indexes_made_) {
    PartitionIndex index = partition_index(to_[at], wholes_after_.count(at) > 0);
    if (adopted.count(at) > 0) index.made = index.apart = false;
    indexes_.after.push_back(index);
  }
}

void GroupWork::drop_indexes() {
  if (std::exchange(are_indexes_dropped_, true)) return;
  drop_partition_indexes(indexes_, work_);
}

void GroupWork::make_indexes() {
  drop_indexes();
  if (std::exchange(are_indexes_made_, true)) return;
  make_partition_indexes(indexes_, work_);
}

std::string GroupWork::title_of_indexes() const {
  const auto whole = [](const std::vector<PartitionIndex>& indexes) -> const Piece* {
    for (const PartitionIndex& index : indexes) {
      if (index.whole) return index.piece;
    }
    return nullptr;
  };
  const Piece* before = whole(indexes_.before);
  const Piece* after = whole(indexes_.after);
  const std::string word = before == nullptr  ? "make the "
                           : after == nullptr ? "drop the "
                                              : "change the ";
  return word + described(after == nullptr ? *before : *after) + " and of its partitions";
}

}  // namespace relata::migrate::postgres
