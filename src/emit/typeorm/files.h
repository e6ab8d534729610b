#pragma once

#include <string>
#include <vector>

#include "emit/typeorm/plan.h"

namespace relata::emit::typeorm {

/// entities/<Entity>.ts of a table.
[[nodiscard]] std::string entity_file(const Plan& plan, std::size_t table);
/// entities/<Entity>.ts of every view, in order.
[[nodiscard]] std::vector<std::string> view_files(const Plan& plan);
/// entities/index.ts: all of them, in one list.
[[nodiscard]] std::string index_file(const Plan& plan);
/// entities/transformers.ts; empty: no column needs one.
[[nodiscard]] std::string transformers_file(const Plan& plan);
[[nodiscard]] std::string data_source_file(const Plan& plan);
[[nodiscard]] std::string tsconfig_file();
/// migrations/1700000000000-Initial.ts
[[nodiscard]] std::string migration_file(const Plan& plan);
/// The class in it, and the file's name without its end.
inline constexpr std::string_view first_migration_class = "Initial1700000000000";
inline constexpr std::string_view first_migration_file = "1700000000000-Initial";

/// A migration as migrations/index.ts names it.
struct MigrationModule {
  std::string name;    ///< Of its class.
  std::string module;  ///< Where it is imported from: "./1700000000000-Initial.js".
};
/// migrations/index.ts: all of them in one list, oldest first, for the data source.
[[nodiscard]] std::string migration_index_file(const std::vector<MigrationModule>& migrations);

/// `import { a, b } from 'from';`, on lines when it is long.
[[nodiscard]] std::string import_line(const std::vector<std::string>& names,
                                      const std::string& from);

}  // namespace relata::emit::typeorm
