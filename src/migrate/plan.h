#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "model/schema.h"

namespace relata::migrate {

/// What a step is for: what running code does not notice, moving rows, and what only works once no
/// running code uses the old form.
enum class Phase { expand, backfill, contract };

/// One step of a migration: it is done as a whole or not at all.
struct Step {
  Phase phase = Phase::expand;
  std::string title;              ///< For people, a sentence without a full stop.
  std::vector<std::string> sql;   ///< Statements without semicolons.
  std::vector<std::string> undo;  ///< Statements that lead back to before the step.
  bool transactional = true;      ///< Can run inside of a transaction.
  std::string lock;               ///< Strongest lock that it takes on what exists; empty: none.
  std::string loss;               ///< What no undo brings back; empty: nothing is lost.
  bool operator==(const Step&) const = default;
};

struct Plan {
  std::string dialect;
  std::vector<Step> steps;
  bool operator==(const Plan&) const = default;
};

struct PlanOptions {
  bool allow_loss = false;  ///< Steps that lose data are wanted.
};

/// What leads from one schema to the other, both read in the same dialect. Where data would be lost
/// and that is not allowed, each loss is an error in the sink.
[[nodiscard]] Plan make_plan(const Schema& from, const Schema& to, const PlanOptions& options,
                             DiagnosticSink& sink);

}  // namespace relata::migrate
