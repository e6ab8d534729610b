#include "read/sql/postgres/dependents.h"

#include <algorithm>

#include "read/sql/postgres/constraints.h"
#include "read/sql/postgres/indexes.h"
#include "read/sql/postgres/sequences.h"

namespace relata::sql::postgres {
namespace {

bool uses(const Index& index, const std::string& column) {
  const auto in_part = [&](const IndexPart& part) {
    return part.expression.operation == Operation::sql ? mentions(part.expression.text, column)
                                                       : part.expression.text == column;
  };
  return std::any_of(index.parts.begin(), index.parts.end(), in_part) ||
         std::find(index.include.begin(), index.include.end(), column) != index.include.end() ||
         (index.where && mentions(index.where->text, column));
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

void forget_privileges(Catalog& catalog, const std::string& kind, const QualifiedName& name,
                       const std::string& arguments) {
  const auto about = [&](const auto& item) {
    const GrantKey& key = item.first;
    return key.kind == kind && key.schema == name.schema && key.name == name.name &&
           key.arguments == arguments;
  };
  std::erase_if(catalog.grants, about);
  std::erase_if(catalog.revoked, about);
}

void remove_sequence(Reader& reader, const QualifiedName& name) {
  reader.catalog.sequences.erase(name);
  reader.catalog.relations.erase(name);
  forget_privileges(reader.catalog, "sequence", name);
  const std::string value = next_value(name);
  for (auto& [table_name, table] : reader.catalog.tables)
    for (Column& column : table.columns)
      if (column.default_value && column.default_value->text == value) column.default_value.reset();
}

void remove_view(Reader& reader, const QualifiedName& name) {
  const auto found = reader.catalog.views.find(name);
  if (found == reader.catalog.views.end()) return;
  for (const Index& index : found->second.indexes)
    reader.catalog.relations.erase({name.schema, index.name});
  reader.catalog.views.erase(found);
  reader.catalog.view_sources.erase(name);
  reader.catalog.relations.erase(name);
  forget_privileges(reader.catalog, "table", name);
  remove_views_over(reader, name);
}

void remove_views_over(Reader& reader, const QualifiedName& name) {
  std::vector<QualifiedName> views;
  for (const auto& [view, sources] : reader.catalog.view_sources)
    if (sources.contains(name)) views.push_back(view);
  for (const QualifiedName& view : views) remove_view(reader, view);
}

void remove_table(Reader& reader, const QualifiedName& name) {
  Catalog& catalog = reader.catalog;
  const auto found = catalog.tables.find(name);
  if (found == catalog.tables.end()) return;
  for (const QualifiedName& child : catalog.children_of(name)) remove_table(reader, child);
  catalog.children.erase(name);
  Table& table = found->second;
  if (table.partition_of) catalog.remove_child(table.partition_of->parent, name);
  for (const QualifiedName& parent : table.inherits) catalog.remove_child(parent, name);
  for (const IndexRequest& request : index_requests(table)) {
    catalog.relations.erase({name.schema, request.index.name});
    if (request.role != IndexRole::plain)
      catalog.release_constraint(name.schema, request.index.name);
  }
  for (const Check& check : table.checks) catalog.release_constraint(name.schema, check.name);
  for (const ForeignKey& key : table.foreign_keys)
    catalog.release_constraint(name.schema, key.name);
  for (const Column& column : table.columns)
    if (column.identity) catalog.relations.erase({name.schema, column.identity->sequence});
  catalog.tables.erase(found);
  catalog.relations.erase(name);
  forget_privileges(catalog, "table", name);
  std::vector<QualifiedName> owned;
  for (const auto& [sequence_name, sequence] : catalog.sequences)
    if (sequence.owned_by_table == name) owned.push_back(sequence_name);
  for (const QualifiedName& sequence : owned) remove_sequence(reader, sequence);
  for (auto& [other_name, other] : catalog.tables) {
    std::erase_if(other.foreign_keys, [&, &holder = other_name](const ForeignKey& key) {
      if (key.table != name.name || key.table_schema != name.schema) return false;
      catalog.release_constraint(holder.schema, key.name);
      return true;
    });
  }
  std::erase_if(catalog.others, [&](const OtherObject& other) {
    return other.kind == "statistics" && mentions(other.sql.text, name.name);
  });
  remove_views_over(reader, name);
}

void remove_column(Reader& reader, const QualifiedName& name, const std::string& column) {
  Catalog& catalog = reader.catalog;
  const auto found = catalog.tables.find(name);
  if (found == catalog.tables.end()) return;
  Table& table = found->second;
  std::vector<std::string> indexes;
  for (const IndexRequest& request : index_requests(table))
    if (uses(request.index, column)) indexes.push_back(request.index.name);
  for (const std::string& index : indexes) remove_constraint(reader, name, index);
  for (const std::string& index : indexes) remove_index(reader, name, index);
  std::vector<std::string> constraints;
  for (const Check& check : table.checks)
    if (mentions(check.expression.text, column)) constraints.push_back(check.name);
  for (const ForeignKey& key : table.foreign_keys)
    if (contains(key.columns, column)) constraints.push_back(key.name);
  for (const std::string& constraint : constraints) remove_constraint(reader, name, constraint);
  for (auto& [other_name, other] : catalog.tables) {
    std::erase_if(other.foreign_keys, [&, &holder = other_name](const ForeignKey& key) {
      if (key.table != name.name || key.table_schema != name.schema ||
          !contains(key.referenced, column))
        return false;
      catalog.release_constraint(holder.schema, key.name);
      return true;
    });
  }
  std::erase_if(table.policies, [&](const Policy& policy) {
    return (policy.using_rows && mentions(policy.using_rows->text, column)) ||
           (policy.with_check && mentions(policy.with_check->text, column));
  });
  std::vector<QualifiedName> owned;
  for (const auto& [sequence_name, sequence] : catalog.sequences)
    if (sequence.owned_by_table == name && sequence.owned_by_column == column)
      owned.push_back(sequence_name);
  for (const QualifiedName& sequence : owned) remove_sequence(reader, sequence);
  std::vector<QualifiedName> views;
  for (const auto& [view, sources] : catalog.view_sources) {
    const auto item = catalog.views.find(view);
    if (sources.contains(name) && item != catalog.views.end() && mentions(item->second.sql, column))
      views.push_back(view);
  }
  for (const QualifiedName& view : views) remove_view(reader, view);
  for (const Column& item : table.columns)
    if (item.name == column && item.identity)
      catalog.relations.erase({name.schema, item.identity->sequence});
  std::erase_if(table.columns, [&](const Column& item) { return item.name == column; });
  for (const QualifiedName& child : catalog.children_of(name)) {
    const auto heir = catalog.tables.find(child);
    if (heir == catalog.tables.end()) continue;
    const Column* inherited = heir->second.find_column(column);
    if (inherited != nullptr && inherited->inherited) remove_column(reader, child, column);
  }
}

}  // namespace relata::sql::postgres
