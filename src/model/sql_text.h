#pragma once

#include <string>

namespace relata {

/// SQL as it was read from a file or a server, for what no neutral form says.
struct SqlText {
  std::string dialect;  ///< Id of the dialect that it is written in: "postgres".
  std::string text;     ///< As it was read, without a semicolon at its end.
  /// The same meaning in one spelling, whoever wrote it: a file and the server that loaded it agree
  /// on it. Comparison looks at it rather than at `text`; empty: `text` is the only spelling.
  std::string canonical;

  [[nodiscard]] const std::string& comparable() const {
    return canonical.empty() ? text : canonical;
  }
  bool operator==(const SqlText& other) const {
    return dialect == other.dialect && comparable() == other.comparable();
  }
};

/// The statement that made something, as the engine's catalog keeps it. What it says stands in the
/// other members, and how it is worded makes no difference: all compare equal.
struct AsWritten {
  std::string text;
  bool operator==(const AsWritten&) const { return true; }
};

/// The name of an object with its namespace; an empty namespace is the engine's default ("public"
/// on PostgreSQL, the database itself on MySQL, "main" on SQLite).
struct QualifiedName {
  std::string schema;
  std::string name;
  auto operator<=>(const QualifiedName&) const = default;
  bool operator==(const QualifiedName&) const = default;
};

/// A setting that the engine knows by name: a storage parameter, ENGINE, WITHOUT ROWID. A flag has
/// no value.
struct Option {
  std::string name;
  std::string value;
  bool operator==(const Option&) const = default;
};

/// What SQL may leave out because the server then takes it from its settings: the character set of
/// a table, the account that a view belongs to. A server always tells it, a file seldom; so an
/// empty one ("whatever the server has") equals every other.
struct Implied {
  std::string text;
  bool operator==(const Implied& other) const {
    return text.empty() || other.text.empty() || text == other.text;
  }
};

/// [mysql] What a view, trigger, routine or event keeps of the session that created it (see SHOW
/// CREATE PROCEDURE).
struct CreationSession {
  Implied definer;        ///< "`user`@`host`".
  Implied sql_mode;       ///< As @@sql_mode shows it; "-" for the empty mode.
  Implied character_set;  ///< character_set_client.
  Implied collation;      ///< collation_connection.
  bool operator==(const CreationSession&) const = default;
};

}  // namespace relata
