#pragma once

#include <string>

#include "model/schema.h"

namespace relata::sql::mysql {

/// A schema in short lines, for tables of {SQL, outline}.
inline std::string outline(const Schema& schema) {
  std::string text;
  const auto list = [](const std::vector<std::string>& names) {
    std::string joined;
    for (const std::string& name : names) joined += (joined.empty() ? "" : ",") + name;
    return joined;
  };
  const auto canonical = [](const Expression& expression) {
    return expression.canonical.empty() ? expression.text : expression.canonical;
  };
  for (const Table& table : schema.tables) {
    text += (table.schema.empty() ? "" : table.schema + ".") + table.name;
    if (!table.character_set.text.empty()) text += " " + table.character_set.text;
    if (!table.collation.text.empty()) text += " " + table.collation.text;
    for (const Option& option : table.options) {
      if (option.value != "InnoDB") text += " " + option.name + "=" + option.value;
    }
    if (!table.comment.empty()) text += " '" + table.comment + "'";
    text += "\n";
    for (const Column& column : table.columns) {
      text += "  " + column.name + " " + column.type.spelling;
      if (!column.character_set.empty()) text += " " + column.character_set;
      if (!column.collation.empty()) text += " " + column.collation;
      if (!column.nullable) text += " not null";
      if (column.default_value) text += " default " + canonical(*column.default_value);
      if (column.on_update) text += " on update " + canonical(*column.on_update);
      if (column.generated) {
        text += (column.generated->stored ? " stored " : " virtual ") +
                canonical(column.generated->expression);
      }
      if (column.identity) text += " auto";
      if (column.invisible) text += " invisible";
      for (const Option& option : column.options) text += " " + option.name;
      if (!column.comment.empty()) text += " '" + column.comment + "'";
      text += "\n";
    }
    if (table.primary_key) text += "  primary " + list(table.primary_key->columns) + "\n";
    for (const Index& index : table.indexes) {
      text += index.unique ? "  unique " : "  key ";
      text += index.name + " (";
      for (const IndexPart& part : index.parts) {
        if (&part != &index.parts.front()) text += ",";
        text += canonical(part.expression);
        if (part.prefix_length > 0) text += "(" + std::to_string(part.prefix_length) + ")";
        if (part.descending) text += " desc";
      }
      text += ")" + (index.method.empty() ? "" : " " + index.method);
      if (!index.algorithm.text.empty()) text += " " + index.algorithm.text;
      text += "\n";
    }
    for (const ForeignKey& key : table.foreign_keys) {
      text += "  foreign " + key.name + " (" + list(key.columns) + ") " + key.table + "(" +
              list(key.referenced) + ")";
      if (key.on_delete == ReferentialAction::cascade) text += " cascade";
      if (key.on_delete == ReferentialAction::set_null) text += " set null";
      if (key.on_delete == ReferentialAction::no_action) text += " no action";
      text += "\n";
    }
    for (const Check& check : table.checks) {
      text += "  check " + (check.column.empty() ? check.name : "of " + check.column) + " " +
              canonical(check.expression) + "\n";
    }
    for (const Trigger& trigger : table.triggers) {
      text += "  " + std::get<TriggerBody>(trigger.purpose).canonical + "\n";
    }
    if (table.partitioning) text += "  " + table.partitioning->text.canonical + "\n";
  }
  for (const View& view : schema.views) {
    text += "view " + view.name + " (" + list(view.columns) + ") " + view.canonical + "\n";
  }
  for (const Routine& routine : schema.routines) text += routine.sql.canonical + "\n";
  for (const Sequence& sequence : schema.sequences) text += "sequence " + sequence.name + "\n";
  return text;
}

}  // namespace relata::sql::mysql
