// ALTER TABLE: constraints.
#include <algorithm>

#include "read/sql/postgres/alter_table.h"
#include "read/sql/postgres/constraints.h"
#include "read/sql/postgres/indexes.h"

namespace relata::sql::postgres {

void add_constraint_command(Reader& reader, const Place& place, const Subcommand& command) {
  if (command.def == nullptr || command.def->node_case != PG_QUERY__NODE__NODE_CONSTRAINT) return;
  const PgQuery__Constraint& constraint = *command.def->constraint;
  const std::string index_name(view(constraint.indexname));
  if (!index_name.empty()) {
    // ADD ... USING INDEX: the index becomes the constraint's and takes its name.
    Table& table = reader.catalog.tables.at(place.name);
    const auto index = std::find_if(table.indexes.begin(), table.indexes.end(),
                                    [&](const Index& item) { return item.name == index_name; });
    if (index == table.indexes.end()) {
      reader.missing("index", index_name);
      return;
    }
    IndexRequest request = request_of(*index);
    request.role = constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY
                       ? IndexRole::primary_key
                       : IndexRole::unique;
    request.deferrable = constraint.deferrable || constraint.initdeferred;
    request.initially_deferred = constraint.initdeferred != 0;
    if (!view(constraint.conname).empty())
      request.index.name = std::string(view(constraint.conname));
    request.only = true;
    remove_index(reader, place.name, index_name);
    add_index(reader, place.name, std::move(request));
    return;
  }
  PendingConstraints pending;
  add_pending(pending, constraint, {});
  add_checks(reader, place.name, pending.checks, true);
  add_index_constraints(reader, place.name, pending.indexes, place.only);
  add_foreign_keys(reader, place.name, pending.foreign_keys, true);
}

void drop_constraint_command(Reader& reader, const Place& place, const Subcommand& command) {
  const std::string name(view(command.name));
  // A key goes with the foreign keys that refer to it (CASCADE; else the server refuses).
  const Table& table = reader.catalog.tables.at(place.name);
  std::vector<std::string> key;
  if (table.primary_key && table.primary_key->name == name) key = table.primary_key->columns;
  for (const Unique& unique : table.uniques)
    if (unique.name == name) key = unique.columns;
  if (!remove_constraint(reader, place.name, name)) {
    if (!command.missing_ok) reader.missing("constraint", name);
    return;
  }
  if (key.empty() || command.behavior != PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE) return;
  std::sort(key.begin(), key.end());
  for (auto& [other_name, other] : reader.catalog.tables) {
    std::vector<std::string> dropped;
    for (const ForeignKey& foreign : other.foreign_keys) {
      std::vector<std::string> referenced = foreign.referenced;
      std::sort(referenced.begin(), referenced.end());
      if (foreign.table == place.name.name && foreign.table_schema == place.name.schema &&
          referenced == key)
        dropped.push_back(foreign.name);
    }
    for (const std::string& constraint : dropped) remove_constraint(reader, other_name, constraint);
  }
}

void alter_constraint_command(Reader& reader, const Place& place, const Subcommand& command) {
  if (command.def == nullptr || command.def->node_case != PG_QUERY__NODE__NODE_CONSTRAINT) return;
  const PgQuery__Constraint& constraint = *command.def->constraint;
  for (ForeignKey& key : reader.catalog.tables.at(place.name).foreign_keys) {
    if (key.name != view(constraint.conname)) continue;
    key.deferrable = constraint.deferrable || constraint.initdeferred;
    key.initially_deferred = constraint.initdeferred != 0;
    return;
  }
  reader.missing("constraint", view(constraint.conname));
}

void validate_constraint(Reader& reader, const QualifiedName& name, const std::string& constraint) {
  const auto found = reader.catalog.tables.find(name);
  if (found == reader.catalog.tables.end()) return;
  for (Check& check : found->second.checks)
    if (check.name == constraint) check.validated = true;
  for (ForeignKey& key : found->second.foreign_keys)
    if (key.name == constraint) key.validated = true;
  for (const QualifiedName& child : reader.catalog.children_of(name))
    validate_constraint(reader, child, constraint);
}

}  // namespace relata::sql::postgres
