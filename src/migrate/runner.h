#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"
#include "live/session.h"
#include "migrate/marks.h"
#include "migrate/plan.h"
#include "migrate/run_listener.h"
#include "migrate/transactor.h"

namespace relata::migrate {

/// What the database says of a plan.
struct Progress {
  int run = 1;              ///< The run's number.
  std::vector<Mark> marks;  ///< Of the steps that were begun, in order.

  /// How many steps are done.
  [[nodiscard]] std::size_t done() const;
  /// The step that is neither done nor open; null: there is none.
  [[nodiscard]] const Mark* unfinished() const;
};

/// Runs the steps of one plan on one database, one after the other, and remembers in a table of its
/// own (relata.steps where the engine has namespaces, else relata_steps) which were done. A step
/// and its mark are one transaction where the step can be in one. A step that cannot is marked
/// before and after, and taken up again where it was broken off: by its cleanup, or by what the
/// database looks like. One plan can be run after another.
class Runner {
 public:
  Runner(live::Session& session, const Plan& plan, RunListener& listener);

  /// How far the plan is; changes nothing. Fails when another plan is under way.
  [[nodiscard]] Result<Progress> progress();
  /// Runs what is still to be done until `wanted` steps are.
  [[nodiscard]] Result<void> run(std::size_t wanted);
  /// Goes back until `remaining` steps stand.
  [[nodiscard]] Result<void> undo(std::size_t remaining);
  /// Goes one step back.
  [[nodiscard]] Result<void> undo_one();

 private:
  /// One step that is being run or taken back.
  struct Task {
    Mark mark;
    bool back = false;
    bool begun = false;  ///< The database has a mark of it that says so.
  };

  [[nodiscard]] Result<Progress> open();
  [[nodiscard]] Result<void> go_back(const Progress& at, std::size_t remaining);
  [[nodiscard]] Result<void> perform(Task task);
  [[nodiscard]] Result<void> act(Task& task);
  [[nodiscard]] Result<void> in_one_transaction(const Task& task);
  [[nodiscard]] Result<void> backfill(Task& task);
  [[nodiscard]] Result<void> piece_by_piece(Task& task);
  [[nodiscard]] Result<void> take_up(Task& task);
  [[nodiscard]] Result<void> next_statement(Task& task);
  [[nodiscard]] Result<void> clean(Task& task);
  [[nodiscard]] Result<void> not_begun(const Task& task, const Failure& failure);
  [[nodiscard]] Result<void> finish_by_the_way(const Mark& mark);
  [[nodiscard]] Result<bool> never_happened(const Mark& mark);

  [[nodiscard]] const Step& step_of(const Task& task) const;
  [[nodiscard]] const Action& action_of(const Task& task) const;
  [[nodiscard]] bool is_one_transaction(const Action& action) const;
  [[nodiscard]] Task task_at(std::size_t place, bool back) const;
  [[nodiscard]] std::string begin_mark(const Task& task, const std::string& before) const;
  [[nodiscard]] std::string end_mark(const Task& task) const;
  [[nodiscard]] std::string fingerprint(const Task& task);

  live::Session& session_;
  const Plan& plan_;
  RunListener& listener_;
  const Engine& engine_;
  Marks marks_;
  Transactor transactor_;
  int run_ = 1;
};

}  // namespace relata::migrate
