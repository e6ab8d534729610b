#include "migrate/check/check.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <thread>

#include "base/text.h"
#include "diff/diff.h"
#include "live/live.h"
#include "migrate/check/check_engine.h"
#include "migrate/check/clients.h"
#include "migrate/check/fill.h"
#include "migrate/check/rows.h"
#include "migrate/check/scratch.h"
#include "migrate/check/watch.h"
#include "migrate/engine/engine.h"
#include "migrate/parking/parked.h"
#include "migrate/runner.h"
#include "migrate/state.h"
#include "read/sql/sql.h"

namespace relata::migrate::check {
namespace {

using Clock = std::chrono::steady_clock;

/// Clients are at work for so long before the first step and after the last.
constexpr std::chrono::milliseconds around(300);

/// Hears the runner, and writes a report of each step.
class Observer : public RunListener {
 public:
  /// `running` is the session on which the plan is run, `aside` another one.
  Observer(LockWatch& watch, Clients& clients, live::Session& running, live::Session& aside,
           const CheckEngine& engine, const std::function<void(const std::string&)>& told)
      : watch_(watch),
        clients_(clients),
        running_(running),
        aside_(aside),
        engine_(engine),
        told_(told) {}

  void step(std::size_t place, const Step& step, bool back) override {
    told_((back ? "undo: " : "") + step.title);
    clients_.enter(++entered_);
    report_ = {};
    report_.number = place + 1;
    report_.back = back;
    report_.title = step.title;
    report_.phase = step.phase;
    action_ = back ? step.back : step.forward;
    files_ = engine_.places(aside_);
    scans_ = engine_.scans(running_);
    (void)watch_.take();
    began_ = Clock::now();
  }

  void step_ended(std::size_t, bool) override {
    report_.seconds = std::chrono::duration<double>(Clock::now() - began_).count();
    report_.locks = watch_.take();
    for (const auto& [table, file] : engine_.places(aside_)) {
      const auto before = files_.find(table);
      if (before != files_.end() && before->second != file) report_.rewritten.push_back(table);
    }
    report_.scanned.assign(scanned_.begin(), scanned_.end());
    scanned_.clear();
    reports_.push_back(std::move(report_));
    actions_.push_back(action_);
    clients_.enter(++entered_);
  }

  void before_commit(live::Session& session) override {
    // All that the transaction holds it has held until now.
    for (const auto& [table, mode] : engine_.locks_at_end(session)) watch_.add(table, mode);
    if (action_.backfill) return;
    for (const auto& [table, count] : engine_.scans(running_)) {
      const auto before = scans_.find(table);
      if (before == scans_.end() || before->second != count) scanned_.insert(table);
    }
  }

  void note(const std::string& text) override { told_("  " + text); }
  void backfilled(const BackfillProgress&) override {}

  /// With what the clients met in each step, once they are stopped.
  std::vector<StepReport> finish() {
    for (std::size_t i = 0; i < reports_.size(); ++i) {
      // Steps have odd places; what was between them is of even ones.
      const Clients::OfStep& met = clients_.steps()[2 * i + 1];
      reports_[i].longest_stall = met.longest;
      reports_[i].failures = met.failures;
      reports_[i].broken = engine_.broken(reports_[i], actions_[i]);
    }
    return std::move(reports_);
  }

 private:
  LockWatch& watch_;
  Clients& clients_;
  live::Session& running_;
  live::Session& aside_;
  const CheckEngine& engine_;
  const std::function<void(const std::string&)>& told_;
  std::size_t entered_ = 0;
  StepReport report_;
  Action action_;
  OfTables files_;
  OfTables scans_;
  std::set<std::string> scanned_;
  Clock::time_point began_;
  std::vector<StepReport> reports_;
  std::vector<Action> actions_;
};

Result<void> load(live::Session& session, const std::string& script, const std::string& name) {
  for (const std::string& statement :
       sql::split_statements(SourceFile{name, script}, session.dialect())) {
    if (auto done = session.run(statement); !done) {
      return tl::unexpected(
          Failure{name + " does not load on " + session.place() + ": " + done.error().message,
                  "the statement was: " + statement});
    }
  }
  return {};
}

Result<Schema> schema_of(const std::string& url) {
  DiagnosticSink unheard;
  auto schema = live::introspect(url, unheard);
  if (!schema) return schema;
  forget_state(*schema);
  forget_parked_objects(*schema);
  forget_parked_columns(*schema);
  return schema;
}

/// In what the schema of a database differs from what it should be, as sentences.
Result<std::vector<std::string>> differences(const Schema& wanted, const std::string& url,
                                             const std::string& when) {
  const auto schema = schema_of(url);
  if (!schema) return tl::unexpected(schema.error());
  std::vector<std::string> sentences;
  for (const diff::Change& change : diff::compare(wanted, *schema)) {
    if (change.attribute == diff::column_order) continue;
    sentences.push_back("the schema differs " + when + ": " + diff::describe(change));
  }
  return sentences;
}

/// One plan on one pair of databases.
class Check {
 public:
  Check(const CheckInput& input, const CheckEngine& engine,
        const std::function<void(const std::string&)>& told)
      : input_(input), engine_(engine), told_(told) {}

  Result<CheckReport> run() {
    for (const auto part : {&Check::build, &Check::fill, &Check::forward, &Check::back}) {
      if (auto done = (this->*part)(); !done) return tl::unexpected(done.error());
      if (stopped_) break;
    }
    return std::move(report_);
  }

 private:
  Result<void> build() {
    auto scratch = Scratch::open(input_.url, engine_);
    if (!scratch) return tl::unexpected(scratch.error());
    scratch_ = std::make_unique<Scratch>(std::move(*scratch));
    const auto target_url = scratch_->make("target");
    if (!target_url) return tl::unexpected(target_url.error());
    if (auto built = build_in(*target_url, input_.target, "target.sql", target_); !built) {
      return built;
    }
    const auto url = scratch_->make("work");
    if (!url) return tl::unexpected(url.error());
    url_ = *url;
    return build_in(url_, input_.start, "start.sql", start_);
  }

  Result<void> build_in(const std::string& url, const std::string& script, const std::string& name,
                        Schema& schema) {
    auto session = live::connect(url);
    if (!session) return tl::unexpected(session.error());
    if (auto loaded = load(**session, script, name); !loaded) return loaded;
    auto read = schema_of(url);
    if (!read) return tl::unexpected(read.error());
    schema = std::move(*read);
    return {};
  }

  Result<void> fill() {
    auto session = live::connect(url_);
    if (!session) return tl::unexpected(session.error());
    aside_ = std::move(*session);
    const std::vector<QualifiedName> changed = tables_changed(input_.plan, start_);
    told_("filling " + std::to_string(start_.tables.size()) + " tables");
    fillable_ = demands_of_both(start_, target_);
    seed::FillOptions options;
    options.other_rows = std::min<std::uint64_t>(options.other_rows, input_.rows);
    for (const QualifiedName& table : changed) options.rows[table] = input_.rows;
    const auto fills = fill_database(*aside_, engine_, fillable_, options, report_.tables);
    traffic_ =
        plan_traffic(*aside_, start_, target_, changed, fills, unstable_, report_.notes, engine_);
    for (const Traffic& traffic : traffic_) {
      if (traffic.inserts) settled_.insert(traffic.name);
    }
    same_ = common_columns(start_, target_, true, unstable_);
    common_ = common_columns(start_, loses_something() ? target_ : start_, false, unstable_);
    auto seen = see_rows(*aside_, same_, engine_);
    if (!seen) return tl::unexpected(seen.error());
    same_before_ = std::move(*seen);
    seen = see_rows(*aside_, common_, engine_);
    if (!seen) return tl::unexpected(seen.error());
    common_before_ = std::move(*seen);
    return {};
  }

  /// Where nothing is lost, undo gives back what the target does not have, too.
  [[nodiscard]] bool loses_something() const {
    return std::any_of(input_.plan.steps.begin(), input_.plan.steps.end(),
                       [](const Step& step) { return !step.loss.empty(); });
  }

  Result<void> forward() {
    if (auto done = under_load(false); !done) return done;
    return stopped_ ? Result<void>() : compare(target_, same_, same_before_, "after the run");
  }

  Result<void> back() {
    if (auto done = under_load(true); !done) return done;
    return stopped_ ? Result<void>() : compare(start_, common_, common_before_, "after the undo");
  }

  Result<void> under_load(bool back) {
    auto session = live::connect(url_);
    auto watching = live::connect(url_);
    if (!session) return tl::unexpected(session.error());
    if (!watching) return tl::unexpected(watching.error());
    const std::string query = engine_.process();
    const auto process = query.empty() ? std::nullopt : only_value(**session, query);
    for (const std::string& setting : engine_.watch_settings()) (void)(*watching)->run(setting);
    auto clients = Clients::start(url_, traffic_, 2 * input_.plan.steps.size() + 2, engine_);
    if (!clients) return tl::unexpected(clients.error());
    LockWatch watch(std::move(*watching), process.value_or("0"), engine_);
    Observer observer(watch, **clients, **session, *aside_, engine_, told_);
    Runner runner(**session, input_.plan, observer);
    std::this_thread::sleep_for(around);
    const auto done = back ? runner.undo(0) : runner.run(input_.plan.steps.size());
    std::this_thread::sleep_for(around);
    (*clients)->stop();
    report_.client_statements += (*clients)->statements();
    report_.client_failures += (*clients)->failures();
    for (const std::string& message : (*clients)->messages()) report_.failures.push_back(message);
    for (StepReport& step : observer.finish()) report_.steps.push_back(std::move(step));
    if (!done) {
      stopped_ = true;
      report_.broken.push_back(done.error().message +
                               (done.error().help.empty() ? "" : "; " + done.error().help));
    }
    return {};
  }

  Result<void> compare(const Schema& wanted, const ColumnsOf& columns,
                       const std::map<QualifiedName, RowsSeen>& before, const std::string& when) {
    auto differs = differences(wanted, url_, when);
    if (!differs) return tl::unexpected(differs.error());
    for (std::string& sentence : *differs) report_.broken.push_back(std::move(sentence));
    const auto after = see_rows(*aside_, columns, engine_);
    if (!after) return tl::unexpected(after.error());
    for (std::string& sentence : rows_lost(before, *after, settled_, when)) {
      report_.broken.push_back(std::move(sentence));
    }
    return {};
  }

  const CheckInput& input_;
  const CheckEngine& engine_;
  const std::function<void(const std::string&)>& told_;
  CheckReport report_;
  std::unique_ptr<Scratch> scratch_;
  std::string url_;
  bool stopped_ = false;  ///< A step could not be done.
  Schema start_;
  Schema target_;
  Schema fillable_;
  std::unique_ptr<live::Session> aside_;
  std::vector<Traffic> traffic_;
  std::set<seed::ColumnName> unstable_;
  std::set<QualifiedName> settled_;
  ColumnsOf same_;
  ColumnsOf common_;
  std::map<QualifiedName, RowsSeen> same_before_;
  std::map<QualifiedName, RowsSeen> common_before_;
};

}  // namespace

Result<CheckReport> check(const CheckInput& input,
                          const std::function<void(const std::string&)>& told) {
  const CheckEngine* engine = find_check_engine(input.plan.dialect);
  if (engine == nullptr) {
    return tl::unexpected(Failure{"plans for " + input.plan.dialect + " cannot be checked",
                                  "relata migrate run, and undo, on a copy of the database"});
  }
  return Check(input, *engine, told).run();
}

}  // namespace relata::migrate::check
