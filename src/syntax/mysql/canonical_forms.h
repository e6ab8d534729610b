#pragma once

#include <string>
#include <string_view>

#include "model/expression.h"
#include "syntax/mysql/tree.h"

namespace relata::syntax::mysql {

/// The tokens of a text with one blank between them, words in lower case, names without quotes: the
/// canonical form of what is not read further.
[[nodiscard]] std::string canonical_tokens(std::string_view sql);

/// The statement that creates a trigger, procedure, function or event, in one spelling: its head by
/// what it says, its body by its tokens.
[[nodiscard]] std::string canonical_program(std::string_view sql);

/// A partition clause in one spelling.
[[nodiscard]] std::string canonical_partitions(std::string_view sql);

/// What the expression means in terms that every dialect can spell; Operation::sql when it has no
/// such meaning.
[[nodiscard]] Expression neutral_meaning(const Node& node);

}  // namespace relata::syntax::mysql
