#pragma once

#include <string>
#include <vector>

#include "model/table.h"

namespace relata::migrate::sqlite {

enum class Way { forward, back };

/// A table that takes another form with its rows.
struct Rebuild {
  const Table* from = nullptr;
  const Table* to = nullptr;
  std::string aside;           ///< A name that no table has.
  bool is_referenced = false;  ///< Other tables have foreign keys to it.
  Way way = Way::forward;
  bool allow_loss = false;
};

/// The statements that do it, without indexes and triggers, which go with the old form. Nothing
/// else of the schema is touched: legacy_alter_table keeps the rename from rewriting what refers to
/// the table, and from looking at views and triggers that do not work
/// (https://sqlite.org/pragma.html#pragma_legacy_alter_table).
/// Values stay as they are, save what the affinity of a new type does to them; NULL becomes the
/// default where the column is required and has one. A column that only comes back, is required
/// and has no default gets a filler: what it held is told as lost.
[[nodiscard]] std::vector<std::string> rebuild(const Rebuild& work);

/// What of the rows no way back brings again, for people: "the values of users.age".
[[nodiscard]] std::vector<std::string> losses(const Rebuild& work);

}  // namespace relata::migrate::sqlite
