#pragma once

#include "design/design.h"

namespace relata::english {

/// Fills the two ledgers of a finished design: the assumptions that a person would most likely want
/// to see and change, the most consequential first, and the questions that the text leaves open. At
/// most a dozen of each; what is alike is one entry.
void write_ledgers(design::Design& design);

}  // namespace relata::english
