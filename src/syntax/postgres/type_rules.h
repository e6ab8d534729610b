#pragma once

#include <string>
#include <string_view>

#include "syntax/postgres/term.h"

namespace relata::syntax::postgres {

/// "character varying(20)[]" without modifiers, "bpchar" by its usual name.
[[nodiscard]] TypeName without_modifiers(std::string_view spelling);

[[nodiscard]] bool is_array(std::string_view type);
/// "text[]": "text"; the type itself when it is no array.
[[nodiscard]] std::string_view element_of(std::string_view type);

[[nodiscard]] bool is_integer(std::string_view type);
[[nodiscard]] bool is_number(std::string_view type);
/// text, character varying, character, name.
[[nodiscard]] bool is_text(std::string_view type);
/// date, time and timestamps.
[[nodiscard]] bool is_moment(std::string_view type);

/// Whether the server puts the cast in by itself where an operator or function wants the other type
/// (pg_cast.castcontext = 'i'), and no value changes by it.
/// https://www.postgresql.org/docs/current/typeconv-overview.html
[[nodiscard]] bool is_implicit_cast(std::string_view from, std::string_view to);

/// The wider of two numbers or moments, to which the server brings the operands of an operator;
/// empty when there is none.
[[nodiscard]] TypeName wider(std::string_view a, std::string_view b);

}  // namespace relata::syntax::postgres
