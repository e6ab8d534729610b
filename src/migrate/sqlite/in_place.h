#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/schema.h"

namespace relata::migrate::sqlite {

/// What ALTER TABLE does without a copy of the table.
struct InPlace {
  std::vector<const Column*> added;    ///< Of the new form.
  std::vector<const Column*> dropped;  ///< Of the old form.
};

/// Columns that come or go, where that is all that differs between the two forms, save indexes,
/// triggers and the order of columns, and SQLite can do it with the rows that may be there
/// (https://sqlite.org/lang_altertable.html#altertabaddcol, #altertabdropcol); else nothing.
/// `can_drop`: see can_drop_columns().
[[nodiscard]] std::optional<InPlace> in_place(const Table& from, const Table& to, bool can_drop);

/// Whether DROP COLUMN touches nothing but its table: it looks at every view and trigger, of which
/// one that does not work stops it, and rewrites strings in double quotes everywhere.
[[nodiscard]] bool can_drop_columns(const Schema& schema);

/// Whether two forms of a table are the same, save indexes, triggers and the order of columns.
[[nodiscard]] bool same_form(const Table& from, const Table& to);

/// The way back: the columns that went come, and the other way round; nothing where a copy must do
/// it, because rows have no value for a column that is required.
[[nodiscard]] std::optional<InPlace> reversed(const InPlace& work, const Table& from,
                                              bool can_drop);

/// `to`: the form that the table has afterwards.
[[nodiscard]] std::vector<std::string> statements_of(const InPlace& work, const Table& to);

}  // namespace relata::migrate::sqlite
