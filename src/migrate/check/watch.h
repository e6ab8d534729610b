#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "live/session.h"
#include "migrate/check/check_engine.h"
#include "migrate/check/report.h"

namespace relata::migrate::check {

/// Looks every few milliseconds, on a session and a thread of its own, which locks hold others up,
/// and for how long.
class LockWatch {
 public:
  LockWatch(std::unique_ptr<live::Session> session, std::string process, const CheckEngine& engine);
  ~LockWatch();
  LockWatch(const LockWatch&) = delete;
  LockWatch& operator=(const LockWatch&) = delete;

  /// What was seen since the last call; the longest of each lock.
  [[nodiscard]] std::vector<LockSeen> take();
  /// A lock that was certainly held, however briefly.
  void add(const std::string& table, const std::string& mode);

 private:
  using Clock = std::chrono::steady_clock;
  using Key = std::pair<std::string, std::string>;
  struct Held {
    Clock::time_point since;  ///< When it was not seen last.
    bool now = false;
    double longest = 0;
  };

  void look_on();
  void look();

  std::unique_ptr<live::Session> session_;
  std::string process_;
  const CheckEngine& engine_;
  std::mutex mutex_;
  std::map<Key, Held> held_;
  Clock::time_point looked_;
  std::atomic<bool> done_ = false;
  std::thread thread_;
};

}  // namespace relata::migrate::check
