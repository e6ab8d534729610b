#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/schema.h"
#include "syntax/mysql/partitions.h"

namespace relata::sql::mysql {

/// What a key is for, in the order in which the server sorts kinds.
enum class KeyKind { primary, unique, plain, fulltext, spatial };

/// A key of a table. The primary key is one of them until the table is finished.
struct Key {
  KeyKind kind = KeyKind::plain;
  /// Made by the server for a foreign key; it goes when a key of the user's does its work.
  bool generated = false;
  Index index;  ///< An empty name is still to be given.
};

/// A trigger in its parts, so that its table can be renamed.
struct TriggerState {
  std::string name;
  std::string timing;  ///< "BEFORE", "AFTER"
  std::string event;   ///< "INSERT", "UPDATE", "DELETE"
  std::string body;
  CreationSession session;
  Origin origin;
};

/// A table as the statements so far leave it.
struct TableState {
  Table table;  ///< Without primary key, indexes and triggers, which are below.
  std::vector<TriggerState> triggers;
  std::vector<Key> keys;
  std::optional<syntax::mysql::Partitions> partitions;
};

/// What the server would hold after the statements so far. Tables and views are found by database
/// and name; the database is empty where none was named.
struct Database {
  std::map<QualifiedName, TableState> tables;
  std::map<QualifiedName, View> views;
  /// By kind, database and name.
  std::map<std::pair<std::string, QualifiedName>, Routine> routines;
  std::map<QualifiedName, Sequence> sequences;
  std::map<QualifiedName, QualifiedName> trigger_tables;  ///< The table that a trigger is on.
  /// Name, character set and collation of every CREATE DATABASE.
  struct Settings {
    std::string character_set;
    std::string collation;
  };
  std::map<std::string, Settings> databases;

  [[nodiscard]] TableState* find_table(const QualifiedName& name);
};

/// Names of columns, keys and constraints are the same in any case.
[[nodiscard]] bool same_name(std::string_view a, std::string_view b);
[[nodiscard]] Column* find_column(Table& table, std::string_view name);
[[nodiscard]] const Column* find_column(const Table& table, std::string_view name);

/// The schema that the database amounts to. When everything is in one database, it is the schema's
/// own; of several, the first one used is.
[[nodiscard]] Schema finished_schema(Database database);

}  // namespace relata::sql::mysql
