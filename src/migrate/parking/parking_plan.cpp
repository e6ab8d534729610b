#include "migrate/parking/parking_plan.h"

#include <map>
#include <utility>

#include "migrate/parking/parked.h"
#include "migrate/parking/parking_engine.h"
#include "migrate/parking/register.h"
#include "migrate/parking/set_aside.h"
#include "migrate/rename.h"
#include "model/questions.h"

namespace relata::migrate {
namespace {

/// "the column total of shop.orders".
std::string described(const Move& move) {
  const std::string owner = plain_name(move.from);
  if (move.kind == ParkedKind::column) return "the column " + move.column_from + " of " + owner;
  return "the " + std::string(parked_kind_name(move.kind)) + " " + owner;
}

class ParkingSteps {
 public:
  ParkingSteps(const SetAside& aside, const ParkingEngine& engine)
      : aside_(aside), engine_(engine) {}

  std::vector<Step> run() {
    prepare();
    for (const MissingValue& missing : aside_.missing) fill(missing);
    for (const Move& move : aside_.moves) park(move);
    return std::move(steps_);
  }

 private:
  [[nodiscard]] static Step contracting(std::string title) {
    Step step;
    step.phase = Phase::contract;
    step.title = std::move(title);
    return step;
  }

  /// The places, and the register of what is parked since when. It stays when all is undone: what
  /// was parked before may stand in it.
  void prepare() {
    Step step = contracting("make room for what is parked");
    step.forward.statements = engine_.make_register();
    for (const std::string& place : aside_.places) {
      step.forward.statements.push_back("CREATE SCHEMA " + engine_.dialect().identifier(place));
      step.back.statements.push_back("DROP SCHEMA " + engine_.dialect().identifier(place));
    }
    step.forward.transactional = step.back.transactional =
        engine_.engine().changes_schemas_in_transactions();
    steps_.push_back(std::move(step));
  }

  /// Going back, a column that is required needs a value in the rows that came meanwhile.
  void fill(const MissingValue& missing) {
    const std::string column = engine_.dialect().identifier(missing.column);
    Step step = contracting("let rows of " + plain_name(missing.table) + " come without " +
                            missing.column + ", which going back gives them " + missing.value);
    Action& back = step.back;
    const std::string set = column + " = " + missing.value;
    const std::string where = column + " IS NULL";
    back.statements = {"UPDATE " + engine_.engine().table_name(missing.table) + " SET " + set +
                       " WHERE " + where};
    back.settings = engine_.settings_for_rows();
    back.scans = true;
    if (!missing.key.empty()) back.backfill = Backfill{missing.table, missing.key, set, where};
    steps_.push_back(std::move(step));
  }

  void park(const Move& move) {
    const Move back = move.reversed();
    const std::string place =
        move.kind == ParkedKind::column ? move.column_to : plain_name(move.to);
    Step step = contracting("park " + described(move) + " as " + place);
    step.forward.statements = {engine_.statement(move),
                               register_statement(engine_, move, described(move))};
    step.back.statements = {engine_.statement(back), unregister_statement(engine_, move)};
    if (move.kind == ParkedKind::table) {
      step.forward.statements.push_back(relocate_statement(engine_, move.from, move.to));
      step.back.statements.push_back(relocate_statement(engine_, move.to, move.from));
    }
    engine_.describe(step.forward, move);
    engine_.describe(step.back, back);
    steps_.push_back(std::move(step));
  }

  const SetAside& aside_;
  const ParkingEngine& engine_;
  std::vector<Step> steps_;
};

void append(Plan& plan, std::vector<Step> steps) {
  for (Step& step : steps) plan.steps.push_back(std::move(step));
}

/// What comes once running code no longer uses what goes.
std::vector<Step> contracting(Plan plan) {
  for (Step& step : plan.steps) step.phase = Phase::contract;
  return std::move(plan.steps);
}

}  // namespace

Plan make_parking_plan(const Schema& from, const Schema& to, const PlanOptions& options,
                       DiagnosticSink& sink) {
  PlanOptions plain = options;
  plain.park = false;
  const ParkingEngine* engine = find_parking_engine(to.dialect);
  if (engine == nullptr) return make_plan(from, to, plain, sink);
  const SetAside aside =
      set_aside(renamed(from, options.renames), to, options.parked_names, *engine);
  if (aside.moves.empty()) return make_plan(from, to, plain, sink);
  Plan plan = make_plan(from, aside.together, plain, sink);
  plain.renames.clear();
  append(plan, contracting(make_plan(aside.together, aside.apart, plain, sink)));
  append(plan, ParkingSteps(aside, *engine).run());
  append(plan, contracting(make_plan(aside.rest, to, plain, sink)));
  return plan;
}

std::vector<Step> steps_beside_renames(const Schema& from, const std::vector<Rename>& renames) {
  std::vector<Step> steps;
  const ParkingEngine* engine = find_parking_engine(from.dialect);
  if (engine == nullptr) return steps;
  for (const Rename& rename : renames) {
    const Table* table = from.find_table(rename.table.schema, rename.table.name);
    if (!rename.column.empty() || table == nullptr || !has_parked_columns(*table)) continue;
    const QualifiedName called{rename.table.schema, rename.name};
    Step step;
    step.phase = Phase::contract;
    step.title =
        "note that what is parked in " + plain_name(rename.table) + " is in " + plain_name(called);
    step.forward.statements = {relocate_statement(*engine, rename.table, called)};
    step.back.statements = {relocate_statement(*engine, called, rename.table)};
    steps.push_back(std::move(step));
  }
  return steps;
}

Schema with_parked_columns(const Schema& from, const Schema& to) {
  Schema wanted = to;
  const ParkingEngine* engine = find_parking_engine(to.dialect);
  std::map<QualifiedName, Table*> tables;
  for (Table& table : wanted.tables)
    tables.emplace(QualifiedName{table.schema, table.name}, &table);
  for (const Table& table : from.tables) {
    const auto found = tables.find({table.schema, table.name});
    if (found == tables.end()) continue;
    bool changed = false;
    for (const Column& column : table.columns) {
      if (!is_parked_name(column.name) || found->second->find_column(column.name) != nullptr) {
        continue;
      }
      found->second->columns.push_back(column);
      changed = true;
    }
    if (changed && engine != nullptr) engine->settle(*found->second);
  }
  return wanted;
}

}  // namespace relata::migrate
