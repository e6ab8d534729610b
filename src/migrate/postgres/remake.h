#pragma once

#include "migrate/postgres/switch_source.h"
#include "migrate/postgres/work.h"

namespace relata::migrate::postgres {

/// The statements that comment on a piece, and grant it.
[[nodiscard]] Statements said_of(const PiecesAt& at, std::size_t place);

/// Where a column's type changes, the server reads the expressions of indexes and checks that name
/// it again, with the casts that it had put into them: around the statements that change the column
/// they are taken down and made anew as they are meant. An index with an expression is built anew
/// in any case then, and a check looks at all rows.
void remake_expressions(const Piece& column, const PiecesAt& before, const PiecesAt& after,
                        Statements& forward, Statements& back);

/// Where a column's type changes in a partitioned table, the server makes its indexes anew and
/// those of the partitions with them, under names of its own: behind the statements that change the
/// column they get their names back.
void keep_part_names(const Piece& column, const PiecesAt& before, const PiecesAt& after,
                     Statements& forward, Statements& back);

}  // namespace relata::migrate::postgres
