#pragma once

#include <string_view>

#include "model/type.h"

namespace relata::syntax::sqlite {

/// What a column does to the values that are put in, by the name of its type
/// (https://sqlite.org/datatype3.html#determination_of_column_affinity). In a STRICT table the
/// rules are the same, and ANY is `none`.
enum class Affinity { integer, text, none, real, numeric };
[[nodiscard]] Affinity affinity_of(std::string_view declared, bool strict);

/// The type that a column was declared with, as `PRAGMA table_xinfo` shows it: its spelling, and
/// the nearest neutral type, told by the name first and by SQLite's rules of affinity second
/// (https://sqlite.org/datatype3.html#determination_of_column_affinity). A column without a type
/// has an empty spelling and is text elsewhere.
[[nodiscard]] Type type_of(std::string_view declared);

}  // namespace relata::syntax::sqlite
