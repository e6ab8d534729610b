#include "migrate/runner.h"

#include <algorithm>

#include "migrate/backfill.h"

namespace relata::migrate {
namespace {

std::string steps_of(const MarkedRun& run) {
  const std::size_t done = static_cast<std::size_t>(
      std::count_if(run.marks.begin(), run.marks.end(),
                    [](const Mark& mark) { return mark.state == StepState::done; }));
  return std::to_string(done) + " of " + std::to_string(run.marks.front().plan_steps) + " steps";
}

/// Whether all of a run's steps are done, so that another plan may follow.
bool is_complete(const MarkedRun& run) {
  return run.marks.empty() || (run.marks.size() == run.marks.back().plan_steps &&
                               run.marks.back().state == StepState::done);
}

/// The place of the first step that is not the plan's; the number of marks when all are.
std::size_t first_difference(const MarkedRun& run, const Plan& plan) {
  std::size_t place = 0;
  while (place < run.marks.size() && place < plan.steps.size() &&
         run.marks[place].content == content_of(plan.steps[place])) {
    ++place;
  }
  return place;
}

Failure other_plan(const MarkedRun& run, const Plan& plan, std::size_t difference) {
  const std::string number = std::to_string(difference + 1);
  std::string message = "another plan is under way on this database, of which " + steps_of(run) +
                        " are done: its step " + number + " is \"" + run.marks[difference].title +
                        "\"";
  message += difference < plan.steps.size()
                 ? ", this plan's is \"" + plan.steps[difference].title + "\""
                 : ", and this plan has only " + std::to_string(plan.steps.size());
  return {message, "run that one to its end or undo it, with its own folder, and then this one"};
}

}  // namespace

std::size_t Progress::done() const {
  return unfinished() == nullptr ? marks.size() : marks.size() - 1;
}

const Mark* Progress::unfinished() const {
  return marks.empty() || marks.back().state == StepState::done ? nullptr : &marks.back();
}

Runner::Runner(live::Session& session, const Plan& plan, RunListener& listener)
    : session_(session),
      plan_(plan),
      listener_(listener),
      engine_(*find_engine(session.dialect())),
      marks_(session, engine_),
      transactor_(session, engine_, listener) {}

Result<Progress> Runner::progress() {
  auto run = marks_.newest();
  if (!run) return tl::unexpected(run.error());
  const std::size_t difference = first_difference(*run, plan_);
  if (difference == run->marks.size()) {
    return Progress{std::max(run->number, 1), std::move(run->marks)};
  }
  if (is_complete(*run)) return Progress{run->number + 1, {}};
  return tl::unexpected(other_plan(*run, plan_, difference));
}

Result<Progress> Runner::open() {
  if (auto opened = transactor_.open(); !opened) return tl::unexpected(opened.error());
  if (auto made = marks_.make(); !made) return tl::unexpected(made.error());
  auto at = progress();
  if (at) run_ = at->run;
  return at;
}

Result<void> Runner::run(std::size_t wanted) {
  auto at = open();
  if (!at) return tl::unexpected(at.error());
  std::size_t place = at->done();
  if (const Mark* unfinished = at->unfinished(); unfinished != nullptr && place < wanted) {
    Task task{*unfinished, unfinished->state == StepState::undoing, true};
    if (auto done = perform(task); !done) return done;
    if (!task.back) ++place;
  }
  for (; place < std::min(wanted, plan_.steps.size()); ++place) {
    if (auto done = perform(task_at(place, false)); !done) return done;
  }
  return {};
}

Result<void> Runner::undo(std::size_t remaining) {
  const auto at = open();
  if (!at) return tl::unexpected(at.error());
  return go_back(*at, remaining);
}

Result<void> Runner::undo_one() {
  const auto at = open();
  if (!at) return tl::unexpected(at.error());
  return go_back(*at, at->marks.empty() ? 0 : at->marks.size() - 1);
}

Result<void> Runner::go_back(const Progress& at, std::size_t remaining) {
  if (at.marks.empty() && at.run > 1) {
    return tl::unexpected(Failure{"this plan was not run on the database: another one was, last",
                                  "undo that one with its own folder first"});
  }
  if (const Mark* unfinished = at.unfinished();
      unfinished != nullptr && at.marks.size() > remaining) {
    if (auto done = finish_by_the_way(*unfinished); !done) return done;
  }
  for (std::size_t place = at.done(); place > remaining; --place) {
    if (auto done = perform(task_at(place - 1, true)); !done) return done;
  }
  return {};
}

/// A step that is neither done nor open, before steps below it are taken back.
Result<void> Runner::finish_by_the_way(const Mark& mark) {
  const Step& step = plan_.steps[mark.place];
  if (mark.state == StepState::undoing) return perform({mark, true, true});
  // Part of the rows are done: the way back takes them as it takes all of them.
  if (step.forward.backfill) return perform({mark, true, false});
  const auto never = never_happened(mark);
  if (!never) return tl::unexpected(never.error());
  if (*never) return transactor_.run_all({marks_.remove(run_, mark.place)});
  if (auto done = perform({mark, false, true}); !done) return done;
  return perform(task_at(mark.place, true));
}

/// Whether nothing is left of a step that was broken off, after its cleanup where it has one.
Result<bool> Runner::never_happened(const Mark& mark) {
  const Task task{mark, false, true};
  const Action& action = action_of(task);
  if (!action.cleanup.empty()) {
    const auto cleaned = transactor_.alone([&] { return transactor_.run_all(action.cleanup); },
                                           [] { return Result<void>(); });
    if (!cleaned) return tl::unexpected(cleaned.error());
    return true;
  }
  return mark.statements_done == 0 && !mark.before_statement.empty() &&
         fingerprint(task) == mark.before_statement;
}

const Step& Runner::step_of(const Task& task) const { return plan_.steps[task.mark.place]; }

const Action& Runner::action_of(const Task& task) const {
  return task.back ? step_of(task).back : step_of(task).forward;
}

bool Runner::is_one_transaction(const Action& action) const {
  return action.statements.empty() ||
         (action.transactional && engine_.changes_schemas_in_transactions());
}

Runner::Task Runner::task_at(std::size_t place, bool back) const {
  Task task;
  task.mark.place = place;
  task.back = back;
  return task;
}

std::string Runner::begin_mark(const Task& task, const std::string& before) const {
  const std::size_t place = task.mark.place;
  if (task.back) return marks_.begin_undo(run_, place, before);
  return marks_.add(run_, place, step_of(task), plan_.steps.size(), StepState::running, before);
}

std::string Runner::end_mark(const Task& task) const {
  const std::size_t place = task.mark.place;
  if (task.back) return marks_.remove(run_, place);
  if (task.begun) return marks_.finish(run_, place);
  return marks_.add(run_, place, step_of(task), plan_.steps.size(), StepState::done);
}

/// What the database looks like around the step's next statement.
std::string Runner::fingerprint(const Task& task) {
  const Action& action = action_of(task);
  if (task.mark.statements_done >= action.statements.size()) return {};
  return engine_.fingerprint(session_, action.statements[task.mark.statements_done]);
}

Result<void> Runner::perform(Task task) {
  const Step& step = step_of(task);
  listener_.step(task.mark.place, step, task.back);
  const Result<void> done = act(task);
  listener_.step_ended(task.mark.place, task.back);
  if (done) return done;
  const std::string title = task.back ? "undo \"" + step.title + "\"" : step.title;
  return tl::unexpected(
      Failure{"could not " + title + " (step " + std::to_string(task.mark.place + 1) + " of " +
                  std::to_string(plan_.steps.size()) + "): " + done.error().message,
              done.error().help});
}

/// Under the step's own settings, which the next one does not see.
Result<void> Runner::act(Task& task) {
  const Action& action = action_of(task);
  if (auto set = transactor_.run_all(action.settings); !set) return set;
  Result<void> done = action.backfill              ? backfill(task)
                      : is_one_transaction(action) ? in_one_transaction(task)
                                                   : piece_by_piece(task);
  if (done && !action.settings.empty()) done = transactor_.set_up();
  return done;
}

Result<void> Runner::in_one_transaction(const Task& task) {
  return transactor_.together([&]() -> Result<void> {
    if (auto done = transactor_.run_all(action_of(task).statements); !done) return done;
    return transactor_.run_all({end_mark(task)});
  });
}

Result<void> Runner::backfill(Task& task) {
  if (!task.begun) {
    if (auto begun = transactor_.run_all({begin_mark(task, {})}); !begun) return begun;
    task.mark.last_key.clear();
    task.mark.rows_changed = 0;
    task.mark.rows_seen = 0;
    task.begun = true;
  }
  BackfillRun run(transactor_, marks_, run_, task.mark, action_of(task));
  if (auto done = run.finish(); !done) return done;
  return transactor_.run_all({end_mark(task)});
}

Result<void> Runner::piece_by_piece(Task& task) {
  if (task.begun) {
    if (auto ready = take_up(task); !ready) return ready;
  } else {
    task.mark.statements_done = 0;
    if (auto begun = transactor_.run_all({begin_mark(task, fingerprint(task))}); !begun) {
      return begun;
    }
    task.begun = true;
  }
  while (task.mark.statements_done < action_of(task).statements.size()) {
    const auto done =
        transactor_.alone([&] { return next_statement(task); }, [&] { return clean(task); });
    if (!done) return not_begun(task, done.error());
  }
  return {};
}

/// The step was broken off, and its next statement has happened, or not, or in part.
Result<void> Runner::take_up(Task& task) {
  listener_.note("it was broken off: going on");
  const Action& action = action_of(task);
  if (!action.cleanup.empty()) {
    return transactor_.alone([&] { return clean(task); }, [] { return Result<void>(); });
  }
  const std::string& before = task.mark.before_statement;
  if (before.empty() || before == fingerprint(task)) return {};
  ++task.mark.statements_done;
  const bool last = task.mark.statements_done == action.statements.size();
  return transactor_.run_all(
      {last ? end_mark(task)
            : marks_.advance(run_, task.mark.place, task.mark.statements_done, fingerprint(task))});
}

/// Runs the next statement together with its mark, as far as the engine lets it: one that changes
/// rows only is in one transaction with it, one that changes the schema ends the transaction.
Result<void> Runner::next_statement(Task& task) {
  const Action& action = action_of(task);
  Task after = task;
  const auto work = [&]() -> Result<void> {
    if (auto done = transactor_.run_all({action.statements[task.mark.statements_done]}); !done) {
      return done;
    }
    after.mark.statements_done = task.mark.statements_done + 1;
    const bool last = after.mark.statements_done == action.statements.size();
    return transactor_.run_all(
        {last ? end_mark(task)
              : marks_.advance(run_, task.mark.place, after.mark.statements_done,
                               fingerprint(after))});
  };
  if (!engine_.changes_schemas_in_transactions()) {
    auto done = transactor_.together_once(work);
    if (done) task = after;
    return done;
  }
  if (!engine_.wait_long().empty()) (void)session_.run(engine_.wait_long());
  auto done = work();
  if (done) task = after;
  return done;
}

/// Takes away what an attempt has left.
Result<void> Runner::clean(Task& task) {
  const Action& action = action_of(task);
  if (action.cleanup.empty()) return {};
  if (auto cleaned = transactor_.run_all(action.cleanup); !cleaned) return cleaned;
  task.mark.statements_done = 0;
  return transactor_.run_all({marks_.advance(run_, task.mark.place, 0, {})});
}

/// Makes it as if the step had not been begun, where nothing of it has happened.
Result<void> Runner::not_begun(const Task& task, const Failure& failure) {
  Task again = task;
  Failure told = failure;
  const bool cleaned = !action_of(task).cleanup.empty() && clean(again).has_value();
  if (cleaned || task.mark.statements_done == 0) {
    (void)session_.run(task.back ? marks_.finish(run_, task.mark.place)
                                 : marks_.remove(run_, task.mark.place));
  } else {
    told.help += (told.help.empty() ? "" : "; ") + std::string("of the step's statements ") +
                 std::to_string(task.mark.statements_done) +
                 " are done: the next run goes on behind them";
  }
  return tl::unexpected(std::move(told));
}

}  // namespace relata::migrate
