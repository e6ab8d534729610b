#pragma once

#include <string>

#include "emit/drizzle/plan.h"

namespace relata::emit::drizzle {

/// schema.ts
[[nodiscard]] std::string schema_file(Plan& plan);
/// relations.ts
[[nodiscard]] std::string relations_file(Plan& plan);
/// drizzle.config.ts
[[nodiscard]] std::string config_file(const Plan& plan);
/// The first migration: the whole DDL, as drizzle-kit separates statements.
[[nodiscard]] std::string migration_file(const Plan& plan);
/// meta/_journal.json, which names that migration.
[[nodiscard]] std::string journal_file(const Plan& plan);

inline constexpr std::string_view first_migration = "0000_initial";

}  // namespace relata::emit::drizzle
