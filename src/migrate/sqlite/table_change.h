#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migrate/plan.h"
#include "migrate/sqlite/in_place.h"

namespace relata::migrate::sqlite {

/// https://sqlite.org/pragma.html#pragma_foreign_keys: it does nothing in a
/// transaction.
inline constexpr std::string_view keys_off = "PRAGMA foreign_keys = OFF";

/// A step that holds others up for a moment only, both ways, still without
/// statements. One writes at a time (https://sqlite.org/lockingv3.html); in WAL
/// mode readers go on.
[[nodiscard]] Step quick_step(std::string title);

// What waits, for people.
[[nodiscard]] std::string while_read(std::string_view table);
[[nodiscard]] std::string while_copied(std::string_view table);

/// A table that both schemas have, in two forms.
struct TableChange {
  const Table* from = nullptr;
  const Table* to = nullptr;
  std::optional<InPlace> work;  ///< Nothing: it is rebuilt.
  std::vector<std::string> lost;
};

/// Whether running code must not use the old form any more.
[[nodiscard]] bool drops(const TableChange& change);

[[nodiscard]] std::string title_of(const TableChange& change);

/// `to`: the form that the table has afterwards.
[[nodiscard]] Action altered(const InPlace& work, const Table& to);

}  // namespace relata::migrate::sqlite
