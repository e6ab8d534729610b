#pragma once

#include <vector>

#include "read/english/syntax.h"

namespace relata::english {

/// Splits a line into sentences of tokens. A semicolon and a full stop end a sentence; the full
/// stop of an abbreviation, a decimal number or an address does not.
[[nodiscard]] std::vector<Sentence> tokenize(const SourceText& text);

}  // namespace relata::english
