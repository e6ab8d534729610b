#pragma once

#include <vector>

#include "read/english/chunk.h"
#include "read/english/syntax.h"

namespace relata::english {

/// Reads chunks as clauses: who does what to which list of things. Words that fit nowhere are
/// passed over, so every input gives some clauses.
[[nodiscard]] std::vector<Clause> parse(const Sentence& sentence, const std::vector<Chunk>& chunks);

}  // namespace relata::english
