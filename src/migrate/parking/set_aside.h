#pragma once

#include <set>
#include <string>
#include <vector>

#include "migrate/parking/parking_engine.h"
#include "migrate/plan.h"
#include "model/schema.h"

namespace relata::migrate {

/// A value that rows get on the way back which came while the column was parked, and so have none
/// where one is required.
struct MissingValue {
  QualifiedName table;
  std::string column;
  std::vector<std::string> key;  ///< Of the table while the column is parked; empty: none.
  std::string value;             ///< A literal of SQL.
};

/// What is set aside between two schemas, and what stands in between. All in the dialect's terms.
struct SetAside {
  std::vector<Move> moves;          ///< Tables before columns, then types and sequences.
  std::vector<std::string> places;  ///< Namespaces that are made for it.
  std::vector<MissingValue> missing;
  /// The wanted schema with what is set aside still there: columns let rows come in without them,
  /// tables are as they were.
  Schema together;
  /// The same when nothing leads to or from the tables any more, and their triggers do not fire.
  Schema apart;
  /// The wanted schema and what was kept only for what is set aside.
  Schema rest;
};

/// `from`: with all renames done. Tables and columns that are there and not wanted are set aside,
/// save where that cannot be: columns that are computed, or come from a table that stays; tables of
/// other servers, partitions and heirs of a table that stays, and tables by whose name something
/// else is called afterwards.
[[nodiscard]] SetAside set_aside(const Schema& from, const Schema& to,
                                 const std::set<std::string>& taken, const ParkingEngine& engine);

}  // namespace relata::migrate
