#pragma once

#include "dialect/piece.h"
#include "migrate/postgres/work.h"

namespace relata::migrate::postgres {

// How columns of a table that is in use come and become others. Each adds to the work, and says
// whether there is more to do than the one statement; else nothing was added.

/// A column whose values the server would write into every row, or that needs a value that nobody
/// gave: it comes without, gets its values in batches, and is then required.
[[nodiscard]] bool create_column_online(const Piece& piece, bool large, Work& work);

/// The steps that make a column NOT NULL with no more than a short look at the table: a constraint
/// that holds for new rows, a check of the old ones while others work, and then the word itself,
/// for which the server sees that no row can be wrong.
void require_column(const Piece& column, Phase phase, std::vector<Step>& steps);

}  // namespace relata::migrate::postgres
