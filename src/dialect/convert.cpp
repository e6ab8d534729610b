#include "dialect/convert.h"

#include "base/text.h"
#include "dialect/convert_steps.h"

namespace relata {

Schema converted(const Schema& schema, const SqlDialect& target, DiagnosticSink& sink) {
  Schema neutral = schema;
  const auto* source = dynamic_cast<const SqlDialect*>(find_dialect(schema.dialect));
  if (source != nullptr) {
    Losses losses;
    Conversion conversion{*source, target, neutral, losses, {}, {}};
    convert_table_kinds(conversion);
    flatten_namespaces(conversion);
    resolve_references(conversion);
    convert_types(conversion);
    convert_identities(conversion);
    convert_expressions(conversion);
    convert_defaults(conversion);
    convert_keys(conversion);
    convert_indexes(conversion);
    convert_views(conversion);
    convert_triggers(conversion);
    leave_out_objects(conversion);
    forget_native_forms(conversion);
    losses.report(sink);
  }
  neutral.dialect.clear();
  return neutral;
}

std::string column_path(const Table& table, const Column& column) {
  return table.name + "." + column.name;
}

TableLookup::TableLookup(Schema& schema) {
  for (Table& table : schema.tables) {
    exact_.emplace(table.name, &table);
    folded_.emplace(to_lower(table.name), &table);
  }
}

Table* TableLookup::find(std::string_view name) const {
  const auto exact = exact_.find(std::string(name));
  if (exact != exact_.end()) return exact->second;
  const auto folded = folded_.find(to_lower(name));
  return folded == folded_.end() ? nullptr : folded->second;
}

Column* find_column(Table& table, std::string_view name) {
  Column* folded = nullptr;
  for (Column& column : table.columns) {
    if (column.name == name) return &column;
    if (folded == nullptr && to_lower(column.name) == to_lower(name)) folded = &column;
  }
  return folded;
}

}  // namespace relata
