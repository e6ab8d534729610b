#pragma once

#include <string>

#include "dialect/dialect.h"
#include "model/type.h"

namespace relata::migrate {

/// What stands for a value that nobody gave, as a literal that every engine reads as one of the
/// type: 0, an empty text, the first day of 1970. Empty: there is none for such types.
[[nodiscard]] std::string missing_value(const Type& type, const Dialect& dialect);

}  // namespace relata::migrate
