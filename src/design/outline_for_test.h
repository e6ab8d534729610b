#pragma once

#include <string>

#include "model/schema.h"

namespace relata::design {

/// A schema in a few words a line, so that a test can be read beside what it expects.
[[nodiscard]] inline std::string outline(const Expression& e) {
  std::string arguments;
  for (const Expression& argument : e.arguments)
    arguments += (arguments.empty() ? "" : ",") + outline(argument);
  const auto infix = [&](const std::string& sign) {
    return outline(e.arguments[0]) + sign + outline(e.arguments[1]);
  };
  switch (e.operation) {
    case Operation::column:
    case Operation::number:
    case Operation::boolean:
      return e.text;
    case Operation::string:
      return "'" + e.text + "'";
    case Operation::now:
      return "now";
    case Operation::today:
      return "today";
    case Operation::new_uuid7:
      return "uuid7";
    case Operation::new_cuid2:
      return "cuid2";
    case Operation::current_tenant:
      return "tenant";
    case Operation::current_actor:
      return "actor";
    case Operation::include_deleted:
      return "include_deleted";
    case Operation::equal:
      return infix("=");
    case Operation::less_or_equal:
      return infix("<=");
    case Operation::greater_or_equal:
      return infix(">=");
    case Operation::greater:
      return infix(">");
    case Operation::is_null:
      return arguments + " is null";
    case Operation::in:
      return "in(" + arguments + ")";
    case Operation::all_of:
      return "all(" + arguments + ")";
    case Operation::any_of:
      return "any(" + arguments + ")";
    case Operation::count_set:
      return "count(" + arguments + ")";
    case Operation::matches_like:
      return arguments + " like '" + e.text + "'";
    case Operation::in_select:
      return "select(" + e.text + ":" + arguments + ")";
    default:
      return "?";
  }
}

[[nodiscard]] inline std::string outline(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
  return text;
}

[[nodiscard]] inline std::string outline(const Type& type) {
  static const char* const names[] = {
      "text",     "varchar", "char", "smallint", "int",  "bigint",    "decimal",
      "real",     "double",  "bool", "date",     "time", "timestamp", "timestamptz",
      "interval", "uuid",    "json", "binary",   "inet", "enum",      "native"};
  std::string text = names[static_cast<int>(type.kind)];
  if (type.length > 0) text += "(" + std::to_string(type.length) + ")";
  if (type.precision > 0)
    text += "(" + std::to_string(type.precision) + "," + std::to_string(type.scale) + ")";
  if (!type.name.empty()) text += ":" + type.name;
  return text;
}

[[nodiscard]] inline std::string outline(const Column& column) {
  std::string text = column.name + " " + outline(column.type);
  if (!column.nullable) text += "!";
  if (column.identity) text += " identity";
  if (column.default_value) text += " =" + outline(*column.default_value);
  return text;
}

[[nodiscard]] inline std::string outline(ReferentialAction action) {
  switch (action) {
    case ReferentialAction::no_action:
      return "";
    case ReferentialAction::restrict:
      return " restrict";
    case ReferentialAction::cascade:
      return " cascade";
    case ReferentialAction::set_null:
      return " set null";
    case ReferentialAction::set_default:
      return " set default";
  }
  return "";
}

[[nodiscard]] inline std::string outline(const ForeignKey& key) {
  std::string text = "(" + outline(key.columns) + ") -> " + key.table + "(" +
                     outline(key.referenced) + ")" + outline(key.on_delete);
  if (!key.set_null_columns.empty()) text += "(" + outline(key.set_null_columns) + ")";
  return text;
}

[[nodiscard]] inline std::string outline(const Index& index) {
  std::string parts;
  for (const IndexPart& part : index.parts)
    parts +=
        (parts.empty() ? "" : " ") + outline(part.expression) + (part.descending ? " desc" : "");
  std::string text = index.name + "(" + parts + ")";
  if (index.unique) text = "unique " + text;
  if (index.where) text += " where " + outline(*index.where);
  return text;
}

[[nodiscard]] inline std::string outline(const Trigger& trigger) {
  std::string text = trigger.name;
  if (const auto* audit = std::get_if<WriteAudit>(&trigger.purpose)) {
    text += " " + audit->entity_type + " key=" + audit->key_column +
            " tenant=" + audit->tenant_column + " (" + outline(audit->columns) + ")";
  }
  if (const auto* history = std::get_if<WriteHistory>(&trigger.purpose)) {
    text += " " + history->history_table + "." + history->history_key_column + " (" +
            outline(history->columns) + ")";
  }
  return text;
}

[[nodiscard]] inline std::string outline(const Policy& policy) {
  static const char* const commands[] = {"all", "select", "insert", "update", "delete"};
  std::string text = policy.name + " " + commands[static_cast<int>(policy.command)];
  if (!policy.permissive) text += " restrictive";
  if (policy.using_rows) text += " using " + outline(*policy.using_rows);
  if (policy.with_check) text += " check " + outline(*policy.with_check);
  return text;
}

[[nodiscard]] inline std::string outline(const Table& table) {
  std::string text = table.name + "\n";
  for (const Column& column : table.columns) text += "  " + outline(column) + "\n";
  if (table.primary_key) text += "  pk(" + outline(table.primary_key->columns) + ")\n";
  for (const Unique& unique : table.uniques)
    text += "  unique " + unique.name + "(" + outline(unique.columns) + ")\n";
  for (const ForeignKey& key : table.foreign_keys) text += "  fk " + outline(key) + "\n";
  for (const Check& check : table.checks)
    text += "  check " + check.name + " " + outline(check.expression) + "\n";
  for (const NoOverlap& n : table.no_overlaps)
    text += "  no overlap (" + outline(n.equal) + ") " + n.from + ".." + n.to + "\n";
  for (const Index& index : table.indexes) text += "  index " + outline(index) + "\n";
  for (const Trigger& trigger : table.triggers) text += "  trigger " + outline(trigger) + "\n";
  for (const Policy& policy : table.policies) text += "  policy " + outline(policy) + "\n";
  return text;
}

}  // namespace relata::design
