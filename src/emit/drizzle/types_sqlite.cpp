// Types of drizzle-orm/sqlite-core 0.45. SQLite keeps what a column was declared with, so that
// every declaration but those that Drizzle has itself is a customType().

#include <algorithm>

#include "base/text.h"
#include "emit/drizzle/types.h"

namespace relata::emit::drizzle {
namespace {

/// The kind that a design gave the column, which its declaration does not tell.
TypeKind meant_kind(const Plan& plan, const Table* table, const Column& column,
                    const ValueType& value) {
  const Schema& schema = plan.input->schema;
  if (table == nullptr || !schema.dialect.empty()) return value.kind;
  const std::size_t place = plan.meant.table(table->schema, table->name);
  if (place == SchemaIndex::npos) return value.kind;
  const Column* meant = schema.tables[place].find_column(column.name);
  if (meant == nullptr) return value.kind;
  return meant->type.array_dimensions > 0 ? TypeKind::json : meant->type.kind;
}

bool is_moment(TypeKind kind) {
  return kind == TypeKind::timestamp || kind == TypeKind::timestamp_tz;
}

bool names(const std::vector<std::string>& columns, const Column& column) {
  return std::find(columns.begin(), columns.end(), column.name) != columns.end();
}

/// Numbers of rows stay numbers, in every table that refers to them.
bool is_in_key(const Table* table, const Column& column) {
  if (table == nullptr) return false;
  if (table->primary_key && names(table->primary_key->columns, column)) return true;
  return std::any_of(table->foreign_keys.begin(), table->foreign_keys.end(),
                     [&](const ForeignKey& key) { return names(key.columns, column); });
}

ColumnType core_type(Plan& plan, std::string_view function, Literal literal) {
  ColumnType type;
  type.function = plan.names.core(function);
  type.sql_type = function;
  type.literal = literal;
  return type;
}

ColumnType text_type(Plan& plan, TypeKind kind, const ValueType& value) {
  if (is_moment(kind)) return custom(plan, "text", CustomData::iso_moment, "timestamp");
  ColumnType type = core_type(plan, "text", Literal::text);
  if (kind == TypeKind::json) {
    type.arguments = options({{"mode", string_literal("json")}});
    type.literal = Literal::none;
  } else if (!value.values.empty()) {
    type.arguments = options({{"enum", strings(value.values)}});
  }
  return type;
}

ColumnType integer_type(Plan& plan, const Table* table, const Column& column, TypeKind kind) {
  if (kind == TypeKind::boolean) {
    ColumnType type = core_type(plan, "integer", Literal::boolean);
    type.arguments = options({{"mode", string_literal("boolean")}});
    return type;
  }
  const bool is_meant = plan.input->schema.dialect.empty();
  if (is_meant && kind == TypeKind::big_integer && !column.identity && !is_in_key(table, column)) {
    return custom(plan, "integer", CustomData::sqlite_integer, "bigInteger");
  }
  return core_type(plan, "integer", Literal::number);
}

CustomData data_of(TypeKind kind, const ValueType& value) {
  switch (kind) {
    case TypeKind::small_integer:
    case TypeKind::integer:
    case TypeKind::big_integer:
    case TypeKind::real:
    case TypeKind::double_precision:
      return CustomData::number;
    case TypeKind::decimal:
      return CustomData::decimal;
    case TypeKind::boolean:
      return CustomData::zero_or_one;
    case TypeKind::binary:
      return CustomData::buffer;
    case TypeKind::timestamp:
    case TypeKind::timestamp_tz:
      return value.loose ? CustomData::text : CustomData::iso_moment;
    case TypeKind::native:
      return CustomData::unknown;
    default:
      return CustomData::text;
  }
}

}  // namespace

ColumnType sqlite_type(Plan& plan, const Table* table, const Column& column) {
  const ValueType value = table != nullptr ? value_type(plan.schema(), *table, column)
                                           : value_type(plan.schema(), column.type);
  const TypeKind kind = meant_kind(plan, table, column, value);
  const std::string& spelling = column.type.spelling;
  const std::string declared = to_lower(spelling);
  if (declared == "text") return text_type(plan, kind, value);
  if (declared == "integer") return integer_type(plan, table, column, kind);
  if (declared == "real") return core_type(plan, "real", Literal::number);
  if (declared == "numeric") return core_type(plan, "numeric", Literal::decimal);
  if (declared == "blob") {
    ColumnType type = core_type(plan, "blob", Literal::none);
    type.arguments = options({{"mode", string_literal("buffer")}});
    return type;
  }
  const CustomData data = declared.empty() ? CustomData::unknown : data_of(kind, value);
  ColumnType type = custom(plan, spelling, data, declared.empty() ? "untyped" : declared);
  if (!value.values.empty() && data == CustomData::text)
    type.calls.push_back(union_type(value.values));
  return type;
}

}  // namespace relata::emit::drizzle
