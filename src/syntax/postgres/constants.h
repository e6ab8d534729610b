#pragma once

#include <string>
#include <string_view>

namespace relata::syntax::postgres {

/// A literal's value as the output function of its type shows it: "1 hour" of type interval is
/// "01:00:00". A value that the type would not take, and types whose literals keep their text, give
/// the text itself. Moments with a time zone are shown in UTC.
[[nodiscard]] std::string shown_constant(std::string_view text, std::string_view type);

/// shown_constant() of an interval; by PostgreSQL's "postgres" output style.
/// https://www.postgresql.org/docs/current/datatype-datetime.html#DATATYPE-INTERVAL-INPUT
[[nodiscard]] std::string shown_interval(std::string_view text);

/// shown_constant() of jsonb: keys sorted by length and bytes, the last of equal keys kept.
/// https://www.postgresql.org/docs/current/datatype-json.html
[[nodiscard]] std::string shown_jsonb(std::string_view text);

/// shown_constant() of a date or timestamp.
[[nodiscard]] std::string shown_moment(std::string_view text, std::string_view type);

}  // namespace relata::syntax::postgres
