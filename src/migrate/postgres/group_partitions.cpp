// Partitions that come and go while others use the whole table.
// https://www.postgresql.org/docs/current/sql-altertable.html (ATTACH PARTITION, DETACH PARTITION)
#include <algorithm>
#include <string>
#include <utility>

#include "migrate/postgres/group_work.h"
#include "migrate/postgres/words.h"
#include "model/questions.h"

namespace relata::migrate::postgres {
namespace {

/// Makes the table a partition again where detaching it was broken off.
std::string attaching_again(const Piece& attachment) {
  const std::string part = dialect().string_literal(quoted(attachment.owner));
  const std::string pending =
      "SELECT FROM pg_catalog.pg_inherits WHERE inhrelid = to_regclass(" + part + ")";
  return "DO " +
         dollar_quoted("BEGIN\n  IF EXISTS (" + pending + " AND inhdetachpending) THEN\n    " +
                       attachment.drop.front() + " FINALIZE;\n  END IF;\n  IF to_regclass(" + part +
                       ") IS NOT NULL AND NOT EXISTS (" + pending + ") THEN\n    " +
                       attachment.create.front() + ";\n  END IF;\nEND\n");
}

}  // namespace

/// Attaching a table holds up nobody but those of the partition for all other rows. Detaching it
/// waits for those who use the whole, and holds up none but those of the partition, unless there is
/// one for all others.
Step GroupWork::attaching(const Piece& attachment) const {
  const QualifiedName& whole = attachment.table->partition_of->parent;
  Step step = plain_step(
      Phase::expand,
      "make " + plain_name(attachment.owner) + " a partition of " + plain_name(whole),
      attachment.create, attachment.drop, Lock::share_update_exclusive, plain_name(whole));
  const QualifiedName* rest = partitions_.default_of(whole);
  if (rest != nullptr && *rest != attachment.owner) {
    // The server looks there for rows that would belong to this partition now.
    step.forward.scans = true;
    set_lock(step.forward, Lock::access_exclusive, plain_name(*rest));
  }
  Action& back = step.back;
  if (!is_large(whole, options_) || rest != nullptr) {
    set_lock(back, Lock::access_exclusive, plain_name(whole));
    return step;
  }
  back.transactional = false;
  back.statements = {attachment.drop.front() + " CONCURRENTLY"};
  back.cleanup = {attaching_again(attachment)};
  set_lock(back, Lock::access_exclusive, plain_name(attachment.owner));
  // It waits for who began before it, and nobody waits for it meanwhile.
  back.settings.front() = "SET lock_timeout = 0";
  return step;
}

/// Whether it takes one of the tables into a whole that is not among them, after it was made.
static bool is_of(const Piece& attachment, const std::set<std::size_t>& tables) {
  const bool whole_changes = std::any_of(attachment.needs.begin(), attachment.needs.end(),
                                         [&](std::size_t used) { return tables.count(used) > 0; });
  return attachment.kind == "attachment" && !attachment.within_owner &&
         attachment.table->partition_of && !whole_changes &&
         tables.count(attachment.owner_piece) > 0;
}

/// Puts a new table into a whole that others use.
bool GroupWork::attach(const Piece& attachment) {
  if (!is_of(attachment, created_)) return false;
  Step step = attaching(attachment);
  step.phase = work_.phase;
  work_.after.push_back(std::move(step));
  return true;
}

/// Takes a table that is dropped out of a whole that others use.
bool GroupWork::detach(const Piece& attachment) {
  if (!is_of(attachment, dropped_)) return false;
  const std::string title = "detach the partition " + plain_name(attachment.owner) + " from " +
                            plain_name(attachment.table->partition_of->parent);
  Step step = reversed(attaching(attachment), title);
  step.phase = work_.phase;
  work_.before.push_back(std::move(step));
  return true;
}

}  // namespace relata::migrate::postgres
