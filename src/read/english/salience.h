#pragma once

#include <vector>

#include "read/english/evidence.h"
#include "read/english/syntax.h"

namespace relata::english {

/// Counts in what places the noun phrases of a sentence stand, for every candidate that they name.
/// Clauses that share a phrase (a subject taken over, an antecedent) count it once.
void count_salience(const std::vector<Clause>& sentence, Evidence& evidence);

/// What being spoken of often, in several places of a sentence, and as one of several, adds to the
/// weight of a candidate in a text that is a story rather than a list: 0 to about 1.
[[nodiscard]] double prominence(const Salience& salience);

/// Whether a text counts something ("each", "several") and speaks of it three times or more.
[[nodiscard]] bool is_counted_throughout(const Salience& salience);

/// Whether the words only ever stand as a name ("Acme") that the lexicon does not know: the one
/// who tells, or one thing, rather than a kind of things.
[[nodiscard]] bool is_proper_name(const Concept& candidate);

}  // namespace relata::english
