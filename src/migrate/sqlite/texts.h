#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/table.h"
#include "syntax/sqlite/types.h"

namespace relata::migrate::sqlite {

// Pieces of SQL for SQLite. Tables are made by the very statements that their catalog keeps.

[[nodiscard]] std::string quoted(std::string_view name);
[[nodiscard]] std::string literal(std::string_view text);

/// The statement that makes the table under another name.
[[nodiscard]] std::string make_table(const Table& table, std::string_view name);

/// Whether the table's statement says its own name before a column: CHECK ("users"."age" > 21). It
/// then cannot be made under another name.
[[nodiscard]] bool names_itself(const Table& table);

/// A column's definition for ADD COLUMN, with the foreign key that it has; nothing where the
/// table's statement is not understood.
[[nodiscard]] std::optional<std::string> added_column(const Table& table, const Column& column);

/// Whether the table's statement has the column's foreign key at the column itself.
[[nodiscard]] bool refers_at_column(const Table& table, const Column& column);

/// Whether the SQL has the name as one of its tokens, in any case and with any quotes.
[[nodiscard]] bool mentions(std::string_view sql, std::string_view name);

/// Names in double quotes in the SQL, in lower case; to SQLite each is a string where nothing has
/// that name (https://sqlite.org/quirks.html#dblquote).
[[nodiscard]] std::vector<std::string> double_quoted_names(std::string_view sql);

/// Whether a default is a value that ADD COLUMN can give to the rows that are there: no expression
/// and no moment (https://sqlite.org/lang_altertable.html#altertabaddcol).
[[nodiscard]] bool is_constant(std::string_view default_text);

/// A default as an expression: a bare name is a text to DEFAULT, and a column elsewhere.
[[nodiscard]] std::string as_expression(std::string_view default_text);

[[nodiscard]] bool is_strict(const Table& table);
[[nodiscard]] bool has_rowid(const Table& table);
[[nodiscard]] syntax::sqlite::Affinity affinity(const Table& table, const Column& column);

/// The column that is another name of the number of the row (INTEGER PRIMARY KEY); null: none.
[[nodiscard]] const Column* rowid_column(const Table& table);

/// A column by its name in any case; null: none.
[[nodiscard]] const Column* column_like(const Table& table, std::string_view name);

}  // namespace relata::migrate::sqlite
