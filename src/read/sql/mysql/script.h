#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "read/sql/mysql/cursor.h"
#include "read/sql/mysql/database.h"

namespace relata::sql::mysql {

/// What SET and USE have told the session so far, as far as it changes what statements mean.
struct Session {
  syntax::mysql::LexicalMode mode;
  std::string database;  ///< Empty: the one that the script is run in.
  CreationSession creation;
  /// User variables that hold a setting of the session ("@OLD_SQL_MODE"), by lower-case name.
  std::map<std::string, std::string> saved;
};

/// A script while its statements are carried out.
struct Script {
  Database database;
  Session session;
  DiagnosticSink& sink;
  std::string file;
  std::size_t call_depth = 0;
  bool rows_noted = false;
  bool grants_noted = false;
  std::size_t carried_out = 0;  ///< Statements that were understood.
  std::size_t refused = 0;

  /// The name with the database that it is looked for in.
  [[nodiscard]] QualifiedName resolve(QualifiedName name) const;
  void warn(std::string code, std::string message, Span span, std::string help = {});
};

// One function a statement; the cursor stands behind the words that brought it here. What the
// grammar refuses is left in the cursor as its failure, what cannot be carried out is a diagnostic.

void create_table(Script& script, Cursor& cursor, bool or_replace, bool temporary);
void alter_table(Script& script, Cursor& cursor);
void drop_tables(Script& script, Cursor& cursor);
void rename_tables(Script& script, Cursor& cursor);
/// CREATE [UNIQUE|FULLTEXT|SPATIAL] INDEX ...
void create_index(Script& script, Cursor& cursor, KeyKind kind);
void drop_index(Script& script, Cursor& cursor);

/// What stands between CREATE and the kind of object, or in ALTER VIEW.
struct ProgramOptions {
  bool or_replace = false;
  std::string definer;
  std::string algorithm;
  std::string security;
  bool aggregate = false;
};
void create_view(Script& script, Cursor& cursor, const ProgramOptions& options);
void alter_view(Script& script, Cursor& cursor, const ProgramOptions& options);
void drop_views(Script& script, Cursor& cursor);
void create_trigger(Script& script, Cursor& cursor, const ProgramOptions& options);
void drop_trigger(Script& script, Cursor& cursor);
/// `kind` is "procedure", "function" or "event".
void create_routine(Script& script, Cursor& cursor, const std::string& kind,
                    const ProgramOptions& options);
void drop_routine(Script& script, Cursor& cursor, const std::string& kind);
/// CALL: carries out the statements of the procedure that change the schema, each where it can be,
/// as the conditions around them would have it in a script that upgrades a schema; a warning says
/// so. What it puts together as text and prepares is not followed.
void call_procedure(Script& script, Cursor& cursor);
void create_sequence(Script& script, Cursor& cursor, bool or_replace);
void alter_sequence(Script& script, Cursor& cursor);
void drop_sequences(Script& script, Cursor& cursor);

void create_database(Script& script, Cursor& cursor);
void alter_database(Script& script, Cursor& cursor);
void drop_database(Script& script, Cursor& cursor);
/// SET: the modes and the session's character set.
void set_variables(Script& script, Cursor& cursor);

/// Carries out one statement, whatever it is.
void run_statement(Script& script, std::string_view text, Span span);

/// Keeps a table under its new name, with the names that the server derives from it.
void move_table(Script& script, const QualifiedName& from, const QualifiedName& to);

}  // namespace relata::sql::mysql
