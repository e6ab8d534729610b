#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/origin.h"
#include "model/sql_text.h"
#include "model/table.h"
#include "model/type.h"

namespace relata {

// What a database holds beside its tables. A `schema` member is the namespace, empty for the
// engine's default.

/// [postgres] CREATE SCHEMA.
struct Namespace {
  std::string name;
  std::string comment;
  Origin origin = {};
  bool operator==(const Namespace&) const = default;
};

/// [postgres] CREATE EXTENSION.
struct Extension {
  std::string name;
  std::string schema;
  Origin origin = {};
  bool operator==(const Extension&) const = default;
};

/// [postgres] CREATE TYPE ... AS ENUM.
struct Enumeration {
  std::string schema;
  std::string name;
  std::vector<std::string> values;
  std::string comment;
  Origin origin = {};
  bool operator==(const Enumeration&) const = default;
};

/// [postgres] CREATE DOMAIN.
struct Domain {
  std::string schema;
  std::string name;
  Type type;
  std::string collation;
  bool nullable = true;
  std::optional<Expression> default_value;
  std::vector<Check> checks;  ///< The value is the column VALUE.
  std::string comment;
  Origin origin = {};
  bool operator==(const Domain&) const = default;
};

/// [postgres] CREATE TYPE ... AS (attributes).
struct CompositeType {
  std::string schema;
  std::string name;
  std::vector<Column> attributes;  ///< Name, type, collation and comment only.
  std::string comment;
  Origin origin = {};
  bool operator==(const CompositeType&) const = default;
};

/// [postgres] A sequence of its own; those of identity columns are with their column.
struct Sequence {
  std::string schema;
  std::string name;
  std::string type;  ///< "integer", "smallint"; empty: bigint.
  SequenceOptions options;
  QualifiedName owned_by_table;  ///< OWNED BY; an empty name: nobody.
  std::string owned_by_column;
  bool unlogged = false;
  std::string comment;
  Origin origin = {};
  bool operator==(const Sequence&) const = default;
};

/// A function or procedure. `sql` is the whole CREATE statement (without OR REPLACE and DEFINER).
struct Routine {
  std::string kind;  ///< "function", "procedure", "aggregate"; "event" [mysql].
  std::string schema;
  std::string name;
  std::string arguments;  ///< [postgres] Input types, which tell overloads apart: "integer, text".
  SqlText sql;
  std::string comment;
  Origin origin = {};
  CreationSession session = {};  ///< [mysql]
  bool operator==(const Routine&) const = default;
};

struct View {
  std::string schema;
  std::string name;
  std::string dialect;
  std::string sql;  ///< The SELECT, without a semicolon at its end.
  std::string comment;
  Origin origin;
  std::string canonical = {};             ///< See SqlText::canonical.
  std::vector<std::string> columns = {};  ///< Column names as the view has them; empty: unknown.
  /// The names were written out, and differ from those that the SELECT gives by itself.
  bool names_columns = false;
  std::vector<std::string> column_comments = {};  ///< One a column, or empty.
  bool materialized = false;                      ///< [postgres]
  bool recursive = false;         ///< [postgres] CREATE RECURSIVE VIEW is written as WITH.
  std::string check_option = {};  ///< "local", "cascaded"; empty: none.
  std::vector<Option> options =
      {};  ///< [postgres] security_barrier ...; [mysql] ALGORITHM, SQL SECURITY.
  std::vector<Index> indexes = {};     ///< [postgres] Of a materialized view.
  std::vector<Trigger> triggers = {};  ///< INSTEAD OF.
  std::vector<Rule> rules = {};        ///< [postgres]
  CreationSession session = {};        ///< [mysql]
  AsWritten statement = {};            ///< [sqlite]
  bool operator==(const View& other) const {
    return schema == other.schema && name == other.name && dialect == other.dialect &&
           session == other.session && comment == other.comment &&
           (columns.empty() || other.columns.empty() || columns == other.columns) &&
           (canonical.empty() ? sql : canonical) ==
               (other.canonical.empty() ? other.sql : other.canonical) &&
           column_comments == other.column_comments && materialized == other.materialized &&
           check_option == other.check_option && options == other.options &&
           indexes == other.indexes && triggers == other.triggers && rules == other.rules;
  }
};

/// A privilege on an object: GRANT privileges (columns) ON kind schema.name TO grantee.
struct Grant {
  std::string
      kind;  ///< "table", "sequence", "function", "procedure", "schema", "type", "default" ...
  std::string schema;
  std::string name;
  std::string arguments;                ///< Of a function.
  std::vector<std::string> columns;     ///< Empty: the whole object; what is read names one each.
  std::vector<std::string> privileges;  ///< Upper case, sorted: "INSERT", "SELECT".
  std::string grantee;                  ///< Empty: PUBLIC.
  bool grantable = false;
  bool revoked = false;  ///< REVOKE of what the engine gives by default (PUBLIC on functions).
  Origin origin = {};
  bool operator==(const Grant&) const = default;
};

/// Whatever else the engine has and Relata keeps as it is: casts, operators, operator classes,
/// range types, text search objects, collations, conversions, event triggers, publications,
/// extended statistics, foreign servers, default privileges.
struct OtherObject {
  /// In the engine's words, lower case: "cast", "collation", "conversion", "default privileges",
  /// "event trigger", "foreign data wrapper", "foreign server", "user mapping", "language", "access
  /// method", "operator", "operator class", "operator family", "operator family member",
  /// "publication", "range type", "shell type", "base type", "statistics", "text search dictionary"
  /// (also "parser", "template", "configuration").
  std::string kind;
  std::string schema;
  std::string name;
  SqlText sql;  ///< The whole CREATE statement, and what else it takes, with semicolons between.
  std::string comment;
  Origin origin = {};
  bool operator==(const OtherObject&) const = default;
};

}  // namespace relata
