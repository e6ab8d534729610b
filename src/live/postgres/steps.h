#pragma once

#include <string>

#include "live/postgres/catalog.h"
#include "live/postgres/connection.h"

namespace relata::live::postgres {

// The queries of steps.def, for a major version of the server, and what takes in their rows.
#define RELATA_STEP(name)                            \
  [[nodiscard]] std::string name##_query(int major); \
  void read_##name(const Rows& rows, Catalog& catalog);
#include "live/postgres/steps.def"
#undef RELATA_STEP

}  // namespace relata::live::postgres
