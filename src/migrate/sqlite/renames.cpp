#include "migrate/sqlite/renames.h"

#include <map>

#include "dialect/dialect.h"
#include "migrate/sqlite/texts.h"
#include "read/sql/sql.h"

namespace relata::migrate::sqlite {
namespace {

const std::string& text_of(const Trigger& trigger) {
  static const std::string none;
  const auto* body = std::get_if<TriggerBody>(&trigger.purpose);
  return body != nullptr ? body->sql : none;
}

void add(std::string& script, const std::string& statement) {
  if (!statement.empty()) script += statement + "\n;\n";
}

/// Statements that make the schema, as its catalog keeps them.
std::string script_of(const Schema& schema) {
  std::string script;
  for (const Table& table : schema.tables) {
    add(script, table.statement.text);
    for (const Index& index : table.indexes) add(script, index.statement.text);
  }
  for (const OtherObject& other : schema.others) add(script, other.sql.text);
  for (const View& view : schema.views) add(script, view.statement.text);
  for (const Table& table : schema.tables) {
    for (const Trigger& trigger : table.triggers) add(script, text_of(trigger));
  }
  for (const View& view : schema.views) {
    for (const Trigger& trigger : view.triggers) add(script, text_of(trigger));
  }
  return script;
}

/// Views and triggers by their kind and name.
using Texts = std::map<std::pair<std::string, std::string>, std::string>;

Texts texts_of(const Schema& schema) {
  Texts texts;
  for (const View& view : schema.views) texts[{"VIEW", view.name}] = view.statement.text;
  for (const Table& table : schema.tables) {
    for (const Trigger& trigger : table.triggers) {
      texts[{"TRIGGER", trigger.name}] = text_of(trigger);
    }
  }
  for (const View& view : schema.views) {
    for (const Trigger& trigger : view.triggers) {
      texts[{"TRIGGER", trigger.name}] = text_of(trigger);
    }
  }
  return texts;
}

/// `table`: what the table is called by then.
Step step_of(const Rename& rename, const std::string& table) {
  Step step;
  const bool of_table = rename.column.empty();
  const std::string now = of_table ? rename.name : table;
  // A new name in quotes is written in quotes wherever it comes to stand, and looks like a string.
  const auto alter = [&](const std::string& owner, const std::string& from, const std::string& to) {
    return "ALTER TABLE " + quoted(owner) + " RENAME " +
           (of_table ? std::string() : "COLUMN " + quoted(from) + " ") + "TO " +
           find_dialect("sqlite")->identifier(to);
  };
  step.title = of_table
                   ? "rename the table " + table + " to " + rename.name
                   : "rename the column " + rename.column + " of " + table + " to " + rename.name;
  step.forward.statements = {alter(table, rename.column, rename.name)};
  step.back.statements = {alter(now, rename.name, of_table ? table : rename.column)};
  return step;
}

/// SQLite writes a new name in quotes wherever the old one stood. Going back, views and triggers
/// that are not worded as they were are made again; a view takes its triggers with it.
std::vector<std::string> restored(const Schema& from, const Schema& renamed) {
  const Texts before = texts_of(from);
  const Texts after = texts_of(renamed);
  std::vector<std::string> statements;
  std::vector<std::string> made;
  const auto differs = [&](const std::string& kind, const std::string& name) {
    const auto found = after.find({kind, name});
    return found != after.end() && found->second != before.at({kind, name});
  };
  const auto again = [&](const std::string& kind, const std::string& name) {
    statements.push_back("DROP " + kind + " " + quoted(name));
    made.push_back(before.at({kind, name}));
  };
  for (const View& view : from.views) {
    bool touched = differs("VIEW", view.name);
    for (const Trigger& trigger : view.triggers) {
      touched = touched || differs("TRIGGER", trigger.name);
    }
    if (!touched) continue;
    again("VIEW", view.name);
    for (const Trigger& trigger : view.triggers) made.push_back(text_of(trigger));
  }
  for (const Table& table : from.tables) {
    for (const Trigger& trigger : table.triggers) {
      if (differs("TRIGGER", trigger.name)) again("TRIGGER", trigger.name);
    }
  }
  for (std::string& statement : made) statements.push_back(std::move(statement));
  return statements;
}

}  // namespace

std::optional<Renamed> apply_renames(const Schema& from, const std::vector<Rename>& renames,
                                     DiagnosticSink& sink) {
  Renamed result;
  std::string script = script_of(from);
  std::map<std::string, std::string> tables;  // What those are called that were renamed.
  for (const Rename& rename : renames) {
    const auto found = tables.find(rename.table.name);
    const std::string table = found == tables.end() ? rename.table.name : found->second;
    result.steps.push_back(step_of(rename, table));
    if (rename.column.empty()) tables[rename.table.name] = rename.name;
    add(script, result.steps.back().forward.statements.front());
  }
  DiagnosticSink refusals;
  result.schema = sql::read_sql({SourceFile{"", script}}, "sqlite", refusals);
  for (const Diagnostic& refusal : refusals.all()) {
    if (refusal.code != "sqlite-statement-refused") continue;
    sink.error("rename-refused", "the renames cannot be done: " + refusal.message, {}, {},
               "views and triggers must work before anything that they name is renamed");
    return std::nullopt;
  }
  // The first step is the last to be undone.
  Action& back = result.steps.front().back;
  for (std::string& statement : restored(from, result.schema)) {
    back.statements.push_back(std::move(statement));
  }
  return result;
}

}  // namespace relata::migrate::sqlite
