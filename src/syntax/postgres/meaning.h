#pragma once

#include <optional>

#include "model/expression.h"
#include "syntax/postgres/term.h"

namespace relata::syntax::postgres {

/// The same in operations that every dialect can spell; nothing where there is no such form.
[[nodiscard]] std::optional<Expression> neutral_meaning(const Term& term);

}  // namespace relata::syntax::postgres
