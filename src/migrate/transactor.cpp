#include "migrate/transactor.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "base/text.h"

namespace relata::migrate {
namespace {

using Milliseconds = std::chrono::milliseconds;

constexpr int attempts_in_all = 15;
constexpr Milliseconds first_pause(250);
constexpr Milliseconds longest_pause(10'000);
/// How long a run waits for another one to go: a server takes a moment to notice that a program was
/// killed.
constexpr Milliseconds patience_with_runs(5'000);
constexpr Milliseconds between_looks(100);

std::string seconds_of(Milliseconds pause) {
  const auto hundredths = pause.count() / 10;
  std::string text = std::to_string(hundredths / 100);
  if (hundredths % 100 != 0) {
    const std::string rest = std::to_string(hundredths % 100);
    text += "." + std::string(rest.size() < 2 ? 1 : 0, '0') + rest;
  }
  return text + " s";
}

/// A statement on one line, not longer than a message should be.
std::string shown(const std::string& statement) {
  constexpr std::size_t longest = 400;
  const std::string line = replace_all(statement, "\n", " ");
  const std::string_view begin = clipped(line, longest);
  return std::string(begin) + (begin.size() < line.size() ? " ..." : "");
}

}  // namespace

Transactor::~Transactor() {
  if (open_) session_.let_others_in();
}

Result<void> Transactor::open() {
  const auto give_up = std::chrono::steady_clock::now() + patience_with_runs;
  for (bool told = false;;) {
    const auto holder = session_.keep_others_out();
    if (!holder) return tl::unexpected(holder.error());
    if (!*holder) break;
    if (std::chrono::steady_clock::now() >= give_up) {
      return tl::unexpected(
          Failure{"another migration is at work on " + session_.place() + ": " + **holder,
                  "wait until it is done; one that was killed goes when the server has noticed"});
    }
    if (!told) listener_.note("another migration is at work (" + **holder + "): waiting");
    told = true;
    std::this_thread::sleep_for(between_looks);
  }
  open_ = true;
  if (auto ready = set_up(); !ready) return ready;
  if (!engine_.session_number().empty()) {
    session_number_ = only_value(session_, engine_.session_number()).value_or("");
  }
  return {};
}

Result<void> Transactor::set_up() { return run_all(engine_.settings()); }

Result<std::vector<live::Record>> Transactor::run(const std::string& statement) {
  auto rows = session_.run(statement);
  trouble_ = session_.trouble();
  if (rows) return rows;
  Failure failure = rows.error();
  if (trouble_ == live::Trouble::connection_lost) {
    failure.help = "run it again when the server is there: it goes on where it was broken off";
  } else if (failure.help.empty()) {
    failure.help = "the statement was: " + shown(statement);
  }
  return tl::unexpected(std::move(failure));
}

Result<void> Transactor::run_all(const std::vector<std::string>& statements) {
  for (const std::string& statement : statements) {
    if (auto done = run(statement); !done) return tl::unexpected(done.error());
  }
  return {};
}

/// The lock that keeps other runs out belongs to a session of the server. What stands between and
/// gives each transaction another session (a pooler) would take us out of it.
Result<void> Transactor::check_session() {
  if (engine_.session_number().empty()) return {};
  const auto rows = run(engine_.session_number());
  if (!rows) return tl::unexpected(rows.error());
  if (!rows->empty() && rows->front()[0] == session_number_) return {};
  return tl::unexpected(
      Failure{"the server's session is another one than before: something between here and " +
                  session_.place() + " gives each transaction its own, such as a pooler",
              "connect to the server itself, or to a pool that keeps sessions together"});
}

Result<void> Transactor::together_once(const Work& work) {
  if (auto begun = run(engine_.begin()); !begun) return tl::unexpected(begun.error());
  Result<void> done = check_session();
  if (done) done = work();
  if (done) {
    listener_.before_commit(session_);
    if (auto committed = run("COMMIT"); !committed) done = tl::unexpected(committed.error());
  }
  // After the trouble was remembered: this is a statement too.
  if (!done) (void)session_.run("ROLLBACK");
  return done;
}

Result<void> Transactor::again_and_again(const Work& attempt) {
  Milliseconds pause = first_pause;
  for (int attempts = 1;; ++attempts) {
    trouble_ = live::Trouble::none;
    // Whatever the step's own settings say: those are for who runs its file.
    const std::string wait = engine_.wait_for_locks(attempts);
    if (!wait.empty()) (void)session_.run(wait);
    Result<void> done = attempt();
    if (done || trouble_ != live::Trouble::lock_not_had) return done;
    const auto oldest = engine_.oldest_transaction(session_);
    const std::string who = oldest ? "; the oldest transaction is of " + *oldest : "";
    if (attempts == attempts_in_all) {
      return tl::unexpected(
          Failure{done.error().message + ", " + std::to_string(attempts) + " times" + who,
                  "run it again when the database is less busy"});
    }
    listener_.note("others are in the way (" + done.error().message + "): attempt " +
                   std::to_string(attempts + 1) + " of " + std::to_string(attempts_in_all) +
                   " in " + seconds_of(pause) + who);
    std::this_thread::sleep_for(pause);
    pause = std::min(pause * 2, longest_pause);
  }
}

Result<void> Transactor::together(const Work& work) {
  return again_and_again([&] { return together_once(work); });
}

Result<void> Transactor::alone(const Work& work, const Work& clear) {
  bool first = true;
  return again_and_again([&]() -> Result<void> {
    if (!first) {
      if (auto cleared = clear(); !cleared) return cleared;
    }
    first = false;
    return work();
  });
}

}  // namespace relata::migrate
