#pragma once

#include "read/sql/postgres/columns.h"
#include "read/sql/postgres/reader.h"

namespace relata::sql::postgres {

/// Puts a parent's columns and CHECK constraints into an heir (MergeAttributes): what it has of its
/// own stays its own, what it does not have is inherited.
void inherit(Reader& reader, const QualifiedName& parent, const QualifiedName& child,
             bool add_columns);

/// Puts a column into a table and all its heirs.
void add_column(Reader& reader, const QualifiedName& table, Column column);

/// What makes a table a partition: indexes and foreign keys of the parent.
void become_partition(Reader& reader, const QualifiedName& parent, const QualifiedName& child);

/// "FOR VALUES FROM (1) TO (10)" or "DEFAULT" as it stands behind a partition's parent.
[[nodiscard]] SqlText partition_bound(Reader& reader, const PgQuery__PartitionBoundSpec& bound,
                                      std::size_t end);

/// The privileges that ALTER DEFAULT PRIVILEGES gives on every new object of a kind.
void grant_defaults(Reader& reader, const std::string& kind, const QualifiedName& name,
                    const std::string& arguments = {});

}  // namespace relata::sql::postgres
