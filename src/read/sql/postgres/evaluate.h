#pragma once

#include <optional>
#include <string>

#include "read/sql/postgres/reader.h"

namespace relata::sql::postgres {

/// The text that an expression gives whenever and wherever it is run: constants, ||, format(),
/// quote_ident(), quote_literal(), concat(), and current_schema() where the session is known
/// (Reader::reading). Nothing where it may give another one, or NULL.
[[nodiscard]] std::optional<std::string> evaluated_text(const Reader& reader,
                                                        const PgQuery__Node* expression);

/// The same of an expression that is not parsed yet.
[[nodiscard]] std::optional<std::string> evaluated_text(const Reader& reader,
                                                        const std::string& expression);

}  // namespace relata::sql::postgres
