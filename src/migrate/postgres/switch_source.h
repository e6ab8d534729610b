#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "migrate/postgres/delta.h"
#include "migrate/postgres/expand_contract.h"

namespace relata::migrate::postgres {

/// Looks pieces up by what they belong to.
class PieceIndex {
 public:
  explicit PieceIndex(const std::vector<Piece>& pieces);

  /// Constraints and indexes of a table.
  [[nodiscard]] const std::vector<std::size_t>& constraints(const QualifiedName& table) const;
  /// Foreign keys that lead to a table.
  [[nodiscard]] const std::vector<std::size_t>& references(const QualifiedName& table) const;
  /// Comments, settings and grants of a piece.
  [[nodiscard]] const std::vector<std::size_t>& said_of(std::size_t piece) const;
  /// What has no model of its own and needs the table: statistics, publications.
  [[nodiscard]] const std::vector<std::size_t>& others(std::size_t table) const;
  /// The indexes of partitions that are attached to an index of the whole, and their tables.
  using Part = std::pair<const Table*, const Index*>;
  [[nodiscard]] const std::vector<Part>& parts(const QualifiedName& index) const;
  [[nodiscard]] bool has_children(const QualifiedName& table) const {
    return parents_.count(table) > 0;
  }

 private:
  std::map<QualifiedName, std::vector<std::size_t>> constraints_;
  std::map<QualifiedName, std::vector<std::size_t>> references_;
  std::map<std::size_t, std::vector<std::size_t>> said_;
  std::map<std::size_t, std::vector<std::size_t>> others_;
  std::map<QualifiedName, std::vector<Part>> parts_;
  std::set<QualifiedName> parents_;
};

/// The pieces at one time, and which of them only come or go in this plan.
struct PiecesAt {
  const std::vector<Piece>& pieces;
  const PieceIndex& index;
  const std::set<std::size_t>& passing;
};

/// What it takes to give a column its new form beside the old one; nothing where that cannot be
/// done: in partitioned and inherited tables, for generated columns, and where the group changes
/// more than what can be taken down and put back in a moment.
[[nodiscard]] std::optional<ColumnSwitch> find_switch(const Group& group, const PiecesAt& before,
                                                      std::size_t from, const PiecesAt& after,
                                                      std::size_t to);

}  // namespace relata::migrate::postgres
