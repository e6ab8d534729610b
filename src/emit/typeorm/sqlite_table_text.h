#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace relata::emit::typeorm {

/// A CREATE TABLE statement of SQLite in the one form that TypeORM reads with its regular
/// expressions (AbstractSqliteQueryRunner.loadTables), and what it then sees.
struct SqliteTableText {
  struct Key {
    std::string name;
    std::vector<std::string> columns;
    std::string table;  ///< Of a foreign key.
  };

  std::string table;
  std::string sql;  ///< The same statement, with every name quoted and an item a line.
  std::vector<Key> foreign_keys;           ///< That have a name, in order.
  std::vector<Key> uniques;                ///< The same.
  std::unordered_set<std::string> checks;  ///< Names of those that it finds.
  std::string auto_increment;              ///< Column that it takes for numbered, or nothing.
  bool read = false;                       ///< Whether the statement was understood.

  /// The name that TypeORM gives a foreign key over these columns; empty: none.
  [[nodiscard]] std::string foreign_key_name(const std::vector<std::string>& columns,
                                             const std::string& referenced) const;
  /// The same for a UNIQUE.
  [[nodiscard]] std::string unique_name(const std::vector<std::string>& columns) const;
};

/// The statement is returned as it is, and not `read`, when it is no CREATE TABLE with columns.
[[nodiscard]] SqliteTableText sqlite_table_text(std::string_view statement);

}  // namespace relata::emit::typeorm
