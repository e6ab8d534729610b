#pragma once

#include <string>
#include <vector>

#include "model/schema.h"

namespace relata::diff {

/// A table or column that went, and one that came and looks like it.
struct RenameGuess {
  QualifiedName table;  ///< In the schema before.
  std::string column;   ///< Empty: the table itself.
  QualifiedName new_table;
  std::string new_column;
  double likeness = 0;  ///< 0 to 1.
  bool operator==(const RenameGuess&) const = default;
};

/// What is likely to have been renamed between two schemas of one dialect: of every table that went
/// the one that came and has nearly its columns, and of every column that went from a table that
/// stayed, or seems to be renamed, the one that came with its type and place or nearly its name. A
/// guess is one: who takes it must ask. Nothing is guessed where two are about as likely. In the
/// order of the tables before.
[[nodiscard]] std::vector<RenameGuess> guess_renames(const Schema& from, const Schema& to);

/// "orders.total=orders.amount", as --rename takes it.
[[nodiscard]] std::string rename_argument(const RenameGuess& guess);

}  // namespace relata::diff
