#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/table.h"

namespace relata::migrate::postgres {

// When a database that knew no tenants gets some, all rows that there are belong to a first one.

/// The first tenant's key as a literal, for a column that refers to it; nothing where the type is
/// none that Relata gives to ids. The same whenever and wherever it is planned.
[[nodiscard]] std::optional<std::string> first_tenant_key(const Type& type);

/// The statements that make the first tenant in its new table.
[[nodiscard]] std::vector<std::string> make_first_tenant(const Table& root);

}  // namespace relata::migrate::postgres
