#pragma once

#include <string>
#include <vector>

#include "read/sql/postgres/reader.h"

namespace relata::sql::postgres {

/// A constraint as it was written, before the table that it stands on is there.
struct PendingConstraint {
  const PgQuery__Constraint* node = nullptr;
  std::string column;  ///< Written with this column; empty: with the table.
  bool deferrable = false;
  bool initially_deferred = false;
};

/// The constraints of a statement in the order in which the server makes them.
struct PendingConstraints {
  std::vector<PendingConstraint> checks;
  std::vector<PendingConstraint> indexes;  ///< PRIMARY KEY, UNIQUE, EXCLUDE.
  std::vector<PendingConstraint> foreign_keys;
};

/// Puts a constraint of a table, or of a column, where it belongs.
void add_pending(PendingConstraints& pending, const PgQuery__Constraint& constraint,
                 const std::string& column);

/// A column as it is defined. A serial column gets its sequence; constraints that the table keeps
/// go to `pending`.
[[nodiscard]] Column read_column(Reader& reader, const QualifiedName& table,
                                 const PgQuery__ColumnDef& definition, PendingConstraints& pending);

/// Takes defaults, NOT NULL and the like, as they stand behind a column, into it.
void read_column_constraints(Reader& reader, const QualifiedName& table,
                             const PgQuery__ColumnDef& definition, Column& column,
                             PendingConstraints& pending);

/// Makes the column an identity column, with the sequence that numbers it.
void add_identity(Reader& reader, const QualifiedName& table, Column& column, bool always,
                  std::span<PgQuery__Node* const> options);

/// The default that a column gets; nothing when it says no more than that there is none.
void set_default(const Reader& reader, Column& column, const PgQuery__Node* tree,
                 Expression expression);

/// Options such as (fillfactor = 70) in the form that the catalog keeps them.
[[nodiscard]] std::vector<Option> options_of(std::span<PgQuery__Node* const> definitions);
/// Sets options, or takes those out whose names are given, as ALTER ... SET and RESET do.
void change_options(std::vector<Option>& options, std::span<PgQuery__Node* const> definitions,
                    bool reset);
void set_option(std::vector<Option>& options, const std::string& name, const std::string& value);

}  // namespace relata::sql::postgres
