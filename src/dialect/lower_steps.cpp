// Steps of lowering for engines that have less than PostgreSQL.

#include <algorithm>
#include <array>

#include "base/text.h"
#include "dialect/lower.h"
#include "dialect/table_order.h"

namespace relata {
namespace {

/// Types of PostgreSQL (and its usual extensions) that the neutral kinds do not name.
constexpr std::array<std::string_view, 16> postgres_types{
    "bit",       "box",      "cidr",    "citext",    "hstore",    "int4range",
    "int8range", "ltree",    "macaddr", "daterange", "tstzrange", "tsquery",
    "tsrange",   "tsvector", "xml",     "numrange"};

bool is_tree(std::string_view method) { return method.empty() || method == "btree"; }

bool reads_session(const Expression& expression) {
  return expression.operation == Operation::current_actor ||
         expression.operation == Operation::current_tenant ||
         std::any_of(expression.arguments.begin(), expression.arguments.end(), reads_session);
}

}  // namespace

void sort_tables(Schema& schema) {
  std::vector<Table> sorted;
  sorted.reserve(schema.tables.size());
  for (const OrderedTable& entry : table_order(schema)) sorted.push_back(*entry.table);
  schema.tables = std::move(sorted);
}

std::string matches_old(const SqlDialect& dialect, const ForeignKey& key) {
  std::vector<std::string> tests;
  for (std::size_t i = 0; i < key.columns.size() && i < key.referenced.size(); ++i) {
    tests.push_back(dialect.identifier(key.columns[i]) + " = OLD." +
                    dialect.identifier(key.referenced[i]));
  }
  return join(tests, " AND ");
}

std::string sets_null(const SqlDialect& dialect, const std::vector<std::string>& columns) {
  std::vector<std::string> changes;
  for (const std::string& column : columns)
    changes.push_back(dialect.identifier(column) + " = NULL");
  return join(changes, ", ");
}

const std::vector<std::string>& nulled_columns(const ForeignKey& key) {
  return key.set_null_columns.empty() ? key.columns : key.set_null_columns;
}

bool sets_some_null(const ForeignKey& key) {
  return key.on_delete == ReferentialAction::set_null && !key.set_null_columns.empty() &&
         std::any_of(key.columns.begin(), key.columns.end(), [&](const std::string& column) {
           return std::find(key.set_null_columns.begin(), key.set_null_columns.end(), column) ==
                  key.set_null_columns.end();
         });
}

Trigger trigger_statement(std::string name, std::string sql, const SqlDialect& dialect,
                          const Origin& origin) {
  return {std::move(name), TriggerBody{std::string(dialect.id()), std::move(sql)}, origin};
}

void report_missing_policies(const Schema& schema, const SqlDialect& dialect,
                             DiagnosticSink& sink) {
  std::vector<std::string> tables;
  bool tenants = false;
  bool deleted = false;
  for (const Table& table : schema.tables) {
    if (!table.row_level_security) continue;
    tables.push_back(table.name);
    tenants = tenants || !table.intent.tenant_column.empty();
    deleted = deleted || !table.intent.soft_delete_column.empty();
  }
  if (tables.empty()) return;
  std::string instead = "What stands in its place: ";
  if (tenants) {
    instead +=
        "the tenant column is part of the foreign keys, so that no row can refer into another "
        "tenant; every query must filter by the tenant column itself";
  }
  if (deleted) {
    instead += tenants ? ". And" : "deleted rows are only marked;";
    instead += " every query must leave out the rows that are marked as deleted.";
  } else if (tenants) {
    instead += ".";
  } else {
    instead += "nothing; every query must filter its rows itself.";
  }
  sink.warning("no-row-level-security",
               "there is no row-level security in " + std::string(dialect.title()) +
                   ": nothing there filters the rows of " + join(tables, ", "),
               {}, {}, instead);
}

void replace_native_types(Schema& schema, const SqlDialect& dialect, DiagnosticSink& sink) {
  for (Table& table : schema.tables) {
    for (Column& column : table.columns) {
      Type& type = column.type;
      const std::string_view whole = type.name;
      const std::string base = to_lower(whole.substr(0, whole.find_first_of(" (")));
      if (type.kind != TypeKind::native ||
          std::find(postgres_types.begin(), postgres_types.end(), base) == postgres_types.end()) {
        continue;
      }
      sink.warning("type-not-available",
                   "there is no type " + type.name + " in " + std::string(dialect.title()) + "; " +
                       table.name + "." + column.name + " is text there",
                   column.origin.source, column.origin.span);
      type = simple_type(TypeKind::text);
    }
  }
}

void simplify_indexes(Schema& schema, const SqlDialect& dialect, DiagnosticSink& sink) {
  for (Table& table : schema.tables) {
    std::vector<Index> kept;
    for (Index& index : table.indexes) {
      if (!is_tree(index.method)) {
        sink.note("index-method-not-available",
                  std::string(dialect.title()) + " has no " + index.method + " indexes; " +
                      index.name + " of " + table.name + " is left out",
                  index.origin.source, index.origin.span);
        continue;
      }
      for (IndexPart& part : index.parts) part.operator_class.clear();
      // As further key columns they still cover the query, but a unique index would mean less.
      if (!index.unique) {
        for (const std::string& column : index.include) {
          index.parts.push_back({expression::column(column), false, {}});
        }
      }
      index.include.clear();
      kept.push_back(std::move(index));
    }
    table.indexes = std::move(kept);
  }
}

void drop_session_defaults(Schema& schema, const SqlDialect& dialect, DiagnosticSink& sink) {
  for (Table& table : schema.tables) {
    for (Column& column : table.columns) {
      if (!column.default_value || !reads_session(*column.default_value)) continue;
      column.default_value.reset();
      sink.warning("default-not-available",
                   std::string(dialect.title()) + " cannot take the default of " + table.name +
                       "." + column.name + " from the session; the application must give it",
                   column.origin.source, column.origin.span);
    }
  }
}

}  // namespace relata
