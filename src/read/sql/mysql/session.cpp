#include <algorithm>
#include <array>

#include "base/text.h"
#include "read/sql/mysql/clauses.h"
#include "read/sql/mysql/script.h"
#include "syntax/mysql/character_sets.h"

namespace relata::sql::mysql {

namespace {

/// SQL modes in the order in which @@sql_mode shows them (MariaDB Knowledge Base, "SQL_MODE").
constexpr std::array<std::string_view, 33> mode_order{
    "REAL_AS_FLOAT",
    "PIPES_AS_CONCAT",
    "ANSI_QUOTES",
    "IGNORE_SPACE",
    "IGNORE_BAD_TABLE_OPTIONS",
    "ONLY_FULL_GROUP_BY",
    "NO_UNSIGNED_SUBTRACTION",
    "NO_DIR_IN_CREATE",
    "POSTGRESQL",
    "ORACLE",
    "MSSQL",
    "DB2",
    "MAXDB",
    "NO_KEY_OPTIONS",
    "NO_TABLE_OPTIONS",
    "NO_FIELD_OPTIONS",
    "MYSQL323",
    "MYSQL40",
    "ANSI",
    "NO_AUTO_VALUE_ON_ZERO",
    "NO_BACKSLASH_ESCAPES",
    "STRICT_TRANS_TABLES",
    "STRICT_ALL_TABLES",
    "NO_ZERO_IN_DATE",
    "NO_ZERO_DATE",
    "ALLOW_INVALID_DATES",
    "ERROR_FOR_DIVISION_BY_ZERO",
    "TRADITIONAL",
    "NO_AUTO_CREATE_USER",
    "HIGH_NOT_PRECEDENCE",
    "NO_ENGINE_SUBSTITUTION",
    "PAD_CHAR_TO_FULL_LENGTH",
    "EMPTY_STRING_IS_NULL",
};

/// Modes that stand for several.
struct Combination {
  std::string_view name;
  std::string_view modes;
};
constexpr std::array combinations{
    Combination{"ANSI", "REAL_AS_FLOAT,PIPES_AS_CONCAT,ANSI_QUOTES,IGNORE_SPACE"},
    Combination{"TRADITIONAL",
                "STRICT_TRANS_TABLES,STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
                "ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION"},
};

std::string canonical_mode(std::string_view written) {
  std::vector<std::string> modes;
  for (const std::string_view part : split(written, ',')) {
    std::string mode = to_upper(trim(part));
    if (mode.empty() || mode == "-") continue;
    for (const Combination& combination : combinations) {
      if (combination.name != mode) continue;
      for (const std::string_view one : split(combination.modes, ',')) modes.emplace_back(one);
    }
    modes.push_back(std::move(mode));
  }
  std::vector<std::string> ordered;
  for (const std::string_view mode : mode_order) {
    if (std::ranges::find(modes, mode) != modes.end()) ordered.emplace_back(mode);
  }
  return ordered.empty() ? "-" : join(ordered, ",");
}

void set_mode(Session& session, const std::string& value) {
  const std::string mode = canonical_mode(value);
  const auto has = [&](std::string_view name) {
    return ("," + mode + ",").find("," + std::string(name) + ",") != std::string::npos;
  };
  session.mode.ansi_quotes = has("ANSI_QUOTES");
  session.mode.no_backslash_escapes = has("NO_BACKSLASH_ESCAPES");
  session.mode.pipes_as_concat = has("PIPES_AS_CONCAT");
  session.creation.sql_mode.text = mode;
}

void set_names(Session& session, Cursor& cursor) {
  session.creation.character_set.text = syntax::mysql::character_set_name(cursor.value());
  session.creation.collation.text =
      syntax::mysql::default_collation(session.creation.character_set.text);
  if (cursor.accept("collate")) {
    session.creation.collation.text = syntax::mysql::collation_name(cursor.value());
  }
}

/// The variable's name without @@ and scope.
std::string variable_name(Cursor& cursor) {
  cursor.accept_any({"session", "local", "global", "persist"});
  std::string name = to_lower(cursor.take().text);
  for (const std::string_view prefix : {"@@", "session.", "local.", "global."}) {
    if (name.starts_with(prefix)) name = name.substr(prefix.size());
  }
  return name;
}

/// Where the session keeps a setting; null for what is not followed.
std::string* setting(Session& session, std::string_view name) {
  if (name == "sql_mode") return &session.creation.sql_mode.text;
  if (name == "character_set_client") return &session.creation.character_set.text;
  if (name == "collation_connection") return &session.creation.collation.text;
  return nullptr;
}

/// The value at hand when it is known: a literal, a setting, or a variable that holds one.
std::string known_value(Session& session, Cursor& cursor) {
  using syntax::mysql::TokenKind;
  const auto& token = cursor.peek();
  const bool only = cursor.at_symbol(",", 1) || cursor.peek(1).kind == TokenKind::end;
  if (!only) return {};
  if (token.kind == TokenKind::variable) {
    std::string name = to_lower(token.text);
    if (!name.starts_with("@@")) return session.saved[name];
    name = name.substr(name.find_last_of("@.") + 1);
    const std::string* value = setting(session, name);
    return value == nullptr ? std::string() : *value;
  }
  const bool literal = token.kind == TokenKind::string || token.kind == TokenKind::word;
  if (!literal) return {};
  const std::string value = cursor.value();
  // The empty mode has a name of its own.
  return value.empty() ? "-" : value;
}

void set_variable(Session& session, Cursor& cursor) {
  const std::string name = variable_name(cursor);
  if (!cursor.accept_symbol("=")) cursor.accept_symbol(":=");
  const std::string value = known_value(session, cursor);
  if (name.starts_with('@')) {
    session.saved[name] = value;
  } else if (name == "sql_mode") {
    if (value.empty()) {
      // Only the server knows which it is.
      session.mode = {};
      session.creation.sql_mode = {};
    } else {
      set_mode(session, value);
    }
  } else if (name == "character_set_client") {
    session.creation.character_set.text = syntax::mysql::character_set_name(value);
  } else if (name == "collation_connection") {
    session.creation.collation.text = syntax::mysql::collation_name(value);
  }
  while (!cursor.at_end() && !cursor.at_symbol(",")) {
    if (cursor.at_symbol("(")) {
      cursor.skip_parentheses();
    } else {
      cursor.take();
    }
  }
}

void read_database_options(Cursor& cursor, Database::Settings& settings) {
  CharacterSetClause clause;
  while (!cursor.failed() && !cursor.at_end()) {
    if (read_character_set(cursor, clause)) continue;
    if (cursor.accept("default")) continue;
    if (cursor.accept_any({"comment", "encryption", "read"})) {
      cursor.accept("only");
      cursor.accept_symbol("=");
      cursor.take();
    } else if (cursor.accept({"upgrade", "data", "directory", "name"})) {
    } else {
      cursor.fail_here();
    }
  }
  if (!clause.given()) return;
  settings.collation = clause.collation;
  settings.character_set = clause.character_set.empty()
                               ? syntax::mysql::character_set_of(clause.collation)
                               : clause.character_set;
}

}  // namespace

void set_variables(Script& script, Cursor& cursor) {
  if (cursor.accept("names")) {
    set_names(script.session, cursor);
    return;
  }
  if (cursor.at_word("password") || cursor.at_word("role") || cursor.at_word("transaction") ||
      cursor.at_word("statement") || (cursor.at_word("default") && cursor.at_word("role", 1))) {
    return;
  }
  if (cursor.accept({"character", "set"}) || cursor.accept("charset")) {
    set_names(script.session, cursor);
    return;
  }
  do {
    set_variable(script.session, cursor);
  } while (cursor.accept_symbol(","));
}

void create_database(Script& script, Cursor& cursor) {
  cursor.accept({"if", "not", "exists"});
  const std::string name = cursor.name();
  Database::Settings settings;
  read_database_options(cursor, settings);
  if (!cursor.failed()) script.database.databases.emplace(name, std::move(settings));
}

void alter_database(Script& script, Cursor& cursor) {
  // Without a name it is the current one.
  const bool named = cursor.at_name() && !cursor.at_word("default") &&
                     !cursor.at_word("character") && !cursor.at_word("charset") &&
                     !cursor.at_word("collate");
  const std::string name = named ? cursor.name() : script.session.database;
  Database::Settings settings = script.database.databases[name];
  read_database_options(cursor, settings);
  if (!cursor.failed()) script.database.databases[name] = std::move(settings);
}

void drop_database(Script& script, Cursor& cursor) {
  cursor.accept({"if", "exists"});
  const std::string name = cursor.name();
  if (cursor.failed()) return;
  Database& database = script.database;
  database.databases.erase(name);
  std::erase_if(database.tables, [&](const auto& item) { return item.first.schema == name; });
  std::erase_if(database.views, [&](const auto& item) { return item.first.schema == name; });
  std::erase_if(database.sequences, [&](const auto& item) { return item.first.schema == name; });
  std::erase_if(database.trigger_tables,
                [&](const auto& item) { return item.first.schema == name; });
  std::erase_if(database.routines,
                [&](const auto& item) { return item.first.second.schema == name; });
}

}  // namespace relata::sql::mysql
