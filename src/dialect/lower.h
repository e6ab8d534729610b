#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "dialect/sql_dialect.h"
#include "model/schema.h"

namespace relata {

// Lowering turns the neutral Schema into one that the engine can hold as it is; printing is then
// straightforward. These are the steps that more than one engine takes.

/// Where an expression stands; engines allow different things in each place.
enum class ExpressionPlace { default_value, generated, check, index, policy };

/// Calls `visit` with every expression of the table, whole trees.
void for_each_expression(Table& table,
                         const std::function<void(Expression&, ExpressionPlace)>& visit);

/// Replaces each node for which `replacement` gives one, from the root down.
void rewrite(Expression& expression,
             const std::function<std::optional<Expression>(const Expression&)>& replacement);

/// Names within the engine's limit, unique where the engine wants it, and none missing; references
/// follow.
void fit_names(Schema& schema, const SqlDialect& dialect);

/// Leaves out what is kept as another engine's SQL, with a warning for each.
void drop_foreign_sql(Schema& schema, const SqlDialect& dialect, DiagnosticSink& sink);

/// Leaves out foreign keys to tables that the schema does not have, with a warning for each.
void drop_dangling_keys(Schema& schema, DiagnosticSink& sink);

/// Tables in the order in which they can be created.
void sort_tables(Schema& schema);

/// "a = OLD.x AND b = OLD.y": rows of a foreign key's table that refer to the old referenced row.
[[nodiscard]] std::string matches_old(const SqlDialect& dialect, const ForeignKey& key);
/// "a = NULL, b = NULL".
[[nodiscard]] std::string sets_null(const SqlDialect& dialect,
                                    const std::vector<std::string>& columns);
/// The columns that the key's SET NULL touches.
[[nodiscard]] const std::vector<std::string>& nulled_columns(const ForeignKey& key);
/// Whether only some of the key's columns become NULL.
[[nodiscard]] bool sets_some_null(const ForeignKey& key);
/// Names a trigger's statement as the Trigger of the engine.
[[nodiscard]] Trigger trigger_statement(std::string name, std::string sql,
                                        const SqlDialect& dialect, const Origin& origin);
/// Says once that nobody filters rows by tenant, when policies ask for it.
void report_missing_policies(const Schema& schema, const SqlDialect& dialect, DiagnosticSink& sink);
/// What a type of PostgreSQL alone becomes elsewhere: text.
void replace_native_types(Schema& schema, const SqlDialect& dialect, DiagnosticSink& sink);
/// Defaults that the session gives, where a default cannot read them.
void drop_session_defaults(Schema& schema, const SqlDialect& dialect, DiagnosticSink& sink);
/// Index methods, operator classes and INCLUDE lists that only PostgreSQL has.
void simplify_indexes(Schema& schema, const SqlDialect& dialect, DiagnosticSink& sink);

/// Whether the expression, or SQL of the dialect in it, names the column.
[[nodiscard]] bool mentions(const Expression& expression, std::string_view column,
                            const SqlDialect& dialect);
[[nodiscard]] Expression sql_expression(std::string text, std::string_view dialect);
[[nodiscard]] bool is_key_column(const Table& table, std::string_view column);
/// Columns of the primary key cannot be NULL, whatever the Column says.
[[nodiscard]] bool is_required(const Table& table, const Column& column);
[[nodiscard]] bool is_primary_key_column(const Table& table, std::string_view column);

}  // namespace relata
