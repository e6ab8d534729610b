// The steps from one schema of SQLite to another. SQLite looks at what views
// and triggers name when they are used, not when they are made, so that they
// need no order among themselves.
#include "migrate/sqlite/planner.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "dialect/table_order.h"
#include "diff/diff.h"
#include "migrate/sqlite/foreign_keys.h"
#include "migrate/sqlite/guard.h"
#include "migrate/sqlite/rebuild.h"
#include "migrate/sqlite/renames.h"
#include "migrate/sqlite/table_change.h"
#include "migrate/sqlite/texts.h"
#include "migrate/sqlite/virtual_table.h"

namespace relata::migrate::sqlite {
namespace {

const std::string& sql_of(const Trigger& trigger) {
  static const std::string none;
  const auto* body = std::get_if<TriggerBody>(&trigger.purpose);
  return body != nullptr ? body->sql : none;
}

/// By name in lower case, as SQLite compares them.
template <class T>
std::map<std::string, const T*> by_name(const std::vector<T>& objects) {
  std::map<std::string, const T*> map;
  for (const T& object : objects) map.emplace(to_lower(object.name), &object);
  return map;
}

template <class T>
const T* find(const std::map<std::string, const T*>& map, std::string_view name) {
  const auto found = map.find(to_lower(name));
  return found == map.end() ? nullptr : found->second;
}

template <class T>
const T* find_named(const std::vector<T>& objects, std::string_view name) {
  const auto found = std::find_if(objects.begin(), objects.end(),
                                  [&](const T& object) { return object.name == name; });
  return found == objects.end() ? nullptr : &*found;
}

/// Whether two views are the same as far as they say it themselves: what columns a query gives that
/// does not name them follows from its tables.
bool is_same(View a, View b) {
  if (!a.names_columns && !b.names_columns) a.columns = b.columns = {};
  return a == b;
}

/// Whose a name is: tables, views and indexes share one space of names,
/// triggers have their own.
using Owners = std::map<std::string, std::string>;

Owners owners_of(const Schema& schema) {
  Owners owners;
  const auto add = [&](std::string_view space, std::string_view name, std::string owner) {
    owners.emplace(std::string(space) + to_lower(name), std::move(owner));
  };
  for (const Table& table : schema.tables) {
    add("", table.name, "table");
    for (const Index& index : table.indexes) add("", index.name, "index " + to_lower(table.name));
    for (const Trigger& one : table.triggers) add("trigger ", one.name, to_lower(table.name));
  }
  for (const OtherObject& other : schema.others) add("", other.name, "virtual table");
  for (const View& view : schema.views) {
    add("", view.name, "view");
    for (const Trigger& one : view.triggers) add("trigger ", one.name, to_lower(view.name));
  }
  return owners;
}

/// Puts the steps together.
class Planner {
 public:
  Planner(const Schema& from, const Schema& to, const PlanOptions& options, DiagnosticSink& sink)
      : from_(from),
        to_(to),
        options_(options),
        sink_(sink),
        from_tables_(by_name(from.tables)),
        to_tables_(by_name(to.tables)),
        to_views_(by_name(to.views)),
        from_views_(by_name(from.views)),
        to_others_(by_name(to.others)),
        from_others_(by_name(from.others)),
        owners_(owners_of(to)),
        keys_(from, to),
        can_drop_(can_drop_columns(from) && can_drop_columns(to)) {}

  std::vector<Step> run() {
    find_changes();
    drop_parts();
    drop_whose_name_is_taken();
    for (const Table& table : to_.tables) {
      if (find(from_tables_, table.name) == nullptr) make_table_with_indexes(table);
    }
    for (const TableChange& changed : changed_) {
      if (!drops(changed)) change(changed);
    }
    make_indexes();
    make_views();
    make_virtual_tables();
    make_triggers();
    for (const TableChange& changed : changed_) {
      if (drops(changed)) change(changed);
    }
    check_keys_left();
    drop_tables();
    return std::move(steps_);
  }

 private:
  // --- what differs

  /// Tables whose own form differs, parents before their children as far as
  /// that goes.
  void find_changes() {
    std::set<std::string> names;
    for (const diff::Change& change : diff::compare(from_, to_)) {
      static const std::set<std::string_view> of_form{"table",       "column", "primary key",
                                                      "foreign key", "unique", "check"};
      if (of_form.count(change.object) == 0 || change.attribute == diff::column_order) continue;
      names.insert(to_lower(change.owner.name));
    }
    for (const OrderedTable& entry : table_order(to_)) {
      const std::string name = to_lower(entry.table->name);
      const Table* before = find(from_tables_, name);
      if (before == nullptr || names.count(name) == 0) continue;
      keys_.changes(*entry.table);
      add_changes(*before, *entry.table);
    }
  }

  void add_changes(const Table& before, const Table& after) {
    TableChange changed{&before, &after, {}, {}};
    if (before.name == after.name) changed.work = in_place(before, after, can_drop_);
    changed.lost = losses(rebuild_of(changed, Way::forward));
    if (!changed.work) rebuilt_.insert(to_lower(after.name));
    if (changed.work && !changed.work->added.empty() && !changed.work->dropped.empty()) {
      // What comes and what goes are steps apart: new code is deployed between
      // them.
      changed_.push_back({&before, &after, InPlace{changed.work->added, {}}, {}});
      changed.work->added.clear();
    }
    changed_.push_back(std::move(changed));
  }

  [[nodiscard]] bool is_rebuilt(const Table& table) const {
    return rebuilt_.count(to_lower(table.name)) > 0;
  }

  /// Whether something else has the name in the end.
  [[nodiscard]] bool is_taken(std::string_view space, std::string_view name,
                              const std::string& owner) const {
    const auto found = owners_.find(std::string(space) + to_lower(name));
    return found != owners_.end() && found->second != owner;
  }

  // --- what goes first

  /// Indexes and triggers that go or become others, and those whose name
  /// something else takes; what belongs to a table that is rebuilt or dropped
  /// otherwise goes with it.
  void drop_parts() {
    for (const Table& table : from_.tables) {
      const Table* after = find(to_tables_, table.name);
      const bool goes_along = after == nullptr || is_rebuilt(table);
      const std::string owner = to_lower(table.name);
      for (const Trigger& trigger : table.triggers) {
        const Trigger* same = goes_along ? nullptr : find_named(after->triggers, trigger.name);
        const bool drops = goes_along ? is_taken("trigger ", trigger.name, owner)
                                      : same == nullptr || !(*same == trigger);
        if (drops) drop_part("trigger", trigger.name, table.name, sql_of(trigger));
      }
      for (const Index& index : table.indexes) {
        const Index* same = goes_along ? nullptr : find_named(after->indexes, index.name);
        const bool drops = goes_along ? is_taken("", index.name, "index " + owner)
                                      : same == nullptr || !(*same == index);
        if (drops) drop_part("index", index.name, table.name, index.statement.text);
      }
    }
    for (const View& view : from_.views) {
      const View* after = find(to_views_, view.name);
      if (after == nullptr || !is_same(*after, view)) drop_view(view);
    }
  }

  void drop_part(const std::string& kind, const std::string& name, const std::string& table,
                 const std::string& made_by) {
    Step step = quick_step("drop the " + kind + " " + name + " of " + table);
    step.forward.statements = {"DROP " + to_upper(kind) + " " + quoted(name)};
    step.back.statements = {made_by};
    step.back.scans = kind == "index";
    gone_.insert(kind + " " + to_lower(name));
    steps_.push_back(std::move(step));
  }

  [[nodiscard]] static std::vector<std::string> statements_of(const View& view) {
    std::vector<std::string> statements{view.statement.text};
    for (const Trigger& trigger : view.triggers) statements.push_back(sql_of(trigger));
    return statements;
  }

  void drop_view(const View& view) {
    Step step = quick_step("drop the view " + view.name);
    step.forward.statements = {"DROP VIEW " + quoted(view.name)};
    step.back.statements = statements_of(view);
    steps_.push_back(std::move(step));
  }

  void drop_whose_name_is_taken() {
    for (const Table& table : from_.tables) {
      if (is_taken("", table.name, "table")) drop_table(table, Phase::expand);
    }
    for (const OtherObject& other : from_.others) {
      if (is_taken("", other.name, "virtual table")) drop_virtual(other, Phase::expand);
    }
  }

  // --- what comes

  void make_table_with_indexes(const Table& table) {
    Step step = quick_step("make the table " + table.name);
    step.forward.statements = {table.statement.text};
    for (const Index& index : table.indexes) {
      step.forward.statements.push_back(index.statement.text);
    }
    step.back.statements = {"DROP TABLE " + quoted(table.name)};
    step.back.settings = without_keys(table);
    steps_.push_back(std::move(step));
  }

  void make_indexes() {
    for (const Table& table : to_.tables) {
      const Table* before = find(from_tables_, table.name);
      if (before == nullptr || is_rebuilt(table)) continue;
      for (const Index& index : table.indexes) {
        const Index* same = find_named(before->indexes, index.name);
        if (same != nullptr && *same == index) continue;
        Step step = quick_step("make the index " + index.name + " of " + table.name);
        step.forward.statements = {index.statement.text};
        step.forward.scans = true;
        step.forward.blocks = while_read(table.name);
        step.back.statements = {"DROP INDEX " + quoted(index.name)};
        steps_.push_back(std::move(step));
      }
    }
  }

  void make_views() {
    for (const View& view : to_.views) {
      const View* before = find(from_views_, view.name);
      if (before != nullptr && is_same(*before, view)) continue;
      Step step = quick_step("make the view " + view.name);
      step.forward.statements = statements_of(view);
      step.back.statements = {"DROP VIEW " + quoted(view.name)};
      steps_.push_back(std::move(step));
    }
  }

  void make_triggers() {
    for (const Table& table : to_.tables) {
      const Table* before = find(from_tables_, table.name);
      if (before != nullptr && is_rebuilt(table)) continue;
      for (const Trigger& trigger : table.triggers) {
        const Trigger* same =
            before == nullptr ? nullptr : find_named(before->triggers, trigger.name);
        if (same != nullptr && *same == trigger) continue;
        Step step = quick_step("make the trigger " + trigger.name + " of " + table.name);
        step.forward.statements = {sql_of(trigger)};
        step.back.statements = {"DROP TRIGGER " + quoted(trigger.name)};
        steps_.push_back(std::move(step));
      }
    }
  }

  void make_virtual_tables() {
    for (const OtherObject& other : to_.others) {
      const OtherObject* before = find(from_others_, other.name);
      if (before == nullptr) {
        Step step = quick_step("make the virtual table " + other.name);
        step.forward.statements = make_virtual(other, has_content(other, Way::forward));
        step.back.statements = {"DROP TABLE " + quoted(other.name)};
        steps_.push_back(std::move(step));
      } else if (!(before->sql == other.sql)) {
        Step step = quick_step("make the virtual table " + other.name + " anew");
        const std::string aside = free_name(other.name);
        step.forward.statements = remake(*before, other, aside, has_content(other, Way::forward));
        step.back.statements = remake(other, *before, aside, has_content(*before, Way::back));
        step.forward.rewrites = step.back.rewrites = true;
        step.forward.blocks = step.back.blocks = while_copied(other.name);
        step.loss = loss_of_remake(*before, other);
        report(step.loss, step.title);
        steps_.push_back(std::move(step));
      }
    }
  }

  /// Whether what holds the virtual table's content is there when it is made on
  /// the way.
  [[nodiscard]] bool has_content(const OtherObject& table, Way way) const {
    const std::string content = read_virtual_table(table).content;
    if (way == Way::back) {
      return find(from_tables_, content) != nullptr || find(from_views_, content) != nullptr;
    }
    return find(to_tables_, content) != nullptr || find(to_views_, content) != nullptr;
  }

  // --- what becomes another

  [[nodiscard]] Rebuild rebuild_of(const TableChange& changed, Way way) const {
    Rebuild work;
    work.from = way == Way::forward ? changed.from : changed.to;
    work.to = way == Way::forward ? changed.to : changed.from;
    work.aside = free_name(changed.to->name);
    work.is_referenced = keys_.is_referenced(changed.to->name);
    work.way = way;
    work.allow_loss = options_.allow_loss;
    return work;
  }

  void change(const TableChange& changed) {
    Step step = quick_step(title_of(changed));
    step.phase = drops(changed) ? Phase::contract : Phase::expand;
    step.loss = join(changed.lost, "; ");
    for (const std::string& lost : changed.lost) report(lost, step.title);
    if (changed.work) {
      step.forward = altered(*changed.work, *changed.to);
      const auto back = reversed(*changed.work, *changed.from, can_drop_);
      step.back = back ? altered(*back, *changed.from) : rebuilt(changed, Way::back);
    } else {
      step.forward = rebuilt(changed, Way::forward);
      step.back = rebuilt(changed, Way::back);
      for (std::string& check : keys_.checks_within(*changed.from, *changed.to)) {
        step.forward.statements.push_back(std::move(check));
      }
    }
    keys_.has_changed(*changed.to);
    steps_.push_back(std::move(step));
  }

  /// The copy with what belongs to the table.
  [[nodiscard]] Action rebuilt(const TableChange& changed, Way way) const {
    const Rebuild work = rebuild_of(changed, way);
    Action action = quick_step({}).forward;
    action.settings = {std::string(keys_off)};
    action.statements = rebuild(work);
    // Where columns were dropped in place, what the target has was made before,
    // and goes later.
    const bool later = changed.work && drops(changed);
    add_parts(later ? *changed.to : *work.to, later || way == Way::forward, action);
    action.scans = action.rewrites = true;
    action.blocks = while_copied(work.to->name);
    return action;
  }

  /// The indexes and triggers of a table that is made; without `all`, those
  /// that steps of their own make again are left out.
  void add_parts(const Table& table, bool all, Action& action) const {
    for (const Index& index : table.indexes) {
      if (all || gone_.count("index " + to_lower(index.name)) == 0) {
        action.statements.push_back(index.statement.text);
      }
    }
    for (const Trigger& trigger : table.triggers) {
      if (all || gone_.count("trigger " + to_lower(trigger.name)) == 0) {
        action.statements.push_back(sql_of(trigger));
      }
    }
  }

  /// Foreign keys whose parents were not in their last form when the table was
  /// rebuilt.
  void check_keys_left() {
    for (auto& [table, statements] : keys_.checks_left()) {
      Step step = quick_step("check the foreign keys of " + table);
      step.forward.statements = std::move(statements);
      step.forward.scans = true;
      step.forward.blocks = while_read(table);
      steps_.push_back(std::move(step));
    }
  }

  // --- what goes last

  void drop_tables() {
    // What holds the content of another is there when that comes back.
    for (const OtherObject& other : from_.others) {
      if (find(to_others_, other.name) == nullptr && !is_taken("", other.name, "virtual table")) {
        drop_virtual(other, Phase::contract);
      }
    }
    // Children go before their parents.
    const std::vector<OrderedTable> order = table_order(from_);
    for (auto entry = order.rbegin(); entry != order.rend(); ++entry) {
      const Table& table = *entry->table;
      if (find(to_tables_, table.name) == nullptr && !is_taken("", table.name, "table")) {
        drop_table(table, Phase::contract);
      }
    }
  }

  void drop_table(const Table& table, Phase phase) {
    Step step = quick_step("drop the table " + table.name);
    step.phase = phase;
    if (keys_.is_referenced(table.name)) step.forward.statements = refuse_enforced_keys();
    step.forward.statements.push_back("DROP TABLE " + quoted(table.name));
    step.forward.settings = without_keys(table);
    step.back.statements = {table.statement.text};
    add_parts(table, false, step.back);
    step.loss = "the rows of " + table.name;
    report(step.loss, step.title);
    steps_.push_back(std::move(step));
  }

  void drop_virtual(const OtherObject& table, Phase phase) {
    Step step = quick_step("drop the virtual table " + table.name);
    step.phase = phase;
    step.forward.statements = {"DROP TABLE " + quoted(table.name)};
    step.back.statements = make_virtual(table, has_content(table, Way::back));
    const VirtualTable read = read_virtual_table(table);
    if (read.content.empty()) {
      step.loss = "the rows of " + table.name;
      report(step.loss, step.title);
    }
    steps_.push_back(std::move(step));
  }

  // --- small things

  [[nodiscard]] std::vector<std::string> without_keys(const Table& table) const {
    if (!keys_.is_referenced(table.name)) return {};
    return {std::string(keys_off)};
  }

  /// A name that neither schema has.
  [[nodiscard]] std::string free_name(const std::string& table) const {
    std::string name = "relata_new_" + table;
    while (find(from_tables_, name) != nullptr || find(to_tables_, name) != nullptr ||
           find(from_views_, name) != nullptr || find(to_views_, name) != nullptr) {
      name += "_";
    }
    return name;
  }

  void report(const std::string& loss, const std::string& title) {
    if (loss.empty() || options_.allow_loss) return;
    sink_.error("data-loss", "to " + title + " loses " + loss, {}, {}, loss_help);
  }

  const Schema& from_;
  const Schema& to_;
  const PlanOptions& options_;
  DiagnosticSink& sink_;
  std::map<std::string, const Table*> from_tables_;
  std::map<std::string, const Table*> to_tables_;
  std::map<std::string, const View*> to_views_;
  std::map<std::string, const View*> from_views_;
  std::map<std::string, const OtherObject*> to_others_;
  std::map<std::string, const OtherObject*> from_others_;
  Owners owners_;
  ForeignKeys keys_;
  bool can_drop_;
  std::vector<TableChange> changed_;
  std::set<std::string> rebuilt_;  ///< Tables, in lower case.
  std::set<std::string> gone_;     ///< Indexes and triggers that steps of their own drop.
  std::vector<Step> steps_;
};

}  // namespace

Plan make_sqlite_plan(const Schema& from, const Schema& to, const PlanOptions& options,
                      DiagnosticSink& sink) {
  Plan plan;
  plan.dialect = "sqlite";
  if (options.renames.empty()) {
    plan.steps = Planner(from, to, options, sink).run();
    return plan;
  }
  std::optional<Renamed> renamed = apply_renames(from, options.renames, sink);
  if (!renamed) return plan;
  plan.steps = std::move(renamed->steps);
  for (Step& step : Planner(renamed->schema, to, options, sink).run()) {
    plan.steps.push_back(std::move(step));
  }
  return plan;
}

}  // namespace relata::migrate::sqlite
