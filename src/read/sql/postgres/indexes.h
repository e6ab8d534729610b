#pragma once

#include <string>
#include <vector>

#include "read/sql/postgres/columns.h"
#include "read/sql/postgres/reader.h"

namespace relata::sql::postgres {

enum class IndexRole { plain, primary_key, unique, exclusion };

/// An index that is to be made, alone or behind a constraint.
struct IndexRequest {
  IndexRole role = IndexRole::plain;
  Index index;                         ///< Without a name: the server chooses one.
  std::vector<std::string> names;      ///< What its columns are called, for that name.
  std::vector<std::string> operators;  ///< Of an exclusion.
  bool deferrable = false;
  bool initially_deferred = false;
  bool only = false;  ///< Not on the partitions.
};

/// Makes the index on a table or materialized view, and on each partition that has no such index.
void add_index(Reader& reader, const QualifiedName& owner, IndexRequest request);

/// Gives a new partition the indexes that its parent has, or ties those that it has itself to them.
void add_partition_indexes(Reader& reader, const QualifiedName& parent,
                           const QualifiedName& partition);

/// The index of PRIMARY KEY, UNIQUE or EXCLUDE.
[[nodiscard]] IndexRequest index_of_constraint(Reader& reader, const PendingConstraint& pending);

/// Makes indexes of constraints in the server's order: the primary key first, none twice. `only`:
/// not on the table's partitions.
void add_index_constraints(Reader& reader, const QualifiedName& table,
                           const std::vector<PendingConstraint>& pending, bool only = false);

/// A constraint of a table as the index behind it.
[[nodiscard]] IndexRequest request_of(const Index& index);
[[nodiscard]] std::vector<IndexRequest> index_requests(const Table& table);

/// Calls `with` for each index and key of a table that can be a part of one of a partitioned table.
template <class SomeTable, class With>
void for_each_index(SomeTable& table, const With& with) {
  if (table.primary_key) with(*table.primary_key);
  for (auto& unique : table.uniques) with(unique);
  for (auto& index : table.indexes) with(index);
}

/// Makes a partition's index, or a key's, a part of the one of the whole table.
void attach_index(Table& partition, const std::string& name, const QualifiedName& parent);

/// Takes an index, or the constraint over it, away with its name.
void remove_index(Reader& reader, const QualifiedName& owner, const std::string& name);

/// The parts of an index or partition key from the tokens that hold them.
[[nodiscard]] std::vector<IndexPart> index_parts(Reader& reader,
                                                 std::span<PgQuery__Node* const> elements,
                                                 TokenRange range, std::vector<std::string>* names);

/// Empty for a type's default operator class.
[[nodiscard]] std::string operator_class(std::span<PgQuery__Node* const> name,
                                         std::string_view method);

}  // namespace relata::sql::postgres
