#pragma once

#include <optional>
#include <string>
#include <vector>

#include "read/sql/postgres/reader.h"

namespace relata::sql::postgres {

/// A column that a query gives, as far as the schema at hand tells.
struct QueryColumn {
  std::string name;
  std::string type;  ///< As format_type() shows it; empty: unknown.
  std::string collation;
};

/// The columns of a composite type, or of a table's or view's own type; nothing when the type is
/// none of these.
[[nodiscard]] std::optional<std::vector<QueryColumn>> row_type_columns(
    const Reader& reader, const PgQuery__TypeName& type);

/// The columns that `(value).*` gives: of a cast to such a type, or of a call of one of the
/// schema's own functions. Nothing when they are not known, or several functions of the name could
/// be meant.
[[nodiscard]] std::optional<std::vector<QueryColumn>> row_columns(const Reader& reader,
                                                                  const PgQuery__Node* value);

/// The same for a function in FROM, under the names that its alias gives.
[[nodiscard]] std::optional<std::vector<QueryColumn>> function_columns(
    const Reader& reader, const PgQuery__RangeFunction& function);

}  // namespace relata::sql::postgres
