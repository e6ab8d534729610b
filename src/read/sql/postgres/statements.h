#pragma once

#include "read/sql/postgres/reader.h"

namespace relata::sql::postgres {

// One function a kind of statement; read.cpp says which reads which. Each brings Reader::catalog
// from the state before the statement to the one after it.
#define RELATA_STATEMENT(node, type, member, function) \
  void function(Reader& reader, const PgQuery__##type& statement);
#include "read/sql/postgres/statements.def"
#undef RELATA_STATEMENT

/// Reads one statement, or what stands within another (CREATE SCHEMA, DO).
void read_node(Reader& reader, const PgQuery__Node& node);

/// Whether the body of a routine holds statements that may change the schema.
[[nodiscard]] bool changes_schema(const Routine& routine);
/// The DDL in the body of a routine that a statement calls.
/// `arguments`: the values of those that are plain texts, each in its place; empty where it is not.
void read_routine_call(Reader& reader, const Routine& routine,
                       const std::vector<std::string>& arguments);
/// A value that a SELECT gives: set_config('search_path', value, ...), as pg_dump writes it, and
/// calls of routines that change the schema, also in a CASE that asks for a version of the server
/// that all have.
void read_selected_call(Reader& reader, const PgQuery__Node* value);

/// The value of search_path as one text: "a, "B", public".
void set_search_path(Reader& reader, std::string_view value);
/// The search_path of a session that has set none.
void reset_search_path(Reader& reader);

/// The new name of a routine in its own text and in the triggers that call it.
void rename_routine_in_text(Reader& reader, Routine& routine, const QualifiedName& from);
void rename_namespace(Reader& reader, const std::string& from, const std::string& to);

}  // namespace relata::sql::postgres
