#pragma once

#include "read/english/syntax.h"

namespace relata::english {

/// Reads words of number in front of a noun phrase: "exactly one", "up to five", "one or more",
/// "between 2 and 10", "multiple", "a number of".
/// Moves `i` behind them.
void read_quantity(const Sentence& tokens, std::size_t& i, NounPhrase& phrase);

}  // namespace relata::english
