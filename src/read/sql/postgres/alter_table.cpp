#include <algorithm>
#include <array>

#include "read/sql/postgres/constraints.h"
#include "read/sql/postgres/dependents.h"
#include "read/sql/postgres/indexes.h"
#include "read/sql/postgres/sequences.h"
#include "read/sql/postgres/statements.h"
#include "read/sql/postgres/tables.h"

namespace relata::sql::postgres {
namespace {

using Subcommand = PgQuery__AlterTableCmd;

/// What a sub-command has before it: the table, and the tokens of its part of the statement.
struct Place {
  QualifiedName name;
  TokenRange tokens;
};

Column* find_column(Table& table, std::string_view name) {
  const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                  [&](const Column& column) { return column.name == name; });
  return found == table.columns.end() ? nullptr : &*found;
}

/// Does the same to a column and to that of every heir.
template <class Change>
void change_column(Reader& reader, const QualifiedName& name, std::string_view column,
                   const Change& change) {
  const auto found = reader.catalog.tables.find(name);
  if (found == reader.catalog.tables.end()) return;
  if (Column* item = find_column(found->second, column)) change(*item);
  for (const QualifiedName& child : reader.catalog.children_of(name))
    change_column(reader, child, column, change);
}

Column* own_column(Reader& reader, const Place& place, const Subcommand& command) {
  const auto table = reader.catalog.tables.find(place.name);
  Column* column = table == reader.catalog.tables.end()
                       ? nullptr
                       : find_column(table->second, view(command.name));
  if (column == nullptr) reader.missing("column", view(command.name));
  return column;
}

void add_column_command(Reader& reader, const Place& place, const Subcommand& command) {
  if (command.def == nullptr || command.def->node_case != PG_QUERY__NODE__NODE_COLUMN_DEF) return;
  const PgQuery__ColumnDef& definition = *command.def->column_def;
  Table& table = reader.catalog.tables.at(place.name);
  if (find_column(table, view(definition.colname)) != nullptr) {
    if (!command.missing_ok) reader.taken("column", view(definition.colname));
    return;
  }
  PendingConstraints pending;
  Column column = read_column(reader, place.name, definition, pending);
  add_column(reader, place.name, std::move(column));
  add_checks(reader, place.name, pending.checks, true);
  add_index_constraints(reader, place.name, pending.indexes);
  add_foreign_keys(reader, place.name, pending.foreign_keys, false);
}

void change_default(Reader& reader, const Place& place, const Subcommand& command) {
  const auto view_found = reader.catalog.views.find(place.name);
  if (view_found != reader.catalog.views.end()) return;
  if (own_column(reader, place, command) == nullptr) return;
  Expression expression;
  if (command.def != nullptr) {
    SourceText& source = reader.source();
    std::size_t word = place.tokens.begin;
    while (word < place.tokens.end && !(source.is(word, "default") && source.is(word - 1, "set")))
      ++word;
    expression = reader.expression({word + 1, place.tokens.end});
  }
  change_column(reader, place.name, view(command.name), [&](Column& column) {
    if (command.def == nullptr) {
      column.default_value.reset();
    } else {
      set_default(column, command.def, expression);
    }
  });
}

void change_type(Reader& reader, const Place& place, const Subcommand& command) {
  if (command.def == nullptr || command.def->node_case != PG_QUERY__NODE__NODE_COLUMN_DEF) return;
  Column* own = own_column(reader, place, command);
  if (own == nullptr) return;
  const PgQuery__ColumnDef& definition = *command.def->column_def;
  const std::string spelling = reader.format_type(*definition.type_name);
  const std::string collation = reader.collation(definition.coll_clause);
  if (own->identity) {
    std::string type = spelling;
    change_sequence(own->identity->options, type, {}, false);
  }
  change_column(reader, place.name, view(command.name), [&](Column& column) {
    column.type.spelling = spelling;
    // The new type brings its own collation and way of storing.
    column.collation = collation == "default" ? std::string() : collation;
    std::erase_if(column.options, [](const Option& option) { return option.name == "storage"; });
  });
}

void drop_column_command(Reader& reader, const Place& place, const Subcommand& command) {
  Table& table = reader.catalog.tables.at(place.name);
  if (find_column(table, view(command.name)) == nullptr) {
    if (!command.missing_ok) reader.missing("column", view(command.name));
    return;
  }
  remove_column(reader, place.name, std::string(view(command.name)));
}

void add_constraint(Reader& reader, const Place& place, const Subcommand& command) {
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
  add_index_constraints(reader, place.name, pending.indexes);
  add_foreign_keys(reader, place.name, pending.foreign_keys, true);
}

void drop_constraint(Reader& reader, const Place& place, const Subcommand& command) {
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

void alter_constraint(Reader& reader, const Place& place, const Subcommand& command) {
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

void change_identity(Reader& reader, const Place& place, const Subcommand& command) {
  Column* column = own_column(reader, place, command);
  if (column == nullptr) return;
  if (command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity) {
    if (command.def == nullptr || command.def->node_case != PG_QUERY__NODE__NODE_CONSTRAINT) return;
    const PgQuery__Constraint& constraint = *command.def->constraint;
    add_identity(reader, place.name, *column, view(constraint.generated_when) == "a",
                 nodes(constraint.n_options, constraint.options));
    return;
  }
  if (!column->identity) {
    if (!command.missing_ok) reader.missing("identity of column", column->name);
    return;
  }
  if (command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity) {
    reader.catalog.relations.erase({place.name.schema, column->identity->sequence});
    column->identity.reset();
    return;
  }
  if (command.def == nullptr || command.def->node_case != PG_QUERY__NODE__NODE_LIST) return;
  const auto options = nodes(command.def->list->n_items, command.def->list->items);
  for (const PgQuery__Node* node : options) {
    if (node->node_case == PG_QUERY__NODE__NODE_DEF_ELEM &&
        view(node->def_elem->defname) == "generated")
      // The letter 'a' or 'd' comes as the number of its character.
      column->identity->always = argument_text(*node->def_elem) == std::to_string('a');
  }
  std::string type = column->type.spelling;
  change_sequence(column->identity->options, type, options, false);
}

void set_column_option(Column& column, const std::string& name, std::string value) {
  if (value.empty()) {
    std::erase_if(column.options, [&](const Option& option) { return option.name == name; });
  } else {
    set_option(column.options, name, value);
  }
}

struct StorageRow {
  std::string_view type;
  std::string_view storage;
};

// Types whose usual way of storing (pg_type.typstorage) is neither "plain", as of all types of a
// fixed length, nor "extended", as of nearly all others.
constexpr auto usual_storage = std::to_array<StorageRow>({
    {"numeric", "main"},
    {"inet", "main"},
    {"cidr", "main"},
});

constexpr auto fixed_types = std::to_array<std::string_view>(
    {"smallint", "integer", "bigint", "real", "double precision", "boolean", "date", "uuid", "oid",
     "name", "money", "timestamp without time zone", "timestamp with time zone",
     "time without time zone", "time with time zone", "interval", "\"char\""});

std::string_view storage_of_type(std::string_view spelling) {
  if (spelling.ends_with("[]")) return "extended";
  const std::string_view name = spelling.substr(0, spelling.find('('));
  for (const StorageRow& row : usual_storage)
    if (row.type == name) return row.storage;
  return std::find(fixed_types.begin(), fixed_types.end(), name) == fixed_types.end() ? "extended"
                                                                                      : "plain";
}

void change_storage(Reader& reader, const Place& place, const Subcommand& command) {
  const std::string word = constant_text(command.def);
  std::string value;
  for (const char c : word) value += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  change_column(reader, place.name, view(command.name), [&](Column& column) {
    set_column_option(column, "storage",
                      value == storage_of_type(column.type.spelling) ? std::string() : value);
  });
}

void enable_trigger(Table& table, std::string_view name, const std::string& state) {
  for (Trigger& trigger : table.triggers) {
    if (!name.empty() && trigger.name != name) continue;
    if (auto* body = std::get_if<TriggerBody>(&trigger.purpose)) body->enabled = state;
  }
}

void enable_rule(std::vector<Rule>& rules, std::string_view name, const std::string& state) {
  for (Rule& rule : rules)
    if (rule.name == name) rule.enabled = state;
}

void cluster_on(Table& table, std::string_view name) {
  const Option clustered{"clustered", {}};
  const auto mark = [&](auto& key) {
    std::erase(key.options, clustered);
    if (key.name == name) key.options.push_back(clustered);
  };
  if (table.primary_key) mark(*table.primary_key);
  for (Unique& unique : table.uniques) mark(unique);
  for (Exclusion& exclusion : table.exclusions) mark(exclusion);
  for (Index& index : table.indexes) index.clustered = index.name == name;
}

/// A table cannot be its own parent, at whatever distance, nor have a parent twice.
bool can_inherit(Reader& reader, const QualifiedName& parent, const QualifiedName& child) {
  const std::vector<QualifiedName> children = reader.catalog.children_of(parent);
  if (!reader.catalog.is_heir(parent, child) &&
      std::find(children.begin(), children.end(), child) == children.end())
    return true;
  reader.warning("postgres-circular-inheritance",
                 "'" + shown(child) + "' cannot inherit from '" + shown(parent) + "' here");
  return false;
}

void attach_partition(Reader& reader, const Place& place, const Subcommand& command) {
  if (command.def == nullptr || command.def->node_case != PG_QUERY__NODE__NODE_PARTITION_CMD)
    return;
  Catalog& catalog = reader.catalog;
  const PgQuery__PartitionCmd& partition = *command.def->partition_cmd;
  const auto child = reader.existing(*partition.name);
  const auto found = child ? catalog.tables.find(*child) : catalog.tables.end();
  if (found == catalog.tables.end()) {
    reader.missing("table", view(partition.name->relname));
    return;
  }
  Table& table = found->second;
  if (command.subtype != PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition) {
    // What it has got from its parent becomes its own.
    table.partition_of.reset();
    catalog.remove_child(place.name, *child);
    for (Column& column : table.columns) column.inherited = false;
    for (Check& check : table.checks) check.inherited = false;
    for (ForeignKey& key : table.foreign_keys) key.inherited = false;
    for (Index& index : table.indexes) index.parent.reset();
    return;
  }
  if (partition.bound == nullptr || !can_inherit(reader, place.name, *child)) return;
  table.partition_of =
      PartitionOf{place.name, partition_bound(reader, *partition.bound, place.tokens.end)};
  catalog.add_child(place.name, *child);
  const Table& parent = catalog.tables.at(place.name);
  for (Column& column : table.columns)
    if (parent.find_column(column.name) != nullptr) column.inherited = true;
  for (Check& check : table.checks)
    for (const Check& other : parent.checks)
      if (other.name == check.name) check.inherited = true;
  inherit(reader, place.name, *child, false);
  become_partition(reader, place.name, *child);
}

void change_heritage(Reader& reader, const Place& place, const Subcommand& command) {
  if (command.def == nullptr || command.def->node_case != PG_QUERY__NODE__NODE_RANGE_VAR) return;
  Catalog& catalog = reader.catalog;
  const auto parent = reader.existing(*command.def->range_var);
  if (!parent || !catalog.tables.contains(*parent)) {
    reader.missing("table", view(command.def->range_var->relname));
    return;
  }
  Table& table = catalog.tables.at(place.name);
  if (command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit) {
    if (!can_inherit(reader, *parent, place.name)) return;
    table.inherits.push_back(*parent);
    catalog.add_child(*parent, place.name);
    return;
  }
  std::erase(table.inherits, *parent);
  catalog.remove_child(*parent, place.name);
  if (!table.inherits.empty()) return;
  for (Column& column : table.columns) column.inherited = false;
  for (Check& check : table.checks) check.inherited = false;
}

void change_replica_identity(Table& table, const Subcommand& command) {
  if (command.def == nullptr ||
      command.def->node_case != PG_QUERY__NODE__NODE_REPLICA_IDENTITY_STMT)
    return;
  const PgQuery__ReplicaIdentityStmt& identity = *command.def->replica_identity_stmt;
  const std::string_view type = view(identity.identity_type);
  table.replica_identity = type == "f"   ? "full"
                           : type == "n" ? "nothing"
                           : type == "i" ? std::string(view(identity.name))
                                         : std::string();
}

std::span<PgQuery__Node* const> list_of(const PgQuery__Node* node) {
  if (node == nullptr || node->node_case != PG_QUERY__NODE__NODE_LIST) return {};
  return nodes(node->list->n_items, node->list->items);
}

void change_table(Reader& reader, const Place& place, const Subcommand& command) {
  Table& table = reader.catalog.tables.at(place.name);
  const std::string_view name = view(command.name);
  switch (command.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
      return add_column_command(reader, place, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
      return change_default(reader, place, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull: {
      if (own_column(reader, place, command) == nullptr) return;
      const bool nullable = command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull;
      return change_column(reader, place.name, name,
                           [&](Column& column) { column.nullable = nullable; });
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
      return change_column(reader, place.name, name,
                           [](Column& column) { column.generated.reset(); });
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics: {
      const std::string value = constant_text(command.def);
      Column* column = find_column(table, name);
      if (column != nullptr) set_column_option(*column, "statistics", value == "-1" ? "" : value);
      return;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnGenericOptions: {
      Column* column = own_column(reader, place, command);
      if (column != nullptr)
        change_options(column->options, list_of(command.def),
                       command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions);
      return;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage:
      return change_storage(reader, place, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetCompression: {
      std::string value = constant_text(command.def);
      if (value == "default") value.clear();
      return change_column(reader, place.name, name, [&](Column& column) {
        set_column_option(column, "compression", value);
      });
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
      return drop_column_command(reader, place, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIndexConstraint:
      return add_constraint(reader, place, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterConstraint:
      return alter_constraint(reader, place, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint:
      return validate_constraint(reader, place.name, std::string(name));
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
      return drop_constraint(reader, place, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
      return change_type(reader, place, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner:
      if (command.newowner != nullptr)
        reader.catalog.owners[{"table", place.name.schema, place.name.name, {}, {}, {}}] =
            std::string(view(command.newowner->rolename));
      return;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn:
      return cluster_on(table, name);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster:
      return cluster_on(table, {});
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged:
      table.unlogged = command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged;
      for (auto& [sequence_name, sequence] : reader.catalog.sequences)
        if (sequence.owned_by_table == place.name) sequence.unlogged = table.unlogged;
      return;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod:
      if (name != "heap") set_option(table.options, "access method", std::string(name));
      return;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace:
      if (name == "pg_default") {
        std::erase_if(table.options, [](const Option& o) { return o.name == "tablespace"; });
      } else {
        set_option(table.options, "tablespace", std::string(name));
      }
      return;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_GenericOptions:
      return change_options(table.options, list_of(command.def), false);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions:
      return change_options(table.options, list_of(command.def), true);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig:
      return enable_trigger(table, name, {});
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser:
      return enable_trigger(table, {}, {});
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig:
      return enable_trigger(table, name, "always");
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig:
      return enable_trigger(table, name, "replica");
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig:
      return enable_trigger(table, name, "disabled");
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser:
      return enable_trigger(table, {}, "disabled");
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRule:
      return enable_rule(table.rules, name, {});
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysRule:
      return enable_rule(table.rules, name, "always");
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaRule:
      return enable_rule(table.rules, name, "replica");
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRule:
      return enable_rule(table.rules, name, "disabled");
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropInherit:
      return change_heritage(reader, place, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddOf:
      if (command.def != nullptr && command.def->node_case == PG_QUERY__NODE__NODE_TYPE_NAME) {
        const NameParts type = name_parts(strings_of(command.def));
        if (const CompositeType* composite =
                reader.catalog.find(reader.catalog.composites, type.schema, type.name))
          table.of_type = QualifiedName{composite->schema, composite->name};
      }
      return;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropOf:
      table.of_type.reset();
      return;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ReplicaIdentity:
      return change_replica_identity(table, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity:
      table.row_level_security = true;
      return;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRowSecurity:
      table.row_level_security = false;
      return;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ForceRowSecurity:
      table.row_level_security_forced = true;
      return;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_NoForceRowSecurity:
      table.row_level_security_forced = false;
      return;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartitionFinalize:
      return attach_partition(reader, place, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
      return change_identity(reader, place, command);
    default:
      return;
  }
}

void change_view(Reader& reader, const QualifiedName& name, const Subcommand& command) {
  View& item = reader.catalog.views.at(name);
  switch (command.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions:
      change_options(item.options, list_of(command.def),
                     command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions);
      return;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn:
      for (Index& index : item.indexes) index.clustered = index.name == view(command.name);
      return;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRule:
      return enable_rule(item.rules, view(command.name), "disabled");
    default:
      return;
  }
}

/// ALTER INDEX and what ALTER TABLE takes for an index.
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
  for (Index& index : *indexes) {
    if (index.name != name) continue;
    change(index.options);
    if (command.subtype != PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition ||
        command.def == nullptr || command.def->node_case != PG_QUERY__NODE__NODE_PARTITION_CMD)
      return;
    const auto attached = reader.existing(*command.def->partition_cmd->name);
    const Relation* relation = attached ? catalog.relation(*attached) : nullptr;
    if (relation == nullptr || relation->kind != RelationKind::index) {
      reader.missing("index", view(command.def->partition_cmd->name->relname));
      return;
    }
    const auto partition = catalog.tables.find(relation->owner);
    if (partition == catalog.tables.end()) return;
    for (Index& own : partition->second.indexes)
      if (own.name == attached->name) own.parent = QualifiedName{owner.schema, name};
    // It is valid once every partition has one.
    const std::vector<QualifiedName> children = catalog.children_of(owner);
    const QualifiedName parent{owner.schema, name};
    index.only = !std::all_of(children.begin(), children.end(), [&](const QualifiedName& child) {
      const auto& own = catalog.tables.at(child).indexes;
      return std::any_of(own.begin(), own.end(),
                         [&](const Index& each) { return each.parent == parent; });
    });
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

/// The order in which the server does the sub-commands of one statement (ATPrepCmd).
int pass_of(const Subcommand& command) {
  switch (command.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
      return 0;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
      return 1;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
      return 2;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
      return 3;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint: {
      const bool foreign =
          command.def != nullptr && command.def->node_case == PG_QUERY__NODE__NODE_CONSTRAINT &&
          command.def->constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN;
      return foreign ? 5 : 4;
    }
    default:
      return 6;
  }
}

}  // namespace

/// CLUSTER marks the index that it went by.
void cluster_table(Reader& reader, const PgQuery__ClusterStmt& statement) {
  if (statement.relation == nullptr || view(statement.indexname).empty()) return;
  if (Table* table = reader.table(*statement.relation))
    cluster_on(*table, view(statement.indexname));
}

void alter_table(Reader& reader, const PgQuery__AlterTableStmt& statement) {
  if (statement.relation == nullptr) return;
  const auto name = reader.existing(*statement.relation);
  const Relation* found = name ? reader.catalog.relation(*name) : nullptr;
  if (found == nullptr) {
    if (!statement.missing_ok) reader.missing("relation", view(statement.relation->relname));
    return;
  }
  const Relation relation = *found;
  // Each sub-command has its stretch between commas; the first one has the table's name before it.
  SourceText& source = reader.source();
  const std::vector<TokenRange> ranges = source.parts(source.all());
  std::vector<std::pair<const Subcommand*, TokenRange>> commands;
  for (std::size_t i = 0; i < statement.n_cmds; ++i) {
    if (statement.cmds[i]->node_case != PG_QUERY__NODE__NODE_ALTER_TABLE_CMD) continue;
    commands.emplace_back(statement.cmds[i]->alter_table_cmd,
                          i < ranges.size() ? ranges[i] : source.all());
  }
  std::stable_sort(commands.begin(), commands.end(), [](const auto& a, const auto& b) {
    return pass_of(*a.first) < pass_of(*b.first);
  });
  for (const auto& [command, tokens] : commands) {
    switch (relation.kind) {
      case RelationKind::table:
        if (!reader.catalog.tables.contains(*name)) return;
        change_table(reader, {*name, tokens}, *command);
        break;
      case RelationKind::view:
        change_view(reader, *name, *command);
        break;
      case RelationKind::index:
        change_index(reader, relation.owner, name->name, *command);
        break;
      case RelationKind::composite_type:
        change_composite(reader, *name, *command);
        break;
      case RelationKind::sequence:
        break;
    }
  }
}

}  // namespace relata::sql::postgres
