#include "migrate/rename/rename_map.h"

namespace relata::migrate {

RenameMap::RenameMap(const Schema& schema, const std::vector<Rename>& renames,
                     const NameRules& rules)
    : rules_(rules) {
  std::map<QualifiedName, std::vector<QualifiedName>> heirs;
  for (const Table& table : schema.tables) {
    RenamedTable& entry = tables_[key_of(table.schema, table.name)];
    entry.table = &table;
    entry.name = table.name;
    for (const Column& column : table.columns) {
      entry.column_keys.insert(name_key(rules_, column.name));
    }
    const QualifiedName name{table.schema, table.name};
    if (table.partition_of) heirs[table.partition_of->parent].push_back(name);
    for (const QualifiedName& parent : table.inherits) heirs[parent].push_back(name);
  }
  for (const Rename& rename : renames) {
    if (!rename.column.empty()) {
      add_column(rename.table, rename.column, rename.name, heirs);
      continue;
    }
    const auto found = tables_.find(key_of(rename.table.schema, rename.table.name));
    if (found == tables_.end()) continue;
    found->second.name = rename.name;
    old_names_.insert(found->first.name);
  }
}

void RenameMap::add_column(const QualifiedName& table, const std::string& from,
                           const std::string& to,
                           const std::map<QualifiedName, std::vector<QualifiedName>>& heirs) {
  const auto found = tables_.find(key_of(table.schema, table.name));
  const std::string key = name_key(rules_, from);
  if (found == tables_.end() || !found->second.column_keys.contains(key)) return;
  if (!found->second.columns.emplace(key, to).second) return;
  old_names_.insert(key);
  const auto children = heirs.find(table);
  if (children == heirs.end()) return;
  for (const QualifiedName& child : children->second) add_column(child, from, to, heirs);
}

QualifiedName RenameMap::key_of(std::string_view schema, std::string_view name) const {
  std::string space = name_key(rules_, schema);
  if (space == rules_.home) space.clear();
  return {std::move(space), name_key(rules_, name)};
}

const RenamedTable* RenameMap::find(const QualifiedName& name) const {
  const auto found = tables_.find(key_of(name.schema, name.name));
  return found == tables_.end() ? nullptr : &found->second;
}

const RenamedTable* RenameMap::find(std::string_view schema, std::string_view name,
                                    std::string_view home) const {
  if (!schema.empty()) return find({std::string(schema), std::string(name)});
  if (const RenamedTable* found = find({std::string(home), std::string(name)})) return found;
  return home.empty() ? nullptr : find({{}, std::string(name)});
}

}  // namespace relata::migrate
