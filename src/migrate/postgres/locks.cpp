#include "migrate/postgres/locks.h"

#include <algorithm>
#include <array>

namespace relata::migrate::postgres {
namespace {

struct Row {
  std::string_view kind;
  Lock create;
  Lock alter;
  Lock drop;
};

// As measured on PostgreSQL 11 to 18. What is not here takes none on what others use.
constexpr std::array rows{
    Row{"table", Lock::none, Lock::access_exclusive, Lock::access_exclusive},
    Row{"column", Lock::access_exclusive, Lock::access_exclusive, Lock::access_exclusive},
    Row{"primary key", Lock::access_exclusive, Lock::access_exclusive, Lock::access_exclusive},
    Row{"unique", Lock::access_exclusive, Lock::access_exclusive, Lock::access_exclusive},
    Row{"check", Lock::access_exclusive, Lock::access_exclusive, Lock::access_exclusive},
    Row{"exclusion", Lock::access_exclusive, Lock::access_exclusive, Lock::access_exclusive},
    Row{"foreign key", Lock::share_row_exclusive, Lock::access_exclusive, Lock::access_exclusive},
    Row{"index", Lock::share, Lock::share_update_exclusive, Lock::access_exclusive},
    Row{"trigger", Lock::share_row_exclusive, Lock::share_row_exclusive, Lock::access_exclusive},
    Row{"policy", Lock::access_exclusive, Lock::access_exclusive, Lock::access_exclusive},
    Row{"rule", Lock::access_exclusive, Lock::access_exclusive, Lock::access_exclusive},
    Row{"row level security", Lock::access_exclusive, Lock::none, Lock::access_exclusive},
    Row{"forced row level security", Lock::access_exclusive, Lock::none, Lock::access_exclusive},
    Row{"attachment", Lock::access_exclusive, Lock::access_exclusive, Lock::access_exclusive},
    Row{"difference from parent", Lock::access_exclusive, Lock::none, Lock::none},
    Row{"table setting", Lock::access_exclusive, Lock::access_exclusive, Lock::access_exclusive},
    Row{"column default", Lock::access_exclusive, Lock::access_exclusive, Lock::none},
    Row{"column setting", Lock::share_update_exclusive, Lock::share_update_exclusive, Lock::none},
    Row{"comment", Lock::share_update_exclusive, Lock::share_update_exclusive,
        Lock::share_update_exclusive},
    Row{"view", Lock::none, Lock::access_exclusive, Lock::access_exclusive},
    Row{"materialized view", Lock::none, Lock::access_exclusive, Lock::access_exclusive},
    Row{"sequence", Lock::none, Lock::share_row_exclusive, Lock::access_exclusive},
    Row{"domain", Lock::none, Lock::share, Lock::none},
};

constexpr std::string_view words(Lock lock) {
  constexpr std::array<std::string_view, 5> names{"", "SHARE UPDATE EXCLUSIVE", "SHARE",
                                                  "SHARE ROW EXCLUSIVE", "ACCESS EXCLUSIVE"};
  return names[static_cast<std::size_t>(lock)];
}

}  // namespace

Lock lock_of(Doing doing, std::string_view kind) {
  for (const Row& row : rows) {
    if (row.kind != kind) continue;
    return doing == Doing::create ? row.create : doing == Doing::alter ? row.alter : row.drop;
  }
  return Lock::none;
}

void set_lock(Action& action, Lock lock, const std::string& on) {
  action.lock = words(lock);
  if (lock == Lock::access_exclusive) action.blocks = "reads and writes of " + on;
  if (lock == Lock::share || lock == Lock::share_row_exclusive) action.blocks = "writes of " + on;
  // Who waits for a lock holds up all who come after: better to give up, and try again.
  const bool brief = !action.scans && !action.rewrites && action.transactional;
  // Programs are made before, or after, what they speak of.
  const bool programs = std::any_of(action.statements.begin(), action.statements.end(),
                                    [](const std::string& statement) {
                                      return statement.starts_with("CREATE FUNCTION") ||
                                             statement.starts_with("CREATE OR REPLACE FUNCTION") ||
                                             statement.starts_with("CREATE PROCEDURE");
                                    });
  action.settings = {"SET lock_timeout = '2s'",
                     brief ? "SET statement_timeout = '30s'" : "SET statement_timeout = 0"};
  if (programs) action.settings.push_back("SET check_function_bodies = off");
}

}  // namespace relata::migrate::postgres
