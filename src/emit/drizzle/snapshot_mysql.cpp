#include <vector>

#include "emit/drizzle/snapshot.h"

namespace relata::emit::drizzle {
namespace {

void write_column(const PlannedColumn& column, JsonWriter& json) {
  json.key(column.name);
  json.begin_object();
  json.member("name", column.name);
  json.member("type", column.type.sql_type);
  json.flag("primaryKey", false);
  json.flag("notNull", column.not_null);
  json.flag("autoincrement", column.auto_increment);
  if (column.on_update_now) json.flag("onUpdate", true);
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

void write_index(const PlannedIndex& index, JsonWriter& json) {
  json.key(index.name);
  json.begin_object();
  json.member("name", index.name);
  json.key("columns");
  json.begin_array();
  for (const PlannedIndexPart& part : index.parts) json.string(part.text);
  json.end_array();
  json.flag("isUnique", index.unique);
  json.end_object();
}

void write_key(const PlannedKey& key, JsonWriter& json) {
  json.key(key.name);
  json.begin_object();
  json.member("name", key.name);
  json.list("columns", key.columns);
  json.end_object();
}

void write_keys(const PlannedTable& table, JsonWriter& json) {
  json.key("compositePrimaryKeys");
  json.begin_object();
  for (const PlannedColumn& column : table.columns) {
    const std::string name = table.table->name + "_" + column.name;
    if (column.primary_key) write_key({name, {column.name}, false}, json);
  }
  if (table.primary_key) write_key(*table.primary_key, json);
  json.end_object();
  json.key("uniqueConstraints");
  json.begin_object();
  for (const PlannedKey& unique : table.uniques) write_key(unique, json);
  json.end_object();
}

void write_table(const Plan& plan, const PlannedTable& table, JsonWriter& json) {
  json.key(table.table->name);
  json.begin_object();
  json.member("name", table.table->name);
  write_columns(table.columns, json);
  json.key("indexes");
  json.begin_object();
  for (const PlannedIndex& index : table.indexes) write_index(index, json);
  json.end_object();
  write_foreign_keys(plan, table, json);
  write_keys(table, json);
  json.key("checkConstraint");
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
  json.member("algorithm", "undefined");
  json.member("sqlSecurity", "definer");
  json.end_object();
}

}  // namespace

void write_mysql_snapshot(const Plan& plan, JsonWriter& json) {
  json.key("tables");
  json.begin_object();
  for (const PlannedTable* table : by_constant(plan.tables)) write_table(plan, *table, json);
  json.end_object();
  json.key("views");
  json.begin_object();
  for (const PlannedView* view : by_constant(plan.views)) write_view(*view, json);
  json.end_object();
  write_meta(json);
  json.key("internal");
  json.begin_object();
  json.empty_object("tables");
  write_expressions(plan, json);
  json.end_object();
}

}  // namespace relata::emit::drizzle
