#pragma once

#include <optional>
#include <string>
#include <vector>

#include "read/sql/mysql/cursor.h"
#include "read/sql/mysql/database.h"

namespace relata::sql::mysql {

/// How far a character set or collation was named; nothing: inherited.
struct CharacterSetClause {
  std::string character_set;
  std::string collation;
  bool binary = false;  ///< BINARY: the _bin collation of whatever the set is.

  [[nodiscard]] bool given() const {
    return !character_set.empty() || !collation.empty() || binary;
  }
  /// The collation that this comes to in a table with that collation; empty: not known.
  [[nodiscard]] std::string resolved(const std::string& inherited) const;
};

/// A column's definition, apart from what it says about the table.
struct ColumnClause {
  Column column;
  CharacterSetClause characters;
  int text_length = 0;  ///< Of text(n), whose type depends on the character set.
  bool primary = false;
  bool unique = false;
  std::optional<ForeignKey> reference;
  std::vector<Check> checks;
  bool nullable_given = false;
  bool first = false;  ///< [alter] FIRST
  std::string after;   ///< [alter] AFTER column
};

/// An Expression that holds SQL of this dialect.
[[nodiscard]] Expression sql_expression(const std::string& text);

/// "name type attributes", without FIRST and AFTER.
[[nodiscard]] ColumnClause read_column(Cursor& cursor);
/// What stands behind DEFAULT, as written; nothing for NULL.
[[nodiscard]] std::optional<Expression> read_default(Cursor& cursor);

/// What can stand in a table's parentheses beside columns.
struct ConstraintClause {
  std::optional<Key> key;
  std::optional<ForeignKey> foreign_key;
  std::string foreign_key_index;  ///< FOREIGN KEY name (...)
  std::optional<Check> check;
  bool if_not_exists = false;
};
/// Whether a constraint or key begins here rather than a column.
[[nodiscard]] bool at_constraint(const Cursor& cursor);
[[nodiscard]] ConstraintClause read_constraint(Cursor& cursor);
/// (column (10) DESC, (expression), ...)
[[nodiscard]] std::vector<IndexPart> read_key_parts(Cursor& cursor);
/// USING, COMMENT, KEY_BLOCK_SIZE, INVISIBLE ... before or behind the parts.
void read_key_options(Cursor& cursor, Index& index);
/// REFERENCES table (columns) ON DELETE ...
void read_references(Cursor& cursor, ForeignKey& key);

/// Options of a table; returns false when none begins here.
struct TableOptions {
  std::vector<Option> options;
  std::string comment;
  bool comment_given = false;
  CharacterSetClause characters;
  std::vector<std::string> union_tables;
};
bool read_table_option(Cursor& cursor, TableOptions& options);
/// [DEFAULT] CHARACTER SET [=] x, [DEFAULT] COLLATE [=] x
bool read_character_set(Cursor& cursor, CharacterSetClause& clause);
/// Puts the options into those of a table, the newer one of each name.
void merge_options(std::vector<Option>& into, const std::vector<Option>& options);

}  // namespace relata::sql::mysql
