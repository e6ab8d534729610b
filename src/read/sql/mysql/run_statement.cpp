#include <algorithm>
#include <array>

#include "base/text.h"
#include "read/sql/mysql/script.h"

namespace relata::sql::mysql {

namespace {

/// `user`@`host`, in backticks whatever quotes it had; CURRENT_USER is nobody in particular.
std::string read_account(Cursor& cursor) {
  using syntax::mysql::TokenKind;
  if (cursor.accept("current_user")) {
    if (cursor.at_symbol("(")) cursor.skip_parentheses();
    return {};
  }
  const std::string user = cursor.value();
  std::string host = "%";
  const auto& token = cursor.peek();
  if (token.kind == TokenKind::variable) {
    // "@localhost", "@'%'", "@`localhost`"
    const std::string_view text = cursor.take().text.substr(1);
    const bool quoted = text.size() > 1 && (text[0] == '\'' || text[0] == '"' || text[0] == '`');
    host = quoted ? text.substr(1, text.size() - 2) : text;
  } else if (cursor.accept_symbol("@")) {
    host = cursor.value();
  }
  return syntax::mysql::quoted_identifier(user) + "@" + syntax::mysql::quoted_identifier(host);
}

ProgramOptions read_program_options(Cursor& cursor) {
  ProgramOptions options;
  for (;;) {
    if (cursor.accept({"or", "replace"})) {
      options.or_replace = true;
    } else if (cursor.accept("algorithm")) {
      cursor.accept_symbol("=");
      options.algorithm = cursor.name();
    } else if (cursor.accept("definer")) {
      cursor.accept_symbol("=");
      options.definer = read_account(cursor);
    } else if (cursor.accept({"sql", "security"})) {
      options.security = cursor.name();
    } else if (cursor.accept("aggregate")) {
      options.aggregate = true;
    } else if (!cursor.accept_any({"online", "offline", "ignore"})) {
      return options;
    }
  }
}

void run_create(Script& script, Cursor& cursor) {
  const ProgramOptions options = read_program_options(cursor);
  if (cursor.accept("temporary")) {
    if (!cursor.accept("sequence")) cursor.expect("table");
    create_table(script, cursor, options.or_replace, true);
  } else if (cursor.accept("table")) {
    create_table(script, cursor, options.or_replace, false);
  } else if (cursor.accept("unique")) {
    cursor.expect("index");
    create_index(script, cursor, KeyKind::unique);
  } else if (cursor.accept("fulltext")) {
    cursor.expect("index");
    create_index(script, cursor, KeyKind::fulltext);
  } else if (cursor.accept("spatial")) {
    cursor.expect("index");
    create_index(script, cursor, KeyKind::spatial);
  } else if (cursor.accept("index")) {
    create_index(script, cursor, KeyKind::plain);
  } else if (cursor.accept("view")) {
    create_view(script, cursor, options);
  } else if (cursor.accept("trigger")) {
    create_trigger(script, cursor, options);
  } else if (cursor.accept("procedure")) {
    create_routine(script, cursor, "procedure", options);
  } else if (cursor.accept("function")) {
    create_routine(script, cursor, "function", options);
  } else if (cursor.accept("event")) {
    create_routine(script, cursor, "event", options);
  } else if (cursor.accept("sequence")) {
    create_sequence(script, cursor, options.or_replace);
  } else if (cursor.accept("database") || cursor.accept("schema")) {
    create_database(script, cursor);
  } else if (cursor.at_word("user") || cursor.at_word("role") || cursor.at_word("server") ||
             cursor.at_word("tablespace") || cursor.at_word("logfile") || cursor.at_word("undo") ||
             cursor.at_word("resource")) {
    // Of the server, not of this database.
  } else {
    cursor.fail_here();
  }
}

void run_alter(Script& script, Cursor& cursor) {
  const ProgramOptions options = read_program_options(cursor);
  if (cursor.accept("table")) {
    alter_table(script, cursor);
  } else if (cursor.accept("view")) {
    alter_view(script, cursor, options);
  } else if (cursor.accept("sequence")) {
    alter_sequence(script, cursor);
  } else if (cursor.accept("database") || cursor.accept("schema")) {
    alter_database(script, cursor);
  } else if (cursor.at_word("event") || cursor.at_word("procedure") || cursor.at_word("function")) {
    script.warn("mysql-alter-program", "ALTER " + to_upper(cursor.peek().text) + " is not followed",
                cursor.peek().span, "Write the whole statement that creates it, after a DROP.");
  } else if (!cursor.at_word("user") && !cursor.at_word("server") && !cursor.at_word("instance") &&
             !cursor.at_word("tablespace") && !cursor.at_word("logfile")) {
    cursor.fail_here();
  }
}

void run_drop(Script& script, Cursor& cursor) {
  cursor.accept("online");
  const bool temporary = cursor.accept("temporary");
  if (cursor.accept_any({"table", "tables"})) {
    if (!temporary) drop_tables(script, cursor);
  } else if (cursor.accept("view")) {
    drop_views(script, cursor);
  } else if (cursor.accept("index")) {
    drop_index(script, cursor);
  } else if (cursor.accept("trigger")) {
    drop_trigger(script, cursor);
  } else if (cursor.accept("procedure")) {
    drop_routine(script, cursor, "procedure");
  } else if (cursor.accept("function")) {
    drop_routine(script, cursor, "function");
  } else if (cursor.accept("event")) {
    drop_routine(script, cursor, "event");
  } else if (cursor.accept("sequence")) {
    drop_sequences(script, cursor);
  } else if (cursor.accept("database") || cursor.accept("schema")) {
    drop_database(script, cursor);
  } else if (!cursor.at_word("user") && !cursor.at_word("role") && !cursor.at_word("server") &&
             !cursor.at_word("prepare") && !cursor.at_word("tablespace")) {
    cursor.fail_here();
  }
}

void run_rename(Script& script, Cursor& cursor) {
  if (cursor.accept_any({"table", "tables"})) {
    rename_tables(script, cursor);
  } else if (!cursor.at_word("user")) {
    cursor.fail_here();
  }
}

void run_use(Script& script, Cursor& cursor) { script.session.database = cursor.name(); }

void note_rows(Script& script, Cursor& cursor) {
  if (script.rows_noted) return;
  script.rows_noted = true;
  script.sink.note("mysql-rows-set-aside", "statements on rows are set aside", script.file,
                   cursor.peek().span);
}

void note_grants(Script& script, Cursor& cursor) {
  if (script.grants_noted) return;
  script.grants_noted = true;
  script.sink.note("mysql-grants-set-aside", "privileges and accounts are set aside", script.file,
                   cursor.peek().span, "They belong to the server rather than to the schema.");
}

void warn_of_prepared(Script& script, Cursor& cursor) {
  script.warn("mysql-prepared-not-followed",
              "a prepared statement's changes to the schema are not followed", cursor.peek().span,
              "Read the database that the script leaves behind instead.");
}

void ignore(Script&, Cursor&) {}

struct StatementRow {
  std::string_view word;
  void (*run)(Script& script, Cursor& cursor);
};

/// Every statement by its first word. What only touches rows, the session or the server's own
/// state is read over.
constexpr std::array statements{
    StatementRow{"create", run_create},   StatementRow{"alter", run_alter},
    StatementRow{"drop", run_drop},       StatementRow{"rename", run_rename},
    StatementRow{"use", run_use},         StatementRow{"set", set_variables},
    StatementRow{"call", call_procedure}, StatementRow{"execute", warn_of_prepared},
    StatementRow{"prepare", ignore},      StatementRow{"deallocate", ignore},
    StatementRow{"insert", note_rows},    StatementRow{"replace", note_rows},
    StatementRow{"update", note_rows},    StatementRow{"delete", note_rows},
    StatementRow{"load", note_rows},      StatementRow{"truncate", note_rows},
    StatementRow{"select", ignore},       StatementRow{"with", ignore},
    StatementRow{"values", ignore},       StatementRow{"table", ignore},
    StatementRow{"do", ignore},           StatementRow{"handler", ignore},
    StatementRow{"grant", note_grants},   StatementRow{"revoke", note_grants},
    StatementRow{"lock", ignore},         StatementRow{"unlock", ignore},
    StatementRow{"begin", ignore},        StatementRow{"start", ignore},
    StatementRow{"commit", ignore},       StatementRow{"rollback", ignore},
    StatementRow{"savepoint", ignore},    StatementRow{"release", ignore},
    StatementRow{"xa", ignore},           StatementRow{"flush", ignore},
    StatementRow{"analyze", ignore},      StatementRow{"optimize", ignore},
    StatementRow{"repair", ignore},       StatementRow{"check", ignore},
    StatementRow{"checksum", ignore},     StatementRow{"show", ignore},
    StatementRow{"describe", ignore},     StatementRow{"desc", ignore},
    StatementRow{"explain", ignore},      StatementRow{"help", ignore},
    StatementRow{"kill", ignore},         StatementRow{"reset", ignore},
    StatementRow{"purge", ignore},        StatementRow{"change", ignore},
    StatementRow{"stop", ignore},         StatementRow{"install", ignore},
    StatementRow{"uninstall", ignore},    StatementRow{"cache", ignore},
    StatementRow{"signal", ignore},       StatementRow{"delimiter", ignore},
    StatementRow{"commit", ignore},       StatementRow{"if", ignore},
};

}  // namespace

QualifiedName Script::resolve(QualifiedName name) const {
  if (name.schema.empty()) name.schema = session.database;
  return name;
}

void Script::warn(std::string code, std::string message, Span span, std::string help) {
  sink.warning(std::move(code), std::move(message), file, span, std::move(help));
}

void run_statement(Script& script, std::string_view text, Span span) {
  // Rows may be most of a file, and are not looked at.
  const std::string beginning = to_lower(text.substr(0, 8));
  if (script.rows_noted && (beginning == "insert i" || beginning == "replace ")) return;
  Cursor cursor(text, script.session.mode, span);
  if (cursor.at_end()) return;
  if (cursor.at_symbol("(")) return;  // A query in parentheses.
  const std::string word = to_lower(cursor.peek().text);
  const auto* row = std::ranges::find(statements, std::string_view(word), &StatementRow::word);
  if (row == statements.end() || cursor.peek().kind != syntax::mysql::TokenKind::word) {
    cursor.fail_here();
  } else {
    cursor.take();
    row->run(script, cursor);
  }
  if (!cursor.failed()) {
    ++script.carried_out;
    return;
  }
  ++script.refused;
  // A text that breaks off, or that no server would take, is not what somebody meant to write.
  script.sink.add({"mysql-syntax",
                   cursor.broken() ? Severity::error : Severity::warning,
                   cursor.message(),
                   script.file,
                   cursor.failure_span(),
                   {},
                   "The statement is left out, and reading goes on behind it.",
                   {}});
}

}  // namespace relata::sql::mysql
