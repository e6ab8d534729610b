#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "live/session.h"
#include "model/sql_text.h"

namespace relata::live {

/// About how many rows the tables of a database have. The server's own estimate counts where it has
/// one; else rows are counted up to `enough`, which is what the number then says. A table that
/// cannot be read is left out. Fails where the server does not tell what tables there are.
[[nodiscard]] Result<std::map<QualifiedName, std::uint64_t>> table_sizes(Session& session,
                                                                         std::uint64_t enough);

}  // namespace relata::live
