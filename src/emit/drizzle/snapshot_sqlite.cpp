#include <vector>

#include "emit/drizzle/snapshot.h"

namespace relata::emit::drizzle {
namespace {

void write_column(const PlannedColumn& column, JsonWriter& json) {
  json.key(column.name);
  json.begin_object();
  json.member("name", column.name);
  json.member("type", column.type.sql_type);
  json.flag("primaryKey", column.primary_key);
  json.flag("notNull", column.not_null);
  json.flag("autoincrement", column.auto_increment);
  if (column.generated) {
    json.key("generated");
    json.begin_object();
    json.member("as", *column.generated);
    json.member("type", column.stored ? "stored" : "virtual");
    json.end_object();
  }
  if (column.default_json) {
    json.key("default");
    json.raw(*column.default_json);
  }
  json.end_object();
}

void write_columns(const std::vector<PlannedColumn>& columns, JsonWriter& json) {
  json.key("columns");
  json.begin_object();
  for (const PlannedColumn& column : columns) write_column(column, json);
  json.end_object();
}

void write_indexes(const PlannedTable& table, JsonWriter& json) {
  json.key("indexes");
  json.begin_object();
  for (const PlannedIndex& index : table.indexes) {
    json.key(index.name);
    json.begin_object();
    json.member("name", index.name);
    json.key("columns");
    json.begin_array();
    for (const PlannedIndexPart& part : index.parts) json.string(part.text);
    json.end_array();
    json.flag("isUnique", index.unique);
    if (index.where) json.member("where", *index.where);
    json.end_object();
  }
  for (const PlannedKey& unique : table.uniques) {
    json.key(unique.name);
    json.begin_object();
    json.member("name", unique.name);
    json.list("columns", unique.columns);
    json.flag("isUnique", true);
    json.end_object();
  }
  json.end_object();
}

void write_table(const Plan& plan, const PlannedTable& table, JsonWriter& json) {
  json.key(table.table->name);
  json.begin_object();
  json.member("name", table.table->name);
  write_columns(table.columns, json);
  write_indexes(table, json);
  write_foreign_keys(plan, table, json);
  json.key("compositePrimaryKeys");
  json.begin_object();
  if (table.primary_key) {
    json.key(table.primary_key->name);
    json.begin_object();
    json.list("columns", table.primary_key->columns);
    json.member("name", table.primary_key->name);
    json.end_object();
  }
  json.end_object();
  json.empty_object("uniqueConstraints");
  json.key("checkConstraints");
  write_checks(table, json);
  json.end_object();
}

void write_view(const PlannedView& view, JsonWriter& json) {
  json.key(view.view->name);
  json.begin_object();
  write_columns(view.columns, json);
  json.member("name", view.view->name);
  json.flag("isExisting", !view.definition);
  if (view.definition) json.member("definition", *view.definition);
  json.end_object();
}

}  // namespace

void write_sqlite_snapshot(const Plan& plan, JsonWriter& json) {
  json.key("tables");
  json.begin_object();
  for (const PlannedTable* table : by_constant(plan.tables)) write_table(plan, *table, json);
  json.end_object();
  json.key("views");
  json.begin_object();
  for (const PlannedView* view : by_constant(plan.views)) write_view(*view, json);
  json.end_object();
  json.empty_object("enums");
  write_meta(json);
  json.key("internal");
  json.begin_object();
  write_expressions(plan, json);
  json.end_object();
}

}  // namespace relata::emit::drizzle
