#pragma once

#include <optional>
#include <string_view>

#include "syntax/postgres/term.h"

namespace relata::syntax::postgres {

/// The term of a text so plain that it needs no grammar, and that most defaults are: a whole
/// number, true, false, NULL, a string with or without a cast to a type of PostgreSQL's own, now(),
/// CURRENT_TIMESTAMP. The same that Analyzer::expression() gives for it.
[[nodiscard]] std::optional<Term> trivial_term(std::string_view text);

}  // namespace relata::syntax::postgres
