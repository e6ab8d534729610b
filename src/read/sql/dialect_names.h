#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace relata::sql {

/// Id of the dialect that a word in lower case names ("pgsql": "postgres"); empty: none.
[[nodiscard]] std::string_view dialect_named(std::string_view word);

/// A part of a path that names a dialect: "schema.mysql.sql", "db/sqlite/001.sql".
struct DialectInPath {
  std::string_view dialect;
  std::size_t distance = 0;  ///< Parts between it and the end; 0: the file itself.
};
/// The nearest such part.
[[nodiscard]] std::optional<DialectInPath> dialect_in_path(std::string_view path);

}  // namespace relata::sql
