#pragma once

#include <memory>
#include <string>

#include "syntax/postgres/tree_memory.h"

struct PgQuery__ParseResult;

namespace relata::syntax {

/// What libpg_query makes of a text.
struct ParseTree {
  std::unique_ptr<TreeMemory> memory;            ///< What the result stands in.
  const PgQuery__ParseResult* result = nullptr;  ///< Null: the grammar refuses the text.
  std::string message;                           ///< Why.
  int position = 0;  ///< The character at which the grammar stopped, from 1; 0: not known.
};

/// Parses a text on the calling thread, which must have room for its depth (large_stack.h).
[[nodiscard]] ParseTree parse_tree(const std::string& sql);

}  // namespace relata::syntax
