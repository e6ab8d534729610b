#pragma once

#include <string_view>

#include "syntax/postgres/tree_memory.h"

struct PgQuery__ParseResult;

namespace relata::syntax {

/// The tree that libpg_query writes as JSON, in the structures that it has for protobuf. Both say
/// the same (https://github.com/pganalyze/libpg_query, "Protobuf tree format"), and this way takes
/// a third of the time: for each node, protobuf-c looks twice at every kind of node that there
/// could be. Null where the JSON does not say all: it is deeper than a thousand levels, not UTF-8,
/// or the sign of a number is not to be seen in it nor in the text.
[[nodiscard]] const PgQuery__ParseResult* tree_from_json(std::string_view sql,
                                                         std::string_view json, TreeMemory& memory);

}  // namespace relata::syntax
