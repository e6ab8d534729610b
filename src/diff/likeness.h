#pragma once

#include <string>
#include <string_view>

#include "model/table.h"

namespace relata::diff {

/// How alike two names are, from 0 to 1: by the letters that must be changed, by the words that
/// they share, and by one being part of the other.
[[nodiscard]] double name_likeness(std::string_view first, std::string_view second);

/// How alike two columns are beside their names, from 0 to 1: type, NULL, default, and what is
/// generated.
[[nodiscard]] double column_likeness(const Column& first, const Column& second);

/// The column's type as it is compared; the names of enumerations are left out.
[[nodiscard]] std::string type_signature(const Column& column);

}  // namespace relata::diff
