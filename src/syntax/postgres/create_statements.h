#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "syntax/postgres/analyzer.h"

namespace relata::syntax::postgres {

// One spelling for whole statements. Each gives an empty text when the statement is refused by the
// grammar or is another one than was expected.

/// CREATE TRIGGER on a table or view with these columns; events in a fixed order, what is implied
/// left out. https://www.postgresql.org/docs/current/sql-createtrigger.html
[[nodiscard]] std::string canonical_trigger(Analyzer& analyzer, std::string_view sql,
                                            const std::vector<OutputColumn>& columns);

/// CREATE RULE on a table or view with these columns.
[[nodiscard]] std::string canonical_rule(Analyzer& analyzer, std::string_view sql,
                                         const std::vector<OutputColumn>& columns);

/// CREATE FUNCTION or PROCEDURE: attributes in a fixed order without those at their default, types
/// by their usual names, the body to the letter. Other statements member for member.
/// https://www.postgresql.org/docs/current/sql-createfunction.html
/// Tells the catalog what the function gives.
[[nodiscard]] std::string canonical_routine(Analyzer& analyzer, Catalog& catalog,
                                            const Routine& routine);

/// "FOR VALUES ..." or "DEFAULT" of a partition whose keys have these types.
[[nodiscard]] std::string canonical_bound(Analyzer& analyzer, std::string_view bound,
                                          const std::vector<TypeName>& key_types);

/// Any other CREATE statement, member for member.
[[nodiscard]] std::string canonical_statement(Analyzer& analyzer, std::string_view sql);

}  // namespace relata::syntax::postgres
