#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace relata::syntax::sqlite {

// What only the text of a statement in sqlite_schema tells; the rest is asked of the engine's
// pragmas. Spans are bytes of that text. Sources: https://sqlite.org/lang_createtable.html and
// lang_createindex.html.

/// An item of a key or index: a column or expression with its order.
struct PartText {
  std::string text;       ///< Without COLLATE and order.
  std::string name;       ///< The column, when the text is a name only.
  std::string collation;  ///< COLLATE, as it was written; empty: none.
  bool descending = false;
};

enum class ConstraintKind {
  primary_key,
  unique,
  check,
  foreign_key,
  not_null,
  default_value,
  generated,
  collation,
};

/// One constraint of a column or table.
struct ConstraintText {
  ConstraintKind kind;
  std::string name;             ///< CONSTRAINT name; empty: none.
  std::string expression;       ///< Of a check or generated column, without parentheses.
  std::string conflict;         ///< ON CONFLICT, upper case; empty: ABORT as usual.
  std::vector<PartText> parts;  ///< Of a key with the table; empty at a column.
  bool descending = false;      ///< PRIMARY KEY DESC at a column.
  bool autoincrement = false;
  bool deferrable = false;
  bool initially_deferred = false;
  bool match_full = false;
  bool stored = false;  ///< Of a generated column.
};

struct ColumnText {
  std::string name;
  Span name_span;
  Span span;  ///< The whole definition, without a comment behind it.
  std::vector<ConstraintText> constraints;
  std::string collation;
  std::string comment;  ///< What stands behind the definition on its line.
};

struct TableText {
  std::string comment;  ///< What stands behind the opening parenthesis on its line.
  Span name_span;
  std::vector<ColumnText> columns;
  std::vector<ConstraintText> constraints;
};

/// Reads "CREATE TABLE name (...)"; nothing when the text is something else.
[[nodiscard]] std::optional<TableText> read_table_text(std::string_view sql);

struct IndexText {
  std::vector<PartText> parts;
  std::string where;  ///< Of a partial index; empty: none.
};

/// Reads "CREATE [UNIQUE] INDEX name ON table (parts) [WHERE condition]".
[[nodiscard]] std::optional<IndexText> read_index_text(std::string_view sql);

struct ViewText {
  std::vector<std::string> columns;  ///< As they were written out; empty: not.
  std::string select;
};

/// Reads "CREATE VIEW name [(columns)] AS select".
[[nodiscard]] std::optional<ViewText> read_view_text(std::string_view sql);

}  // namespace relata::syntax::sqlite
