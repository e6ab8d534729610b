#pragma once

#include <string>

#include "migrate/postgres/twin.h"
#include "migrate/postgres/work.h"

namespace relata::migrate::postgres {

/// A column before and after, and what there is beside it at both times.
struct ColumnSwitch {
  const Piece* from = nullptr;  ///< The column's piece.
  const Piece* to = nullptr;
  TwinSource before;
  TwinSource after;
  /// Statements that tell the server what else belongs to the column: comments, settings, grants.
  std::vector<std::string> said_before;
  std::vector<std::string> said_after;
};

/// Gives a column another type while its table is in use: the new one is built beside it, a trigger
/// writes both, the rows are brought up to date in batches, the two change places, and later the
/// old one goes. The way back does the same.
/// Known as expand and contract, or parallel change (Martin Fowler, "ParallelChange", 2014).
void switch_column(const ColumnSwitch& change, Work& work);

}  // namespace relata::migrate::postgres
