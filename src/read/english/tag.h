#pragma once

#include "read/english/syntax.h"

namespace relata::english {

/// Gives every token its part of speech: closed lists first, then the lexicon's candidates, chosen
/// by the words around (rules in the manner of Brill 1992, fixed).
void tag(Sentence& sentence);

}  // namespace relata::english
