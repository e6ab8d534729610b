#include <algorithm>

#include "base/text.h"
#include "read/sql/mysql/script.h"

namespace relata::sql::mysql {

namespace {

CreationSession session_of(const Script& script, const ProgramOptions& options) {
  CreationSession session = script.session.creation;
  session.definer.text = options.definer;
  return session;
}

/// The rest of the statement as it was written.
std::string rest_of(Cursor& cursor) {
  const std::string sent = syntax::mysql::without_line_backslashes(cursor.rest(), cursor.mode());
  std::string text(trim(sent));
  while (!cursor.at_end()) cursor.take();
  while (text.ends_with(';')) text = trim(std::string_view(text).substr(0, text.size() - 1));
  return text;
}

/// SELECT up to WITH CHECK OPTION, which it takes away.
std::string query_of(Cursor& cursor, std::string& check_option) {
  const std::size_t first = cursor.position();
  std::size_t behind = first;
  while (!cursor.at_end()) {
    const bool with = cursor.at_word("with");
    const std::size_t kind = cursor.at_word("cascaded", 1) || cursor.at_word("local", 1) ? 1 : 0;
    if (with && cursor.at_word("check", 1 + kind) && cursor.at_word("option", 2 + kind)) {
      check_option = kind == 1 && cursor.at_word("local", 1) ? "local" : "cascaded";
      while (!cursor.at_end()) cursor.take();
      break;
    }
    cursor.take();
    behind = cursor.position();
  }
  std::string text(cursor.text_between(first, behind));
  while (text.ends_with(';')) text = trim(std::string_view(text).substr(0, text.size() - 1));
  return text;
}

View read_view(Script& script, Cursor& cursor, const QualifiedName& name,
               const ProgramOptions& options) {
  View view;
  view.schema = name.schema;
  view.name = name.name;
  view.dialect = "mysql";
  if (cursor.at_symbol("(")) {
    view.columns = cursor.names_in_parentheses();
    view.names_columns = true;
  }
  cursor.expect("as");
  if (cursor.at_end()) cursor.fail_here();
  view.sql = query_of(cursor, view.check_option);
  const std::string algorithm = to_upper(options.algorithm);
  if (!algorithm.empty() && algorithm != "UNDEFINED") {
    view.options.push_back({"ALGORITHM", algorithm});
  }
  if (to_lower(options.security) == "invoker") {
    view.options.push_back({"SQL SECURITY", "INVOKER"});
  }
  view.session = session_of(script, options);
  view.session.sql_mode = {};
  view.origin.source = script.file;
  return view;
}

TableState* table_of_trigger(Script& script, const QualifiedName& trigger) {
  const auto found = script.database.trigger_tables.find(trigger);
  return found == script.database.trigger_tables.end() ? nullptr
                                                       : script.database.find_table(found->second);
}

void erase_trigger(Script& script, const QualifiedName& name) {
  if (TableState* table = table_of_trigger(script, name)) {
    std::erase_if(table->triggers,
                  [&](const TriggerState& trigger) { return trigger.name == name.name; });
  }
  script.database.trigger_tables.erase(name);
}

/// FOLLOWS or PRECEDES another trigger: the place for the new one.
std::vector<TriggerState>::iterator trigger_place(Cursor& cursor, TableState& table) {
  const bool precedes = cursor.at_word("precedes");
  if (!precedes && !cursor.at_word("follows")) return table.triggers.end();
  if (!cursor.at_name(1)) return table.triggers.end();
  cursor.take();
  const std::string other = cursor.qualified_name().name;
  auto place = std::ranges::find_if(
      table.triggers, [&](const TriggerState& trigger) { return same_name(trigger.name, other); });
  if (place != table.triggers.end() && !precedes) ++place;
  return place;
}

}  // namespace

void create_view(Script& script, Cursor& cursor, const ProgramOptions& options) {
  const bool if_not_exists = cursor.accept({"if", "not", "exists"});
  const std::size_t begin = cursor.position();
  const QualifiedName name = script.resolve(cursor.qualified_name());
  const Span span = cursor.span_from(begin);
  View view = read_view(script, cursor, name, options);
  if (cursor.failed()) return;
  view.origin.span = span;
  const bool exists = script.database.views.contains(name);
  if (script.database.tables.contains(name) || (exists && !options.or_replace)) {
    if (!if_not_exists) {
      script.warn("mysql-duplicate-table", "there is a table or view '" + name.name + "' already",
                  span);
    }
    return;
  }
  script.database.views.insert_or_assign(name, std::move(view));
}

void alter_view(Script& script, Cursor& cursor, const ProgramOptions& options) {
  const std::size_t begin = cursor.position();
  const QualifiedName name = script.resolve(cursor.qualified_name());
  const Span span = cursor.span_from(begin);
  View view = read_view(script, cursor, name, options);
  if (cursor.failed()) return;
  if (!script.database.views.contains(name)) {
    script.warn("mysql-unknown-view", "there is no view '" + name.name + "' to alter", span);
    return;
  }
  script.database.views.insert_or_assign(name, std::move(view));
}

void drop_views(Script& script, Cursor& cursor) {
  const bool if_exists = cursor.accept({"if", "exists"});
  do {
    const std::size_t begin = cursor.position();
    const QualifiedName name = script.resolve(cursor.qualified_name());
    if (cursor.failed()) return;
    if (script.database.views.erase(name) == 0 && !if_exists) {
      script.warn("mysql-unknown-view", "there is no view '" + name.name + "' to drop",
                  cursor.span_from(begin));
    }
  } while (cursor.accept_symbol(","));
  cursor.accept_any({"restrict", "cascade"});
}

void create_trigger(Script& script, Cursor& cursor, const ProgramOptions& options) {
  const bool if_not_exists = cursor.accept({"if", "not", "exists"});
  const std::size_t begin = cursor.position();
  const QualifiedName name = script.resolve(cursor.qualified_name());
  const Span span = cursor.span_from(begin);
  TriggerState trigger;
  trigger.name = name.name;
  trigger.timing = to_upper(cursor.name());
  trigger.event = to_upper(cursor.name());
  if (trigger.timing != "BEFORE" && trigger.timing != "AFTER") cursor.fail_here();
  cursor.expect("on");
  QualifiedName table_name = cursor.qualified_name();
  if (table_name.schema.empty()) table_name.schema = name.schema;
  if (!cursor.accept({"for", "each", "row"})) cursor.fail_here();
  if (cursor.failed()) return;
  TableState* table = script.database.find_table(table_name);
  if (table == nullptr) {
    script.warn("mysql-unknown-table",
                "there is no table '" + table_name.name + "' for the trigger", span,
                "The trigger is left out.");
    return;
  }
  if (script.database.trigger_tables.contains(name)) {
    if (!options.or_replace) {
      if (!if_not_exists) {
        script.warn("mysql-duplicate-trigger", "there is a trigger '" + name.name + "' already",
                    span);
      }
      return;
    }
    erase_trigger(script, name);
  }
  const auto place = trigger_place(cursor, *table);
  trigger.body = rest_of(cursor);
  trigger.session = session_of(script, options);
  trigger.origin.source = script.file;
  trigger.origin.span = span;
  table->triggers.insert(place, std::move(trigger));
  script.database.trigger_tables.emplace(name, table_name);
}

void drop_trigger(Script& script, Cursor& cursor) {
  const bool if_exists = cursor.accept({"if", "exists"});
  const std::size_t begin = cursor.position();
  const QualifiedName name = script.resolve(cursor.qualified_name());
  if (cursor.failed()) return;
  if (!script.database.trigger_tables.contains(name) && !if_exists) {
    script.warn("mysql-unknown-trigger", "there is no trigger '" + name.name + "' to drop",
                cursor.span_from(begin));
  }
  erase_trigger(script, name);
}

void create_routine(Script& script, Cursor& cursor, const std::string& kind,
                    const ProgramOptions& options) {
  const bool if_not_exists = cursor.accept({"if", "not", "exists"});
  const std::size_t begin = cursor.position();
  const QualifiedName name = script.resolve(cursor.qualified_name());
  const Span span = cursor.span_from(begin);
  if (cursor.at_end()) cursor.fail_here();
  if (cursor.failed()) return;
  Routine routine;
  routine.kind = kind;
  routine.schema = name.schema;
  routine.name = name.name;
  routine.sql.dialect = "mysql";
  routine.sql.text = std::string(options.aggregate ? "CREATE AGGREGATE " : "CREATE ") +
                     to_upper(kind) + " " + syntax::mysql::quoted_identifier(name.name) +
                     (cursor.at_symbol("(") ? "" : " ") + rest_of(cursor);
  routine.session = session_of(script, options);
  routine.origin.source = script.file;
  routine.origin.span = span;
  const std::pair key{kind, name};
  if (script.database.routines.contains(key) && !options.or_replace) {
    if (!if_not_exists) {
      script.warn("mysql-duplicate-routine", "there is a " + kind + " '" + name.name + "' already",
                  span);
    }
    return;
  }
  script.database.routines.insert_or_assign(key, std::move(routine));
}

void drop_routine(Script& script, Cursor& cursor, const std::string& kind) {
  const bool if_exists = cursor.accept({"if", "exists"});
  const std::size_t begin = cursor.position();
  const QualifiedName name = script.resolve(cursor.qualified_name());
  if (cursor.failed()) return;
  if (script.database.routines.erase({kind, name}) == 0 && !if_exists) {
    script.warn("mysql-unknown-routine", "there is no " + kind + " '" + name.name + "' to drop",
                cursor.span_from(begin));
  }
}

}  // namespace relata::sql::mysql
