#pragma once

#include <string>
#include <vector>

#include "emit/output.h"

namespace relata::emit::sqlalchemy {

/// Alembic's files: its settings, its environment, the template of later migrations, and the first
/// migration, which holds the whole DDL.
[[nodiscard]] std::vector<OutputFile> migration_files(const TargetInput& input);

}  // namespace relata::emit::sqlalchemy
