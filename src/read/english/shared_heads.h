#pragma once

#include "read/english/syntax.h"

namespace relata::english {

/// Gives every modifier of a shared head its own: "first, middle, and last names" becomes "first
/// name, middle name, and last names". Only modifiers that tell fields of one kind apart ("start
/// and end date", "billing and shipping address") are expanded; anything else is left alone.
void expand_shared_heads(Sentence& sentence);

}  // namespace relata::english
