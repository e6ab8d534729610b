#pragma once

#include <span>
#include <string>

#include "read/sql/postgres/reader.h"

namespace relata::sql::postgres {

using Subcommand = PgQuery__AlterTableCmd;

/// What a sub-command has before it: the table, and the tokens of its part of the statement.
struct Place {
  QualifiedName name;
  TokenRange tokens;
  bool only = false;  ///< ALTER TABLE ONLY: heirs and partitions stay as they are.
};

/// The sub-commands that concern one column.
void change_column(Reader& reader, const Place& place, const Subcommand& command);

void add_constraint_command(Reader& reader, const Place& place, const Subcommand& command);
void drop_constraint_command(Reader& reader, const Place& place, const Subcommand& command);
void alter_constraint_command(Reader& reader, const Place& place, const Subcommand& command);
void validate_constraint(Reader& reader, const QualifiedName& table, const std::string& constraint);

/// ALTER INDEX and what ALTER TABLE takes for an index.
void change_index(Reader& reader, const QualifiedName& owner, const std::string& name,
                  const Subcommand& command);
/// ALTER TYPE of a composite type.
void change_composite(Reader& reader, const QualifiedName& name, const Subcommand& command);

/// The items of a List node; none for any other.
[[nodiscard]] std::span<PgQuery__Node* const> list_of(const PgQuery__Node* node);

}  // namespace relata::sql::postgres
