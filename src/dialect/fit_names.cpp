#include <map>

#include "base/text.h"
#include "dialect/lower.h"

namespace relata {
namespace {

using Renames = std::map<std::string, std::string>;

std::string renamed(const Renames& names, const std::string& name) {
  const auto found = names.find(name);
  return found == names.end() ? name : found->second;
}

void rename_all(const Renames& names, std::vector<std::string>& list) {
  for (std::string& name : list) name = renamed(names, name);
}

/// New names of the tables, and of the columns of each table under its old name.
struct NewNames {
  Renames tables;
  std::map<std::string, Renames> columns;

  [[nodiscard]] const Renames& of(const std::string& table) const {
    static const Renames none;
    const auto found = columns.find(table);
    return found == columns.end() ? none : found->second;
  }
};

NewNames choose_names(const Schema& schema, const SqlDialect& dialect, NameScope& relations) {
  NewNames names;
  for (const Table& table : schema.tables) {
    names.tables[table.name] = relations.claim(table.name);
    NameScope columns = dialect.name_scope();
    for (const Column& column : table.columns) {
      names.columns[table.name][column.name] = columns.claim(column.name);
    }
  }
  return names;
}

void rename_in(Expression& expression, const std::string& table, const NewNames& names) {
  if (expression.operation == Operation::column) {
    expression.text = renamed(names.of(table), expression.text);
    return;
  }
  if (expression.operation == Operation::in_select) {
    rename_in(expression.arguments.at(0), table, names);
    rename_in(expression.arguments.at(1), expression.text, names);
    rename_in(expression.arguments.at(2), expression.text, names);
    expression.text = renamed(names.tables, expression.text);
    return;
  }
  for (Expression& argument : expression.arguments) rename_in(argument, table, names);
}

/// Follows the new names through what a trigger does.
struct RenamePurpose {
  const Table& table;
  const NewNames& names;

  void own(std::string& column) const { column = renamed(names.of(table.name), column); }
  void operator()(TouchUpdatedAt& touch) const { own(touch.column); }
  void operator()(BumpVersion& bump) const { own(bump.column); }
  void operator()(WriteAudit& audit) const {
    own(audit.key_column);
    own(audit.tenant_column);
    const Renames& log = names.of(audit.log_table);
    audit.log_tenant_column = renamed(log, audit.log_tenant_column);
    audit.log_actor_column = renamed(log, audit.log_actor_column);
    rename_all(names.of(table.name), audit.columns);
    audit.log_table = renamed(names.tables, audit.log_table);
  }
  void operator()(WriteHistory& history) const {
    own(history.key_column);
    const Renames& target = names.of(history.history_table);
    history.history_key_column = renamed(target, history.history_key_column);
    history.from = renamed(target, history.from);
    history.to = renamed(target, history.to);
    rename_all(names.of(table.name), history.columns);
    rename_all(names.of(table.name), history.carried);
    history.history_table = renamed(names.tables, history.history_table);
  }
  void operator()(AppendOnly&) const {}
  void operator()(TriggerBody&) const {}
};

/// References to tables and columns follow the new names.
void rename_references(Table& table, const NewNames& names) {
  const Renames& own = names.of(table.name);
  for_each_expression(table, [&](Expression& expression, ExpressionPlace) {
    rename_in(expression, table.name, names);
  });
  if (table.primary_key) rename_all(own, table.primary_key->columns);
  for (Unique& unique : table.uniques) rename_all(own, unique.columns);
  for (ForeignKey& key : table.foreign_keys) {
    rename_all(own, key.columns);
    rename_all(own, key.set_null_columns);
    rename_all(names.of(key.table), key.referenced);
    key.table = renamed(names.tables, key.table);
  }
  for (NoOverlap& period : table.no_overlaps) {
    rename_all(own, period.equal);
    period.from = renamed(own, period.from);
    period.to = renamed(own, period.to);
  }
  for (Index& index : table.indexes) rename_all(own, index.include);
  for (Trigger& trigger : table.triggers) std::visit(RenamePurpose{table, names}, trigger.purpose);
  for (std::string* column : {&table.intent.tenant_column, &table.intent.soft_delete_column,
                              &table.intent.version_column, &table.intent.updated_at_column}) {
    *column = renamed(own, *column);
  }
  for (Column& column : table.columns) column.name = renamed(own, column.name);
}

std::string derived(const std::string& name, const std::string& table,
                    const std::vector<std::string>& columns, std::string_view suffix) {
  if (!name.empty()) return name;
  std::string made = table;
  for (const std::string& column : columns) made += "_" + column;
  return made + "_" + std::string(suffix);
}

/// Names of keys and indexes, which an engine may hold in one namespace with the tables.
void name_relations(Table& table, NameScope& scope) {
  if (table.primary_key) {
    table.primary_key->name = scope.claim(derived(table.primary_key->name, table.name, {}, "pkey"));
  }
  for (Unique& unique : table.uniques) {
    unique.name = scope.claim(derived(unique.name, table.name, unique.columns, "key"));
  }
  for (NoOverlap& period : table.no_overlaps) {
    period.name = scope.claim(derived(period.name, table.name, period.equal, "excl"));
  }
  for (Index& index : table.indexes) {
    std::vector<std::string> columns;
    for (const IndexPart& part : index.parts) {
      if (part.expression.operation == Operation::column) columns.push_back(part.expression.text);
    }
    index.name = scope.claim(derived(index.name, table.name, columns, "idx"));
  }
}

void name_constraints(Table& table, NameScope& scope) {
  for (ForeignKey& key : table.foreign_keys) {
    key.name = scope.claim(derived(key.name, table.name, key.columns, "fkey"));
  }
  for (Check& check : table.checks) {
    check.name = scope.claim(derived(check.name, table.name, {}, "check"));
  }
}

void name_triggers(Table& table, NameScope& scope) {
  for (Trigger& trigger : table.triggers) {
    trigger.name = scope.claim(derived(trigger.name, table.name, {}, "trigger"));
  }
}

}  // namespace

void fit_names(Schema& schema, const SqlDialect& dialect) {
  NameScope relations = dialect.name_scope();
  const NewNames names = choose_names(schema, dialect, relations);
  for (Table& table : schema.tables) rename_references(table, names);
  for (Table& table : schema.tables) {
    table.intent.history_of = renamed(names.tables, table.intent.history_of);
    table.name = renamed(names.tables, table.name);
  }
  for (View& view : schema.views) view.name = relations.claim(view.name);

  NameScope constraints = dialect.name_scope();
  NameScope triggers = dialect.name_scope();
  for (Table& table : schema.tables) {
    NameScope own_relations = dialect.name_scope();
    NameScope own_constraints = dialect.name_scope();
    NameScope own_triggers = dialect.name_scope();
    name_relations(table, dialect.shares_index_names() ? relations : own_relations);
    name_constraints(table, dialect.shares_constraint_names() ? constraints : own_constraints);
    name_triggers(table, dialect.shares_trigger_names() ? triggers : own_triggers);
    NameScope policies = dialect.name_scope();
    for (Policy& policy : table.policies) {
      policy.name = policies.claim(derived(policy.name, table.name, {}, "policy"));
    }
  }
}

}  // namespace relata
