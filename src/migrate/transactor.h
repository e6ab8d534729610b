#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "live/session.h"
#include "migrate/engine/engine.h"
#include "migrate/run_listener.h"

namespace relata::migrate {

/// Runs statements on a session that keeps other runs out, and runs them again when others were in
/// the way: with pauses that grow, each told, until it gives up after two minutes or so.
class Transactor {
 public:
  using Work = std::function<Result<void>()>;

  Transactor(live::Session& session, const Engine& engine, RunListener& listener)
      : session_(session), engine_(engine), listener_(listener) {}
  ~Transactor();
  Transactor(const Transactor&) = delete;
  Transactor& operator=(const Transactor&) = delete;

  /// Keeps other runs out, and sets the session up. A run that was killed may need a moment to go,
  /// so that it waits for a few seconds.
  [[nodiscard]] Result<void> open();
  /// Gives the session the settings that every step begins with.
  [[nodiscard]] Result<void> set_up();
  /// Does the work in one transaction: all of it, or nothing.
  [[nodiscard]] Result<void> together(const Work& work);
  /// The same, once.
  [[nodiscard]] Result<void> together_once(const Work& work);
  /// Does work outside of transactions; `clear` is done before it is tried again.
  [[nodiscard]] Result<void> alone(const Work& work, const Work& clear);
  /// Runs one statement, of which failures tell.
  [[nodiscard]] Result<std::vector<live::Record>> run(const std::string& statement);
  [[nodiscard]] Result<void> run_all(const std::vector<std::string>& statements);

  [[nodiscard]] live::Session& session() { return session_; }
  [[nodiscard]] const Engine& engine() const { return engine_; }
  [[nodiscard]] RunListener& listener() { return listener_; }

 private:
  [[nodiscard]] Result<void> again_and_again(const Work& attempt);
  [[nodiscard]] Result<void> check_session();

  live::Session& session_;
  const Engine& engine_;
  RunListener& listener_;
  std::string session_number_;
  live::Trouble trouble_ = live::Trouble::none;
  bool open_ = false;
};

}  // namespace relata::migrate
