#pragma once

#include <string>

#include "emit/prisma/plan.h"
#include "model/expression.h"

namespace relata::emit::prisma7 {

/// The condition of a partial index as Prisma compares it with the database: PostgreSQL's catalog
/// shows IN as = ANY (ARRAY[...]), LIKE as ~~ and names in lower case. Prisma itself looks past
/// parentheses, the case of words and the types of constants (7.10, by trial).
[[nodiscard]] std::string condition(const Schema& schema, const Model& model,
                                    const Expression& expression);

/// SQL without "public." before names.
[[nodiscard]] std::string without_default_namespace(std::string_view sql);

}  // namespace relata::emit::prisma7
