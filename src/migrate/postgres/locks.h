#pragma once

#include <string>
#include <string_view>

#include "dialect/piece.h"
#include "migrate/plan.h"
#include "migrate/postgres/delta.h"

namespace relata::migrate::postgres {

/// Table-level locks, from the weakest on.
/// https://www.postgresql.org/docs/current/explicit-locking.html
enum class Lock {
  none,
  share_update_exclusive,
  share,
  share_row_exclusive,
  access_exclusive,
};

/// The lock that making, altering or dropping a piece takes on what exists.
[[nodiscard]] Lock lock_of(Doing doing, std::string_view kind);

/// Says in an action which lock it takes on the table, what waits meanwhile, and how long it waits
/// for the lock itself before it gives up.
void set_lock(Action& action, Lock lock, const std::string& on);

}  // namespace relata::migrate::postgres
