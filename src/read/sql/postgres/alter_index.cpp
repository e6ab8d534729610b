// ALTER INDEX, and ALTER TYPE of composite types.
#include <algorithm>

#include "read/sql/postgres/alter_table.h"
#include "read/sql/postgres/indexes.h"

namespace relata::sql::postgres {
namespace {

/// ALTER INDEX ... ATTACH PARTITION, of a key's index too.
void attach_partition_index(Reader& reader, const QualifiedName& owner, const std::string& name,
                            const Subcommand& command) {
  Catalog& catalog = reader.catalog;
  const auto attached = reader.existing(*command.def->partition_cmd->name);
  const Relation* relation = attached ? catalog.relation(*attached) : nullptr;
  if (relation == nullptr || relation->kind != RelationKind::index) {
    reader.missing("index", view(command.def->partition_cmd->name->relname));
    return;
  }
  const auto partition = catalog.tables.find(relation->owner);
  const auto whole = catalog.tables.find(owner);
  if (partition == catalog.tables.end() || whole == catalog.tables.end()) return;
  const QualifiedName parent{owner.schema, name};
  attach_index(partition->second, attached->name, parent);
  // It is valid once every partition has one.
  const std::vector<QualifiedName> children = catalog.children_of(owner);
  const bool all = std::all_of(children.begin(), children.end(), [&](const QualifiedName& child) {
    bool has_part = false;
    for_each_index(catalog.tables.at(child),
                   [&](const auto& each) { has_part = has_part || each.parent == parent; });
    return has_part;
  });
  for (Index& index : whole->second.indexes)
    if (index.name == name) index.only = !all;
}

}  // namespace

void change_index(Reader& reader, const QualifiedName& owner, const std::string& name,
                  const Subcommand& command) {
  Catalog& catalog = reader.catalog;
  std::vector<Index>* indexes = nullptr;
  if (const auto table = catalog.tables.find(owner); table != catalog.tables.end())
    indexes = &table->second.indexes;
  if (const auto item = catalog.views.find(owner); item != catalog.views.end())
    indexes = &item->second.indexes;
  if (indexes == nullptr) return;
  const bool reset = command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions;
  const auto change = [&](std::vector<Option>& options) {
    if (reset || command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions)
      change_options(options, list_of(command.def), reset);
    if (command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace)
      set_option(options, "tablespace", std::string(view(command.name)));
    if (command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics)
      set_option(options, "statistics " + std::to_string(command.num), constant_text(command.def));
  };
  const bool attaches = command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition &&
                        command.def != nullptr &&
                        command.def->node_case == PG_QUERY__NODE__NODE_PARTITION_CMD;
  if (attaches) return attach_partition_index(reader, owner, name, command);
  for (Index& index : *indexes) {
    if (index.name != name) continue;
    change(index.options);
    return;
  }
  if (const auto table = catalog.tables.find(owner); table != catalog.tables.end()) {
    if (table->second.primary_key && table->second.primary_key->name == name)
      change(table->second.primary_key->options);
    for (Unique& unique : table->second.uniques)
      if (unique.name == name) change(unique.options);
    for (Exclusion& exclusion : table->second.exclusions)
      if (exclusion.name == name) change(exclusion.options);
  }
}

void change_composite(Reader& reader, const QualifiedName& name, const Subcommand& command) {
  std::vector<Column>& attributes = reader.catalog.composites.at(name).attributes;
  const std::string attribute(view(command.name));
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const Column& each) { return each.name == attribute; });
  PendingConstraints none;
  switch (command.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
      attributes.push_back(read_column(reader, name, *command.def->column_def, none));
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
      if (found != attributes.end()) attributes.erase(found);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
      if (found != attributes.end())
        found->type.spelling = reader.format_type(*command.def->column_def->type_name);
      break;
    default:
      break;
  }
}

}  // namespace relata::sql::postgres
