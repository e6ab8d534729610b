#include "migrate/check/watch.h"

#include <algorithm>
#include <set>

namespace relata::migrate::check {
namespace {

constexpr std::chrono::milliseconds between_looks(3);

}  // namespace

LockWatch::LockWatch(std::unique_ptr<live::Session> session, std::string process,
                     const CheckEngine& engine)
    : session_(std::move(session)),
      process_(std::move(process)),
      engine_(engine),
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
  const auto locks = engine_.locks(*session_, process_);
  const auto now = Clock::now();
  if (!locks) return;
  const std::set<Key> seen(locks->begin(), locks->end());
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
  held_[{table, mode}];
}

std::vector<LockSeen> LockWatch::take() {
  const std::lock_guard guard(mutex_);
  std::vector<LockSeen> seen;
  for (const auto& [key, held] : held_) seen.push_back({key.first, key.second, held.longest});
  held_.clear();
  return seen;
}

}  // namespace relata::migrate::check
