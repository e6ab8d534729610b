#pragma once

#include <set>
#include <string>
#include <string_view>

namespace relata {

/// Adds every word of a text of SQL, as identifiers are written, in quotes (", `) or not. Words in
/// strings are among them.
void collect_identifiers(std::string_view text, std::set<std::string>& words);

}  // namespace relata
