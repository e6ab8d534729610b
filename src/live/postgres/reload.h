#pragma once

#include <string>

namespace relata::live::postgres {

/// Text that the server wrote, as text that gives the server the same thing again. What it writes
/// is not always that:
///   - `(x)::text = ANY ((ARRAY['a'::character varying])::text[])`, which it makes of `x IN ('a')`,
///     is read as casts of the elements, and written otherwise the next time;
///   - an expression in a SELECT without a name of its own (`SELECT 'a'` behind UNION) is written
///   as
///     `'a'::text`, which has the name of its type when it is read.
/// See get_rule_expr() and get_target_list() in src/backend/utils/adt/ruleutils.c.
[[nodiscard]] std::string reloadable(std::string sql);

}  // namespace relata::live::postgres
