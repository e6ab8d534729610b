#pragma once

#include <optional>

#include "migrate/plan.h"

namespace relata::migrate::sqlite {

/// A schema after its renames, and the steps that lead there.
struct Renamed {
  Schema schema;
  std::vector<Step> steps;
};

/// Renames tables and columns as SQLite does it, with what views, triggers and keys say of them:
/// its own engine does it to an empty database. What it refuses is an error in the sink, and then
/// there is no result.
[[nodiscard]] std::optional<Renamed> apply_renames(const Schema& from,
                                                   const std::vector<Rename>& renames,
                                                   DiagnosticSink& sink);

}  // namespace relata::migrate::sqlite
