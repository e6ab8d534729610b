#include "migrate/mysql/type_change.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "dialect/mysql_clauses.h"
#include "dialect/mysql_native.h"
#include "syntax/mysql/types.h"

namespace relata::migrate::mysql {
namespace {

namespace sql = syntax::mysql;

bool is_number(const Type& type) {
  static constexpr std::array<std::string_view, 6> names{"tinyint", "smallint", "mediumint",
                                                         "int",     "bigint",   "decimal"};
  return std::find(names.begin(), names.end(), sql::base_type(type)) != names.end();
}

bool is_text(const Type& type) {
  static constexpr std::array<std::string_view, 6> names{"char", "varchar",    "tinytext",
                                                         "text", "mediumtext", "longtext"};
  return std::find(names.begin(), names.end(), sql::base_type(type)) != names.end();
}

/// Whether values of both types are equal where one was assigned from the other.
bool compares(const Type& from, const Type& to) {
  return (is_number(from) && is_number(to)) || (is_text(from) && is_text(to));
}

bool names(std::string_view text, const std::string& column) {
  const std::vector<std::string> words = names_in_mysql(text);
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return to_lower(word) == column; });
}

/// Whether the table has something that stands on the column.
bool is_used(const Table& table, const std::string& column) {
  if (table.primary_key) {
    for (const std::string& key : table.primary_key->columns) {
      if (to_lower(key) == column) return true;
    }
  }
  for (const Index& index : table.indexes) {
    for (const IndexPart& part : index.parts) {
      if (names(part.expression.text, column)) return true;
    }
  }
  for (const Check& check : table.checks) {
    if (names(check.expression.text, column) || to_lower(check.column) == column) return true;
  }
  for (const Column& other : table.columns) {
    if (other.generated && names(other.generated->expression.text, column)) return true;
    if (other.default_value && names(other.default_value->text, column)) return true;
  }
  return table.partitioning && names(table.partitioning->text.text, column);
}

bool has_column(const Table& table, const std::string& name) {
  return std::any_of(table.columns.begin(), table.columns.end(),
                     [&](const Column& column) { return to_lower(column.name) == to_lower(name); });
}

/// Whether tables of such a kind gain and lose columns without being written anew, and have a key
/// to walk along.
bool can_carry(const TableDelta& delta) {
  const Traits& traits = delta.traits;
  const bool instant = traits.innodb && !traits.compressed && !traits.fulltext &&
                       !traits.indexed_generated && !traits.versioned;
  const bool key = delta.from->primary_key && !delta.key_changed &&
                   delta.from->primary_key->prefix_lengths.empty();
  return instant && key && delta.from->triggers.empty() && delta.to->triggers.empty() &&
         !delta.partitioning_changed && !delta.characters_changed;
}

/// One column on its way.
class TypeChange {
 public:
  TypeChange(const TableDelta& delta, const Column& from, const Column& to)
      : from_table_(*delta.from),
        to_table_(*delta.to),
        from_(from),
        to_(to),
        shadow_(MysqlDialect().fit("relata_" + from.name)),
        places_(!delta.traits.generated) {}

  [[nodiscard]] bool is_possible(const std::set<std::string>& keyed) const {
    const std::string name = to_lower(from_.name);
    return from_.name == to_.name && from_.nullable == to_.nullable && !from_.identity &&
           !to_.identity && !from_.generated && !to_.generated && !from_.on_update &&
           !to_.on_update && compares(from_.type, to_.type) &&
           from_.character_set == to_.character_set && from_.collation == to_.collation &&
           narrowing(from_, from_table_, to_, to_table_).empty() && keyed.count(name) == 0 &&
           !is_used(from_table_, name) && !is_used(to_table_, name) &&
           !has_column(from_table_, shadow_) && !has_column(to_table_, shadow_);
  }

  void add_to(TypeChangeSteps& steps) const {
    steps.expand.push_back(add_shadow());
    for (const std::string_view event : {"INSERT", "UPDATE"}) {
      steps.expand.push_back(make_trigger(event));
    }
    Step fill;
    fill.phase = Phase::backfill;
    fill.title = "write the values of " + place() + " in their new form into " + shadow_;
    fill.forward = backfill();
    steps.backfill.push_back(std::move(fill));
    steps.contract.push_back(swap());
    Step refill;
    refill.title =
        "on the way back, write the values of " + place() + " in their old form into " + shadow_;
    refill.back = backfill();
    steps.contract.push_back(std::move(refill));
    for (const std::string_view event : {"UPDATE", "INSERT"}) {
      Step made = make_trigger(event);
      Step gone;
      gone.title =
          "drop the trigger that kept both forms of " + place() + " alike on " + to_lower(event);
      gone.forward = made.back;
      gone.back = made.forward;
      steps.contract.push_back(std::move(gone));
    }
    steps.contract.push_back(drop_shadow());
    for (Step& step : steps.contract) step.phase = Phase::contract;
  }

 private:
  [[nodiscard]] std::string place() const { return from_table_.name + "." + from_.name; }
  [[nodiscard]] std::string table() const { return clauses_.name(from_table_.name); }

  /// The column under its other name. Who writes rows does not know it, so that it needs a default.
  [[nodiscard]] std::string shadow_definition(const Table& table, const Column& column) const {
    Column shadow = column;
    shadow.name = shadow_;
    if (!shadow.nullable && !shadow.default_value) {
      shadow.default_value =
          is_number(shadow.type) ? expression::number("0") : expression::string("");
    }
    return clauses_.column(table, shadow);
  }

  [[nodiscard]] Action alter(const std::string& clauses) const {
    Action action;
    action.statements = {"ALTER TABLE " + table() + " " + clauses + ", " +
                         algorithm_clause(Cost::instant)};
    describe_cost(action, Cost::instant, from_table_.name);
    return action;
  }

  [[nodiscard]] Action add(const Table& form, const Column& column) const {
    const std::string after = places_ ? " AFTER " + clauses_.name(from_.name) : "";
    return alter("ADD COLUMN " + shadow_definition(form, column) + after);
  }

  [[nodiscard]] Step add_shadow() const {
    Step step;
    step.title = "add the column " + shadow_ + " to " + from_table_.name + " for the new form of " +
                 from_.name;
    step.forward = add(to_table_, to_);
    step.back = alter("DROP COLUMN " + clauses_.name(shadow_));
    return step;
  }

  [[nodiscard]] Step drop_shadow() const {
    Step step;
    step.title = "drop the column " + shadow_ + " of " + from_table_.name + ", the old form of " +
                 from_.name;
    step.forward = alter("DROP COLUMN " + clauses_.name(shadow_));
    step.back = add(from_table_, from_);
    return step;
  }

  /// Whichever of the two has the column's name is written by others, before and after the swap.
  [[nodiscard]] Step make_trigger(std::string_view event) const {
    const std::string name = clauses_.name(MysqlDialect().fit("relata_" + from_table_.name + "_" +
                                                              from_.name + "_" + to_lower(event)));
    Step step;
    step.title = "keep both forms of " + place() + " alike on " + to_lower(event);
    step.forward.statements = {"CREATE TRIGGER " + name + " BEFORE " + std::string(event) + " ON " +
                               table() + " FOR EACH ROW SET NEW." + clauses_.name(shadow_) +
                               " = NEW." + clauses_.name(from_.name)};
    step.forward.cleanup = {"DROP TRIGGER IF EXISTS " + name};
    step.back.statements = step.forward.cleanup;
    step.forward.lock = step.back.lock = "metadata";
    step.forward.transactional = step.back.transactional = false;
    return step;
  }

  [[nodiscard]] Action backfill() const {
    const std::string shadow = clauses_.name(shadow_);
    const std::string column = clauses_.name(from_.name);
    std::string set = shadow + " = " + column;
    // Nobody wrote these rows: when they were changed last stays as it is.
    for (const Column& other : from_table_.columns) {
      if (!other.on_update) continue;
      set += ", " + clauses_.name(other.name) + " = " + clauses_.name(other.name);
    }
    const std::string where = "NOT (" + shadow + " <=> " + column + ")";
    Action action;
    action.statements = {"UPDATE " + table() + " SET " + set + " WHERE " + where};
    action.backfill = Backfill{
        {from_table_.schema, from_table_.name}, from_table_.primary_key->columns, set, where};
    action.lock = "rows";
    action.scans = true;
    return action;
  }

  [[nodiscard]] Step swap() const {
    const std::string shadow = clauses_.name(shadow_);
    const std::string column = clauses_.name(from_.name);
    const auto clauses = [&](const Table& old_table, const Column& old, const Table& new_table,
                             const Column& made) {
      return "CHANGE COLUMN " + column + " " + shadow_definition(old_table, old) +
             ", CHANGE COLUMN " + shadow + " " + clauses_.column(new_table, made);
    };
    Step step;
    step.title = "let both forms of " + place() + " change names";
    step.forward = alter(clauses(from_table_, from_, to_table_, to_));
    step.back = alter(clauses(to_table_, to_, from_table_, from_));
    return step;
  }

  const Table& from_table_;
  const Table& to_table_;
  const Column& from_;
  const Column& to_;
  std::string shadow_;
  bool places_;
  MysqlClauses clauses_;
};

bool copies(const Change& change) {
  return change.stage == Stage::reshape && change.forward_cost == Cost::copy;
}

}  // namespace

TypeChangeSteps take_type_changes(TableDelta& delta, const std::set<std::string>& keyed) {
  TypeChangeSteps steps;
  if (!can_carry(delta)) return steps;
  const bool all =
      std::all_of(delta.changes.begin(), delta.changes.end(), [&](const Change& change) {
        if (!copies(change)) return true;
        return change.from_column != nullptr &&
               TypeChange(delta, *change.from_column, *change.to_column).is_possible(keyed);
      });
  if (!all) return steps;
  for (const Change& change : delta.changes) {
    if (copies(change)) {
      TypeChange(delta, *change.from_column, *change.to_column).add_to(steps);
    }
  }
  std::erase_if(delta.changes, copies);
  return steps;
}

}  // namespace relata::migrate::mysql
