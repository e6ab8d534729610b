#include "base/text.h"
#include "dialect/postgres_object_names.h"
#include "emit/drizzle/plan.h"

namespace relata::emit::drizzle {
namespace {

constexpr std::string_view postgres = "postgres";
constexpr std::string_view sqlite = "sqlite";

std::string_view serial_function(std::string_view spelling) {
  if (spelling == "smallint") return "smallserial";
  return spelling == "bigint" ? "bigserial" : "serial";
}

/// serial(), which makes the sequence as well.
ColumnType serial_type(Plan& plan, std::string_view spelling) {
  const std::string_view function = serial_function(spelling);
  ColumnType type;
  type.function = plan.names.core(function);
  type.sql_type = function;
  if (function == "bigserial") type.arguments = {object({{"mode", string_literal("bigint")}})};
  return type;
}

Code primary_key_call(const Plan& plan, const Column& column) {
  const bool numbered =
      plan.flavor->dialect == sqlite && column.identity && column.identity->automatic;
  if (!numbered) return call("primaryKey", {});
  return call("primaryKey", {object({{"autoIncrement", text("true")}})});
}

/// The type that the design asks for: "Settings", or "Settings from ./settings".
void use_type(Plan& plan, PlannedColumn& planned, const Table& table) {
  const std::string wanted = code_type(plan.schema(), typescript(), "drizzle", table, planned.name);
  if (wanted.empty()) return;
  const std::string_view separator = " from ";
  const std::size_t from = wanted.find(separator);
  const std::string type = wanted.substr(0, from);
  if (from != std::string::npos)
    plan.type_imports[wanted.substr(from + separator.size())].insert(type);
  planned.type.calls.push_back(text("$type<" + type + ">()"));
}

PlannedColumn planned_column(Plan& plan, const Table& table, const Column& column,
                             const std::string& member) {
  PlannedColumn planned;
  planned.member = member;
  planned.name = column.name;
  planned.comment = column.comment;
  const bool serial =
      plan.serial_columns.contains(column_key(table.schema, table.name, column.name));
  planned.type = serial ? serial_type(plan, column.type.spelling)
                        : plan.flavor->column_type(plan, &table, column);
  use_type(plan, planned, table);
  planned.primary_key = has_plain_key(plan, table, column);
  planned.not_null = !column.nullable || planned.primary_key || serial;
  const bool counted = plan.flavor->dialect == postgres && column.identity.has_value();
  if (planned.primary_key) planned.calls.push_back(primary_key_call(plan, column));
  // bigserial() alone of the three lets NULL through.
  const bool is_required = serial && planned.type.sql_type != "bigserial";
  if (!column.nullable && !planned.primary_key && !is_required && !counted)
    planned.calls.push_back(call("notNull", {}));
  if (counted) planned.not_null = true;
  if (!serial) plan_value(plan, planned, table, column);
  return planned;
}

}  // namespace

bool can_be_named(std::string_view column) { return !column.empty() && column != "__proto__"; }

bool has_plain_key(const Plan& plan, const Table& table, const Column& column) {
  if (!table.primary_key || table.primary_key->columns.size() != 1 ||
      table.primary_key->columns.front() != column.name) {
    return false;
  }
  const std::string& name = table.primary_key->name;
  return plan.flavor->dialect != postgres || name.empty() ||
         name == postgres_object_name(table.name, {}, "pkey");
}

void plan_columns(Plan& plan, PlannedTable& planned, const TableNames& names) {
  const Table& table = *planned.table;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (!can_be_named(table.columns[i].name)) {
      planned.database_only.push_back("column \"" + table.columns[i].name + "\"");
    } else {
      planned.columns.push_back(planned_column(plan, table, table.columns[i], names.members[i]));
    }
  }
}

}  // namespace relata::emit::drizzle
