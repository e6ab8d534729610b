#pragma once

#include <memory>
#include <optional>

#include "app/cli/console.h"
#include "app/cli/invocation.h"
#include "live/session.h"
#include "migrate/plan.h"

namespace relata::cli {

/// A plan and the database that it is for.
struct MigrationOnDatabase {
  migrate::Plan plan;
  std::unique_ptr<live::Session> session;
};

/// The plan in the folder that is the second argument, and the database that --db names; nothing
/// after a message.
[[nodiscard]] std::optional<MigrationOnDatabase> open_migration(const Invocation& invocation,
                                                                Console& console);

}  // namespace relata::cli
