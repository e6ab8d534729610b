#pragma once

#include <vector>

#include "model/schema.h"

namespace relata {

/// A table as it can be created: the foreign keys that may stand in its CREATE TABLE, because their
/// tables exist by then, and those of a cycle, which must be added when every table exists.
struct OrderedTable {
  const Table* table = nullptr;
  std::vector<const ForeignKey*> immediate;
  std::vector<const ForeignKey*> later;
};

/// The tables in an order in which each comes after those that it refers to, else in the schema's
/// own order; in a cycle, the first table of the schema comes first. Pointers into `schema`.
[[nodiscard]] std::vector<OrderedTable> table_order(const Schema& schema);

}  // namespace relata
