// The steps from one schema of MySQL or MariaDB to another.
#include "migrate/mysql/planner.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "migrate/mysql/foreign_keys.h"
#include "migrate/mysql/programs.h"
#include "migrate/mysql/renames.h"
#include "migrate/mysql/steps.h"
#include "migrate/mysql/table_delta.h"
#include "migrate/mysql/type_change.h"
#include "migrate/rename.h"
#include "model/questions.h"

namespace relata::migrate::mysql {
namespace {

/// Puts the steps together.
class Planner {
 public:
  Planner(const Schema& from, const Schema& to, const PlanOptions& options, DiagnosticSink& sink)
      : from_(from), to_(to), options_(options), sink_(sink) {
    compare_all();
    keys_ = plan_keys(from_, to_, deltas_);
    take_large_type_changes();
    programs_ = Programs(from_, to_, tables_with_other_columns());
  }

  Plan run() {
    change_database();
    add(sequence_steps(from_, to_));
    add(programs_.early_steps());
    drop_keys();
    alter(Stage::take_down);
    for (const Table* table : keys_.made) add(create_table_step(*table, keys_.within[table]));
    alter(Stage::grow);
    for (TypeChangeSteps& steps : type_changes_) add(std::move(steps.expand));
    fill();
    for (TypeChangeSteps& steps : type_changes_) add(std::move(steps.backfill));
    for (TypeChangeSteps& steps : type_changes_) add(std::move(steps.contract));
    for (const Stage stage :
         {Stage::reshape, Stage::derive, Stage::index, Stage::constrain, Stage::partition}) {
      alter(stage);
    }
    add_keys();
    add(programs_.steps());
    alter(Stage::thin);
    alter(Stage::shed);
    alter(Stage::shrink);
    for (const Table* table : keys_.gone) drop(*table);
    add(programs_.late_steps());
    for (Step& step : dropped_sequence_steps(from_, to_)) {
      refuse(step.loss + " would be lost");
      add(std::move(step));
    }
    return std::move(plan_);
  }

 private:
  void compare_all() {
    // A server says which collation the database has, a file most often not.
    const bool exact = from_.collation.text.empty() && to_.collation.text.empty();
    std::map<QualifiedName, const Table*> after;
    for (const Table& table : to_.tables) after.emplace(name_of(table), &table);
    for (const Table& table : from_.tables) {
      const auto made = after.find(name_of(table));
      if (made == after.end()) continue;
      deltas_.emplace(name_of(table), compare_tables(table, *made->second, exact));
    }
  }

  /// Of tables of which somebody says that they are large: of others the short way is taken, which
  /// holds whatever stands on the columns.
  void take_large_type_changes() {
    std::map<QualifiedName, std::set<std::string>> keyed;
    for (const Schema* schema : {&from_, &to_}) {
      for (const Table& table : schema->tables) {
        for (const ForeignKey& key : table.foreign_keys) {
          for (const std::string& name : key.columns) keyed[name_of(table)].insert(to_lower(name));
          for (const std::string& name : key.referenced) {
            keyed[{key.table_schema, key.table}].insert(to_lower(name));
          }
        }
      }
    }
    for (auto& [name, delta] : deltas_) {
      if (options_.rows.count(name) == 0 || !is_large(name, options_)) continue;
      type_changes_.push_back(take_type_changes(delta, keyed[name]));
    }
  }

  [[nodiscard]] std::set<std::string> tables_with_other_columns() const {
    std::set<std::string> names;
    for (const auto& [name, delta] : deltas_) {
      if (has_other_columns(delta)) names.insert(name.name);
    }
    return names;
  }

  void add(Step step) {
    // What comes behind a later phase belongs to it.
    if (!plan_.steps.empty()) step.phase = std::max(step.phase, plan_.steps.back().phase);
    plan_.steps.push_back(std::move(step));
  }

  void add(std::vector<Step> steps) {
    for (Step& step : steps) add(std::move(step));
  }

  void refuse(const std::string& why) {
    if (options_.allow_loss) return;
    sink_.error("data-loss", why, {}, {}, loss_help);
  }

  /// Only where both say it: what a file leaves unsaid is the server's own.
  void change_database() {
    const auto differs = [](const Implied& a, const Implied& b) { return !(a == b); };
    if (!differs(from_.character_set, to_.character_set) &&
        !differs(from_.collation, to_.collation)) {
      return;
    }
    const auto statement = [](const Schema& schema) {
      std::string text = "ALTER DATABASE";
      if (!schema.character_set.text.empty()) {
        text += " CHARACTER SET = " + schema.character_set.text;
      }
      if (!schema.collation.text.empty()) text += " COLLATE = " + schema.collation.text;
      return text;
    };
    Step step;
    step.title = "change the character set of the database";
    step.forward.statements = {statement(to_)};
    step.back.statements = {statement(from_)};
    step.forward.transactional = step.back.transactional = false;
    add(std::move(step));
  }

  void alter(Stage stage) {
    for (const auto& [name, delta] : deltas_) {
      std::vector<const Change*> changes;
      for (const Change& change : delta.changes) {
        if (change.stage != stage) continue;
        if (!change.refusal.empty()) refuse(change.refusal);
        if (change.is_partitioning || (change.alone && stage != Stage::reshape)) {
          add(alter_step(delta, {&change}));
        } else {
          changes.push_back(&change);
        }
      }
      if (!changes.empty()) add(alter_step(delta, changes));
    }
  }

  void fill() {
    for (const auto& [name, delta] : deltas_) {
      for (const Filling& filling : delta.fillings) add(filling_step(delta, filling));
    }
  }

  /// The keys of each table together, in the order of the list.
  static std::vector<std::vector<TableKey>> by_table(const std::vector<TableKey>& keys) {
    std::vector<std::vector<TableKey>> groups;
    for (const TableKey& entry : keys) {
      if (groups.empty() || groups.back().front().table != entry.table) groups.emplace_back();
      groups.back().push_back(entry);
    }
    return groups;
  }

  void drop_keys() {
    for (const auto& group : by_table(keys_.dropped)) {
      add(disconnect_steps(group, is_large(name_of(*group.front().table), options_)));
    }
  }

  void add_keys() {
    for (const auto& group : by_table(keys_.added)) {
      const QualifiedName table = name_of(*group.front().table);
      const bool stood = deltas_.count(table) > 0;
      add(connect_steps(group, stood && is_large(table, options_)));
    }
  }

  void drop(const Table& table) {
    refuse("dropping the table " + table.name + " loses its rows");
    add(drop_table_step(table, keys_.within[&table]));
  }

  const Schema& from_;
  const Schema& to_;
  const PlanOptions& options_;
  DiagnosticSink& sink_;
  std::map<QualifiedName, TableDelta> deltas_;
  KeyPlan keys_;
  Programs programs_;
  std::vector<TypeChangeSteps> type_changes_;
  Plan plan_;
};

}  // namespace

Plan make_mysql_plan(const Schema& from, const Schema& to, const PlanOptions& options,
                     DiagnosticSink& sink) {
  Plan plan;
  if (options.renames.empty()) {
    plan = Planner(from, to, options, sink).run();
  } else {
    Schema start = renamed(from, options.renames);
    std::vector<Step> first = take_renamed_programs(from, start, to, options.renames);
    const PlanOptions after = after_renames(options);
    plan = Planner(start, to, after, sink).run();
    std::vector<Step> renames = rename_steps(options.renames);
    first.insert(first.end(), std::make_move_iterator(renames.begin()),
                 std::make_move_iterator(renames.end()));
    plan.steps.insert(plan.steps.begin(), std::make_move_iterator(first.begin()),
                      std::make_move_iterator(first.end()));
  }
  plan.dialect = "mysql";
  return plan;
}

}  // namespace relata::migrate::mysql
