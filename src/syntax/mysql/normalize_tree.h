#pragma once

#include <string>

#include "syntax/mysql/tree.h"

namespace relata::syntax::mysql {

/// The tree as the server understands it: AND and OR without nesting, NOT carried into what it
/// negates, columns that stand as conditions compared with 0, moments by one name. `condition`:
/// the whole is one (CHECK, WHERE).
[[nodiscard]] Node normalized(Node node, bool condition);

/// One text for equal trees.
[[nodiscard]] std::string canonical_text(const Node& node);

}  // namespace relata::syntax::mysql
