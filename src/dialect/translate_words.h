#pragma once

#include <cstddef>
#include <string_view>

#include "dialect/sql_dialect.h"

namespace relata {

// Words, functions and types that a translation from one engine to another knows.

/// A function under its name in each engine; an empty name: the engine has none.
struct FunctionRow {
  std::string_view postgres;
  std::string_view mysql;
  std::string_view sqlite;
  std::size_t least = 1;
  std::size_t most = 1;
  bool aggregate = false;
};

/// A type to cast to, by what the sources call it.
struct CastRow {
  std::string_view word;
  std::string_view postgres;
  std::string_view mysql;
  std::string_view sqlite;
};

/// Whether all three engines read the word alike.
[[nodiscard]] bool is_common_word(std::string_view lower);
/// Whether the word begins something that some engine does not have, or understands in its own way.
[[nodiscard]] bool is_word_of_some(std::string_view lower);
/// Whether all three engines read the symbol alike.
[[nodiscard]] bool is_common_symbol(std::string_view symbol);
[[nodiscard]] bool is_arithmetic(std::string_view symbol);
[[nodiscard]] bool is_comparison(std::string_view symbol);
/// Whether only PostgreSQL reads literals of the type.
[[nodiscard]] bool is_read_in_own_way(std::string_view type);

/// The function of that name in the dialect that takes so many arguments; null: none is known.
[[nodiscard]] const FunctionRow* find_function(std::string_view name, const SqlDialect& dialect,
                                               std::size_t arguments);
/// Whether some engine's aggregate has the name.
[[nodiscard]] bool is_aggregate(std::string_view name);
/// Null: the type is not known.
[[nodiscard]] const CastRow* find_cast(std::string_view type);

/// What the row says for the dialect; empty: the dialect has no such thing.
[[nodiscard]] std::string_view name_in(const FunctionRow& row, const SqlDialect& dialect);
[[nodiscard]] std::string_view name_in(const CastRow& row, const SqlDialect& dialect);

}  // namespace relata
