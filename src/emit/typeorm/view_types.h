#pragma once

#include <string>
#include <vector>

#include "emit/typeorm/plan.h"

namespace relata::emit::typeorm {

/// TypeScript types of a view's columns, one each, as the driver gives their values (TypeORM
/// converts none): of those that the SELECT takes from a table as they are; of all others
/// "unknown".
[[nodiscard]] std::vector<std::string> view_types(const Plan& plan, const View& view);

}  // namespace relata::emit::typeorm
