#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "migrate/postgres/alter.h"
#include "migrate/postgres/delta.h"
#include "migrate/postgres/partition_index.h"
#include "migrate/postgres/partitions.h"
#include "migrate/postgres/piece_key.h"
#include "migrate/postgres/switch_source.h"
#include "migrate/postgres/work.h"

namespace relata::migrate::postgres {

/// Finds the steps of groups of changes.
class GroupWork {
 public:
  GroupWork(const std::vector<Piece>& from, const std::vector<Piece>& to,
            const std::vector<Group>& groups, const PlanOptions& options, DiagnosticSink& sink);

  /// The steps of one of the groups, in the order in which they run.
  [[nodiscard]] std::vector<Step> steps(const Group& group);

 private:
  using Relations = std::map<QualifiedName, const Table*>;  ///< Views have no Table.

  void find_wholes();
  [[nodiscard]] bool goes_with_whole(const Piece& piece) const;
  void look_at_indexes();
  [[nodiscard]] bool is_index_of_partitions(const Piece& piece, const std::set<std::size_t>& wholes,
                                            std::size_t at) const;
  [[nodiscard]] PartitionIndex partition_index(const Piece& piece, bool whole) const;
  void drop_indexes();
  void make_indexes();
  [[nodiscard]] std::string title_of_indexes() const;
  void look_at(const Group& group);
  [[nodiscard]] std::vector<Step> switch_first(const Group& group);
  [[nodiscard]] std::optional<ColumnSwitch> switch_of(const Change& change) const;
  [[nodiscard]] bool goes_with_owner(const Piece& piece) const;
  void take_down(const Piece& piece, Work& work) const;
  void put_back(const Piece& piece, Work& work) const;
  void drop(std::size_t at);
  void create(std::size_t at);
  [[nodiscard]] bool create_tenant_column(const Piece& piece);
  void alter_piece(std::size_t from, std::size_t to);
  void alter_column(std::size_t from_place, std::size_t to_place);
  [[nodiscard]] Column with_parents(const Piece& from, const Piece& to) const;
  [[nodiscard]] Step attaching(const Piece& attachment) const;
  [[nodiscard]] bool attach(const Piece& attachment);
  [[nodiscard]] bool detach(const Piece& attachment);
  void report_loss(const Piece& piece);
  void report_conversion(const Column& from, const Column& to, const Piece& piece);
  void add(const std::vector<std::string>& forward, const std::vector<std::string>& back,
           Doing doing, const Piece& piece);
  [[nodiscard]] bool is_in_use(const Piece& piece) const;
  [[nodiscard]] bool is_large_and_in_use(const Piece& piece) const;
  [[nodiscard]] bool names_changed_column(const Piece& piece) const;
  [[nodiscard]] bool only_creates() const;
  [[nodiscard]] Phase phase_of(const Change& change) const;
  [[nodiscard]] std::string title() const;
  [[nodiscard]] std::vector<EnumeratedColumn> columns_of(const Piece& enumeration,
                                                         const Relations& after) const;

  const std::vector<Piece>& from_;
  const std::vector<Piece>& to_;
  const PlanOptions& options_;
  DiagnosticSink& sink_;
  PieceIndex index_before_;
  PieceIndex index_after_;
  Partitions partitions_;
  std::map<std::string, std::vector<std::size_t>> enumerated_;  ///< Columns of each enumeration.
  Relations relations_before_;
  Relations relations_after_;
  std::set<QualifiedName> made_;         ///< Tables and views that are made, perhaps again.
  std::set<std::size_t> wholes_before_;  ///< Indexes and keys that have parts in partitions.
  std::set<std::size_t> wholes_after_;
  std::set<std::size_t> dropped_;  ///< Of the pieces before.
  std::set<std::size_t> created_;  ///< Of the pieces after.

  bool tenants_are_new_ = false;  ///< The table of tenants is made.

  // Of the group at hand.
  const Group* group_ = nullptr;
  bool only_drops_ = false;
  std::unordered_map<PieceKey, std::size_t, PieceKey::Hash> again_;  ///< Pieces that it makes.
  std::map<QualifiedName, std::set<std::string>> columns_;           ///< That it makes or changes.
  std::map<std::size_t, ColumnSwitch>
      switches_;                    ///< Of columns after that are built beside others.
  std::set<std::size_t> switched_;  ///< Columns after that have changed places already.
  std::set<std::size_t> replaced_;  ///< Pieces after that are done.
  PartitionIndexes indexes_;
  std::set<std::size_t> indexes_dropped_;  ///< Of the pieces before.
  std::set<std::size_t> indexes_made_;     ///< Of the pieces after.
  bool are_indexes_dropped_ = false;
  bool are_indexes_made_ = false;
  Work work_;
};

}  // namespace relata::migrate::postgres
