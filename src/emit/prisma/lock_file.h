#pragma once

#include <string>

#include "model/schema.h"

namespace relata::emit::prisma7 {

/// migrations/migration_lock.toml: which kind of database the migrations are for.
[[nodiscard]] std::string lock_file(const Schema& schema);

}  // namespace relata::emit::prisma7
