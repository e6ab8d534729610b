#include <algorithm>

#include "emit/drizzle/snapshot.h"

namespace relata::emit::drizzle {
namespace {

std::string space(const Table& table) { return table.schema.empty() ? "public" : table.schema; }

void write_numbers(const PlannedIdentity& numbers, JsonWriter& json) {
  json.member("increment", numbers.increment);
  json.member("startWith", numbers.start);
  json.member("minValue", numbers.minimum);
  json.member("maxValue", numbers.maximum);
  json.member("cache", numbers.cache);
  json.flag("cycle", numbers.cycle);
}

void write_column(const PlannedColumn& column, JsonWriter& json) {
  json.key(column.name);
  json.begin_object();
  json.member("name", column.name);
  json.member("type", column.type.sql_type);
  if (!column.type.type_schema.empty()) json.member("typeSchema", column.type.type_schema);
  json.flag("primaryKey", column.primary_key);
  json.flag("notNull", column.not_null);
  if (column.generated) {
    json.key("generated");
    json.begin_object();
    json.member("as", *column.generated);
    json.member("type", "stored");
    json.end_object();
  }
  if (column.identity) {
    json.key("identity");
    json.begin_object();
    json.member("type", column.identity->always ? "always" : "byDefault");
    json.member("name", column.identity->name);
    json.member("schema", column.identity->schema);
    write_numbers(*column.identity, json);
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
  for (const PlannedIndexPart& part : index.parts) {
    json.begin_object();
    json.member("expression", part.text);
    if (part.is_expression) {
      json.flag("asc", true);
      json.flag("isExpression", true);
      json.member("nulls", "last");
    } else {
      json.flag("isExpression", false);
      json.flag("asc", part.ascending);
      json.member("nulls", part.nulls_first ? "first" : "last");
      if (!part.operator_class.empty()) json.member("opclass", part.operator_class);
    }
    json.end_object();
  }
  json.end_array();
  json.flag("isUnique", index.unique);
  if (index.where) json.member("where", *index.where);
  json.flag("concurrently", false);
  json.member("method", index.method);
  json.key("with");
  json.begin_object();
  for (const auto& [name, value] : index.with) json.member(name, value);
  json.end_object();
  json.end_object();
}

void write_foreign_key(const Plan& plan, const PlannedTable& table, const PlannedForeignKey& key,
                       JsonWriter& json) {
  const Table& target = *plan.tables[key.table].table;
  const std::string name = foreign_key_name(plan, table, key);
  json.key(name);
  json.begin_object();
  json.member("name", name);
  json.member("tableFrom", table.table->name);
  json.member("tableTo", target.name);
  if (!target.schema.empty() && target.schema != "public") json.member("schemaTo", target.schema);
  json.list("columnsFrom", key.columns);
  json.list("columnsTo", key.referenced);
  json.member("onDelete", key.on_delete);
  json.member("onUpdate", key.on_update);
  json.end_object();
}

void write_keys(const PlannedTable& table, JsonWriter& json) {
  json.key("compositePrimaryKeys");
  json.begin_object();
  if (table.primary_key) {
    json.key(table.primary_key->name);
    json.begin_object();
    json.member("name", table.primary_key->name);
    json.list("columns", table.primary_key->columns);
    json.end_object();
  }
  json.end_object();
  json.key("uniqueConstraints");
  json.begin_object();
  for (const PlannedKey& unique : table.uniques) {
    json.key(unique.name);
    json.begin_object();
    json.member("name", unique.name);
    json.flag("nullsNotDistinct", unique.nulls_not_distinct);
    json.list("columns", unique.columns);
    json.end_object();
  }
  json.end_object();
}

std::string upper(std::string_view word) {
  std::string out(word);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

void write_policy(const PlannedPolicy& policy, JsonWriter& json) {
  json.key(policy.name);
  json.begin_object();
  json.member("name", policy.name);
  json.member("as", policy.permissive ? "PERMISSIVE" : "RESTRICTIVE");
  json.member("for", upper(policy.command));
  std::vector<std::string> roles = policy.roles;
  if (roles.empty()) roles.emplace_back("public");
  std::sort(roles.begin(), roles.end());
  json.list("to", roles);
  if (policy.using_rows) json.member("using", *policy.using_rows);
  if (policy.with_check) json.member("withCheck", *policy.with_check);
  json.end_object();
}

void write_table(const Plan& plan, const PlannedTable& table, JsonWriter& json) {
  json.key(space(*table.table) + "." + table.table->name);
  json.begin_object();
  json.member("name", table.table->name);
  json.member("schema", table.space.empty() ? "" : table.table->schema);
  write_columns(table.columns, json);
  json.key("indexes");
  json.begin_object();
  for (const PlannedIndex& index : table.indexes) write_index(index, json);
  json.end_object();
  json.key("foreignKeys");
  json.begin_object();
  for (const PlannedForeignKey& key : table.foreign_keys) write_foreign_key(plan, table, key, json);
  json.end_object();
  write_keys(table, json);
  json.key("policies");
  json.begin_object();
  for (const PlannedPolicy& policy : table.policies) write_policy(policy, json);
  json.end_object();
  json.key("checkConstraints");
  write_checks(table, json);
  json.flag("isRLSEnabled", table.row_level_security && table.policies.empty());
  json.end_object();
}

void write_view(const PlannedView& view, JsonWriter& json) {
  const std::string schema = view.space.empty() ? "public" : view.view->schema;
  json.key(schema + "." + view.view->name);
  json.begin_object();
  std::vector<PlannedColumn> columns = view.columns;
  for (PlannedColumn& column : columns) {
    // Of a view's arrays, drizzle-kit does not see what they are arrays of.
    if (column.type.sql_type.ends_with("[]")) column.type.type_schema.clear();
  }
  write_columns(columns, json);
  if (view.definition) json.member("definition", *view.definition);
  json.member("name", view.view->name);
  json.member("schema", schema);
  json.flag("isExisting", !view.definition);
  if (!view.options.empty()) {
    json.key("with");
    json.begin_object();
    for (const auto& [name, value] : view.options) {
      json.key(name);
      const bool is_text = value.starts_with('\'');
      json.raw(is_text ? "\"" + value.substr(1, value.size() - 2) + "\"" : value);
    }
    json.end_object();
  }
  json.flag("materialized", view.view->materialized);
  json.end_object();
}

}  // namespace

void write_postgres_snapshot(const Plan& plan, JsonWriter& json) {
  json.key("tables");
  json.begin_object();
  for (const PlannedTable* table : by_constant(plan.tables)) write_table(plan, *table, json);
  json.end_object();
  json.key("enums");
  json.begin_object();
  for (const PlannedEnumeration* planned : by_constant(plan.enumerations)) {
    if (planned->constant.empty()) continue;
    const std::string schema = planned->space.empty() ? "public" : planned->enumeration->schema;
    json.key(schema + "." + planned->enumeration->name);
    json.begin_object();
    json.member("name", planned->enumeration->name);
    json.member("schema", schema);
    json.list("values", planned->enumeration->values);
    json.end_object();
  }
  json.end_object();
  json.key("schemas");
  json.begin_object();
  for (const PlannedName* one : by_constant(plan.spaces)) json.member(one->name, one->name);
  json.end_object();
  json.key("sequences");
  json.begin_object();
  for (const PlannedSequence* sequence : by_constant(plan.sequences)) {
    json.key(sequence->numbers.schema + "." + sequence->numbers.name);
    json.begin_object();
    json.member("name", sequence->numbers.name);
    json.member("schema", sequence->numbers.schema);
    write_numbers(sequence->numbers, json);
    json.end_object();
  }
  json.end_object();
  json.empty_object("roles");
  json.empty_object("policies");
  json.key("views");
  json.begin_object();
  for (const bool materialized : {false, true}) {
    for (const PlannedView* view : by_constant(plan.views)) {
      if (view->view->materialized == materialized) write_view(*view, json);
    }
  }
  json.end_object();
  json.key("_meta");
  json.begin_object();
  json.empty_object("columns");
  json.empty_object("schemas");
  json.empty_object("tables");
  json.end_object();
}

}  // namespace relata::emit::drizzle
