#include <algorithm>

#include "base/text.h"
#include "dialect/lower.h"
#include "dialect/sqlite_plan.h"

namespace relata {
namespace {

bool is_json(const Type& type) { return type.kind == TypeKind::json || type.array_dimensions > 0; }

/// What a type means beyond the affinity of the column, as a check; nothing for most.
std::optional<Expression> type_check(const Column& column, const SqliteDialect& dialect) {
  using expression::call;
  const Expression value = expression::column(column.name);
  if (is_json(column.type)) {
    // Before 3.45 json_valid(NULL) is false.
    const std::string name = dialect.identifier(column.name);
    return sql_expression(
        (column.nullable ? name + " IS NULL OR " : "") + "json_valid(" + name + ")", dialect.id());
  }
  switch (column.type.kind) {
    case TypeKind::varchar:
    case TypeKind::character:
      if (column.type.length <= 0) return {};
      return call(Operation::less_or_equal,
                  {call(Operation::length_of, {value}),
                   expression::number(std::to_string(column.type.length))});
    case TypeKind::boolean:
      return call(Operation::in, {value, expression::number("0"), expression::number("1")});
    case TypeKind::enumeration: {
      Expression in = call(Operation::in, {value});
      for (const std::string& label : column.type.values) {
        in.arguments.push_back(expression::string(label));
      }
      return in;
    }
    default:
      return {};
  }
}

void check_types(Schema& schema, const SqliteDialect& dialect) {
  for (Table& table : schema.tables) {
    for (const Column& column : table.columns) {
      if (column.generated) continue;
      if (auto check = type_check(column, dialect)) {
        table.checks.push_back(
            {table.name + "_" + column.name + "_type_check", std::move(*check), column.origin});
      }
    }
  }
}

/// SQLite numbers the rows of a table by its only INTEGER PRIMARY KEY column.
void check_identities(Schema& schema, DiagnosticSink& sink) {
  for (Table& table : schema.tables) {
    const bool single = table.primary_key && table.primary_key->columns.size() == 1;
    for (Column& column : table.columns) {
      if (!column.identity || (single && is_primary_key_column(table, column.name))) continue;
      column.identity.reset();
      sink.warning("identity-not-available",
                   "SQLite numbers rows only in a primary key of one column; " + table.name + "." +
                       column.name + " must be given",
                   column.origin.source, column.origin.span);
    }
  }
}

}  // namespace

SqlitePlan plan_for_sqlite(const Schema& schema, const SqliteDialect& dialect,
                           DiagnosticSink& sink) {
  SqlitePlan plan;
  plan.schema = schema;
  drop_foreign_sql(plan.schema, dialect, sink);
  drop_dangling_keys(plan.schema, sink);
  report_missing_policies(plan.schema, dialect, sink);
  replace_native_types(plan.schema, dialect, sink);
  simplify_indexes(plan.schema, dialect, sink);
  check_identities(plan.schema, sink);
  drop_session_defaults(plan.schema, dialect, sink);
  check_types(plan.schema, dialect);
  for (Table& table : plan.schema.tables) table.schema.clear();
  fit_names(plan.schema, dialect);
  sort_tables(plan.schema);
  write_sqlite_triggers(plan, dialect);
  return plan;
}

}  // namespace relata
