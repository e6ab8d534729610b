#include "migrate/check/watch.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace relata::migrate::check {
namespace {

constexpr std::chrono::milliseconds between_looks(3);

/// "AccessExclusiveLock" as SQL writes it.
std::string sql_mode(const std::string& mode) {
  std::vector<std::string> words = words_of(mode);
  if (!words.empty() && words.back() == "lock") words.pop_back();
  return to_upper(join(words, " "));
}

}  // namespace

std::string locks_of(const std::string& process) {
  return "SELECT CASE n.nspname WHEN 'public' THEN c.relname ELSE n.nspname || '.' || c.relname "
         "END, l.mode FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_class c ON c.oid = l.relation "
         "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE l.locktype = 'relation' "
         "AND l.granted AND l.pid = " +
         process +
         " AND c.relkind IN ('r', 'p', 'm') AND n.nspname NOT IN ('pg_catalog', "
         "'information_schema', 'relata') AND n.nspname NOT LIKE 'pg\\_%'";
}

LockWatch::LockWatch(std::unique_ptr<live::Session> session, std::string process)
    : session_(std::move(session)),
      process_(std::move(process)),
      looked_(Clock::now()),
      thread_([this] { look_on(); }) {}

LockWatch::~LockWatch() {
  done_ = true;
  thread_.join();
}

void LockWatch::look_on() {
  while (!done_) {
    look();
    std::this_thread::sleep_for(between_looks);
  }
}

void LockWatch::look() {
  const auto before = Clock::now();
  const auto rows = session_->run(locks_of(process_));
  const auto now = Clock::now();
  if (!rows) return;
  std::set<Key> seen;
  for (const live::Record& row : *rows) {
    seen.emplace(row[0].value_or(""), sql_mode(row[1].value_or("")));
  }
  const std::lock_guard guard(mutex_);
  for (const Key& key : seen) {
    Held& held = held_[key];
    if (!held.now) held.since = looked_;
    held.now = true;
    held.longest = std::max(held.longest,
                            std::chrono::duration<double, std::milli>(before - held.since).count());
  }
  for (auto& [key, held] : held_) {
    if (!seen.contains(key)) held.now = false;
  }
  looked_ = now;
}

void LockWatch::add(const std::string& table, const std::string& mode) {
  const std::lock_guard guard(mutex_);
  held_[{table, sql_mode(mode)}];
}

std::vector<LockSeen> LockWatch::take() {
  const std::lock_guard guard(mutex_);
  std::vector<LockSeen> seen;
  for (const auto& [key, held] : held_) seen.push_back({key.first, key.second, held.longest});
  held_.clear();
  return seen;
}

}  // namespace relata::migrate::check
