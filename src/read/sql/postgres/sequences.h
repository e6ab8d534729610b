#pragma once

#include <span>
#include <string>
#include <string_view>

#include "read/sql/postgres/reader.h"

namespace relata::sql::postgres {

/// Changes what a sequence of a type ("smallint", "integer", else bigint) was told, the way CREATE
/// and ALTER SEQUENCE do (init_params of commands/sequence.c). What comes out holds only what
/// differs from the type's defaults.
void change_sequence(SequenceOptions& options, std::string& type,
                     std::span<PgQuery__Node* const> changes, bool create);

/// nextval('name'::regclass), as the server keeps the default of a serial column.
[[nodiscard]] std::string next_value(const QualifiedName& sequence);

/// The column options and sequences that follow when a sequence is called something else.
void rename_sequence(Reader& reader, const QualifiedName& from, const QualifiedName& to);

}  // namespace relata::sql::postgres
