#pragma once

#include <set>
#include <vector>

#include "migrate/plan.h"

namespace relata::migrate::postgres {

/// What renaming comes to.
struct Renaming {
  std::vector<Step> steps;  ///< Phases go up within what belongs together, not over the whole.
  /// Tables in which a column has both names until the contract phase: what else is changed in them
  /// comes after that.
  std::set<QualifiedName> waiting;
};

/// The steps that rename. A table is renamed at once, and a view keeps its old name until the
/// contract phase, unless its columns change as well (`changing`). A column of a large table is
/// built under its new name beside the old one, and both are written until the contract phase; of a
/// small one it is renamed at once.
[[nodiscard]] Renaming rename_steps(const Schema& from, const PlanOptions& options,
                                    const std::set<QualifiedName>& changing, DiagnosticSink& sink);

}  // namespace relata::migrate::postgres
