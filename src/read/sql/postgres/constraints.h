#pragma once

#include <string>
#include <vector>

#include "read/sql/postgres/columns.h"
#include "read/sql/postgres/reader.h"

namespace relata::sql::postgres {

/// Makes CHECK constraints on a table and its heirs. `validate_later`: ALTER TABLE's NOT VALID
/// counts; in CREATE TABLE there are no rows that could be invalid.
void add_checks(Reader& reader, const QualifiedName& table,
                const std::vector<PendingConstraint>& pending, bool validate_later);
void add_check(Reader& reader, const QualifiedName& table, Check check);

/// Makes foreign keys on a table and its partitions.
void add_foreign_keys(Reader& reader, const QualifiedName& table,
                      const std::vector<PendingConstraint>& pending, bool validate_later);
/// Gives a partition the foreign keys of its parent.
void add_partition_foreign_keys(Reader& reader, const QualifiedName& parent,
                                const QualifiedName& partition);

/// The name of an unnamed CHECK: after the one column that it uses, else after the table alone.
[[nodiscard]] std::string check_name(const Catalog& catalog, const QualifiedName& owner,
                                     const std::vector<Column>& columns,
                                     const PgQuery__Node* expression);

/// Takes a constraint of any kind away, here and where it was inherited; false: there is none.
bool remove_constraint(Reader& reader, const QualifiedName& table, const std::string& name);

/// Whether the text of an expression speaks of the name.
[[nodiscard]] bool mentions(std::string_view sql, std::string_view name);

}  // namespace relata::sql::postgres
