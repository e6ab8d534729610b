// ALTER TABLE and its kin: what concerns the table as a whole. Columns, constraints and indexes
// have files of their own.
#include "read/sql/postgres/alter_table.h"

#include <algorithm>

#include "model/questions.h"
#include "read/sql/postgres/indexes.h"
#include "read/sql/postgres/statements.h"
#include "read/sql/postgres/tables.h"

namespace relata::sql::postgres {
namespace {

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
  reader.warning(
      "postgres-circular-inheritance",
      "'" + plain_name(child) + "' cannot inherit from '" + plain_name(parent) + "' here");
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
    for_each_index(table, [](auto& index) { index.parent.reset(); });
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

void change_table(Reader& reader, const Place& place, const Subcommand& command) {
  Table& table = reader.catalog.tables.at(place.name);
  const std::string_view name = view(command.name);
  switch (command.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIndexConstraint:
      return add_constraint_command(reader, place, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterConstraint:
      return alter_constraint_command(reader, place, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint:
      return validate_constraint(reader, place.name, std::string(name));
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
      return drop_constraint_command(reader, place, command);
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
    default:
      return change_column(reader, place, command);
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

std::span<PgQuery__Node* const> list_of(const PgQuery__Node* node) {
  if (node == nullptr || node->node_case != PG_QUERY__NODE__NODE_LIST) return {};
  return nodes(node->list->n_items, node->list->items);
}

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
        change_table(reader, {*name, tokens, statement.relation->inh == 0}, *command);
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
