#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "migrate/plan.h"
#include "model/schema.h"

namespace relata::migrate {

/// What a person says has another name now, as it was written: "orders" and "purchases",
/// "shop.orders.total" and "amount".
struct RenameRequest {
  std::string before;
  std::string after;
};

/// "before=after". Nothing where there is no such form.
[[nodiscard]] std::optional<RenameRequest> parse_rename(const std::string& text);

/// The renames that lead from one schema towards the other: those that are asked for, each of which
/// must fit both or is an error in the sink; and what the wanted schema says was called otherwise
/// (Schema::former_names), where that name is still there. Tables come before columns, and columns
/// name their table as it was.
[[nodiscard]] std::vector<Rename> resolve_renames(const Schema& from, const Schema& to,
                                                  const std::vector<RenameRequest>& requests,
                                                  DiagnosticSink& sink);

}  // namespace relata::migrate
