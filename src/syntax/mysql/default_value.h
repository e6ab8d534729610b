#pragma once

#include <string>

#include "model/table.h"
#include "syntax/mysql/tree.h"

namespace relata::syntax::mysql {

/// The value that a literal default has in a column of that type, as the server shows it: 0 of '0'
/// in an int, '0' of 0 in a varchar, 0.00 in a decimal(10,2). Anything else comes back as it is.
[[nodiscard]] Node default_in_column(Node value, const Column& column);

}  // namespace relata::syntax::mysql
