#pragma once

#include <string>
#include <vector>

#include "dialect/postgres.h"
#include "model/schema.h"

namespace relata {

/// A foreign key that sets some of its columns to NULL, on servers before 15: a trigger on the
/// referenced table does it.
struct SetNullTrigger {
  std::string parent;
  std::string child;
  ForeignKey key;
  std::string name;  ///< Of the function and the trigger.
};

/// Values of one column of a table, read past the table's own policies by a function, because a
/// policy that selects from its own table would call itself.
struct RowsFunction {
  std::string name;
  std::string table;
  std::string column;
  Expression filter;
};

/// What PostgreSQL will hold: the lowered schema, and what has no place in a Schema.
struct PostgresPlan {
  Schema schema;
  std::vector<SetNullTrigger> set_null_triggers;
  std::vector<RowsFunction> rows_functions;
};

/// First server version whose foreign keys can set some of their columns to NULL, and whose views
/// can check policies as the caller (release notes of PostgreSQL 15).
inline constexpr int postgres_with_partial_set_null = 15;
/// First server version with uuidv7() and virtual generated columns (release notes of 18).
inline constexpr int postgres_with_uuidv7 = 18;

[[nodiscard]] PostgresPlan plan_for_postgres(const Schema& schema, const PostgresDialect& dialect,
                                             const DdlOptions& options, DiagnosticSink& sink);

/// The session setting as the type, NULL when it is missing or empty: never an error.
[[nodiscard]] std::string postgres_setting(const PostgresDialect& dialect, std::string_view name,
                                           const Type& type);

// The parts of the script, each without a heading when it has nothing to say.
void print_postgres_prelude(Printer& printer, const PostgresDialect& dialect,
                            const PostgresPlan& plan);
/// For version 0 the function is the server's own where there is one.
void print_postgres_id_functions(Printer& printer, const Schema& schema, int server_version);
void print_postgres_triggers(Printer& printer, const PostgresDialect& dialect,
                             const PostgresPlan& plan);
void print_postgres_security(Printer& printer, const PostgresDialect& dialect,
                             const PostgresPlan& plan);
void print_postgres_soft_delete(Printer& printer, const PostgresDialect& dialect,
                                const Schema& schema);

/// SECURITY DEFINER functions write these tables, so the application's role only reads them.
[[nodiscard]] bool is_written_by_triggers(const Schema& schema, std::string_view table);

}  // namespace relata
