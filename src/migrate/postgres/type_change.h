#pragma once

#include <string>

#include "model/table.h"

namespace relata::migrate::postgres {

/// Whether the server keeps the rows as they are when a column gets the other type: text that may
/// be longer, numbers with more digits. Source: measured on PostgreSQL 11 to 18; "Notes" of
/// https://www.postgresql.org/docs/current/sql-altertable.html.
[[nodiscard]] bool keeps_rows(const Column& from, const Column& to);

/// `value`, of the column's type, as one of the other's: an explicit cast where there is one, else
/// by way of its text, which fails at a value that does not read as the other type.
[[nodiscard]] std::string cast_between(const Column& from, const Column& to,
                                       const std::string& value);

/// What values may lose when a column gets the other type: "digits behind the point"; empty:
/// nothing, or the server refuses those that do not fit.
[[nodiscard]] std::string lost_between(const Column& from, const Column& to);

/// Whether a foreign key can lead from a column of the one type to a column of the other.
[[nodiscard]] bool can_refer(const Column& from, const Column& to);

/// Whether a default gives every row the same value, so that the server can keep it beside the
/// rows instead of writing it into each.
[[nodiscard]] bool is_constant_default(const Expression& expression);

}  // namespace relata::migrate::postgres
