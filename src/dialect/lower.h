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

[[nodiscard]] Expression sql_expression(std::string text, std::string_view dialect);
[[nodiscard]] bool is_key_column(const Table& table, std::string_view column);
/// Columns of the primary key cannot be NULL, whatever the Column says.
[[nodiscard]] bool is_required(const Table& table, const Column& column);
[[nodiscard]] bool is_primary_key_column(const Table& table, std::string_view column);

}  // namespace relata
