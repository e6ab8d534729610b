#include "migrate/postgres/work.h"

#include <utility>

#include "migrate/postgres/words.h"
#include "model/questions.h"

namespace relata::migrate::postgres {
namespace {

std::string concurrently(const std::string& statement) {
  constexpr std::string_view word = "INDEX ";
  std::string text = statement;
  text.insert(text.find(word) + word.size(), "CONCURRENTLY IF NOT EXISTS ");
  return text;
}

}  // namespace

void append(Statements& list, const Statements& more) {
  list.insert(list.end(), more.begin(), more.end());
}

void prepend(Statements& list, const Statements& more) {
  list.insert(list.begin(), more.begin(), more.end());
}

void append(std::vector<Step>& list, std::vector<Step> more) {
  for (Step& step : more) list.push_back(std::move(step));
}

Step plain_step(Phase phase, std::string title, std::vector<std::string> forward,
                std::vector<std::string> back, Lock lock, const std::string& on) {
  Step step;
  step.phase = phase;
  step.title = std::move(title);
  step.forward.statements = std::move(forward);
  step.back.statements = std::move(back);
  if (!step.forward.statements.empty()) set_lock(step.forward, lock, on);
  if (!step.back.statements.empty()) set_lock(step.back, lock, on);
  return step;
}

Step concurrent_index_step(Phase phase, const std::string& statement, const std::string& index,
                           const std::string& title) {
  Step step;
  step.phase = phase;
  step.title = title;
  step.forward.statements = {concurrently(statement)};
  step.forward.transactional = false;
  step.forward.scans = true;
  step.forward.cleanup = {"DROP INDEX CONCURRENTLY IF EXISTS " + index};
  step.back.statements = {"DROP INDEX CONCURRENTLY IF EXISTS " + index};
  step.back.transactional = false;
  for (Action* action : {&step.forward, &step.back}) {
    set_lock(*action, Lock::share_update_exclusive, {});
    // It waits for who began before it, and nobody waits for it meanwhile.
    action->settings.front() = "SET lock_timeout = 0";
  }
  return step;
}

Step reversed(Step step, std::string title) {
  std::swap(step.forward, step.back);
  step.title = std::move(title);
  return step;
}

Step validating_step(Phase phase, const Piece& constraint, const std::string& name, Way way) {
  Step step;
  step.phase = phase;
  step.title = std::string(way == Way::back ? "on the way back, " : "") + "check the rows of " +
               plain_name(constraint.owner) + " against " + name;
  Action& action = way == Way::forward ? step.forward : step.back;
  action.statements = {alter_table(constraint) + "VALIDATE CONSTRAINT " + quoted(name)};
  action.scans = true;
  set_lock(action, Lock::share_update_exclusive, {});
  return step;
}

}  // namespace relata::migrate::postgres
