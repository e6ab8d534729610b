#pragma once

#include <set>
#include <string>
#include <vector>

#include "emit/prisma/plan.h"

namespace relata::emit::prisma7 {

/// Views with those of their columns whose types are told by the tables that they read: the ones
/// that stand there under their own names. A view of which nothing is told is left out. In the
/// order of Schema::views; each ends with @@schema, whose name is added to `namespaces`.
[[nodiscard]] std::vector<Block> view_blocks(const Schema& schema, const CodeNames& names,
                                             const std::vector<Model>& models,
                                             std::set<std::string>& namespaces);

}  // namespace relata::emit::prisma7
