#include "migrate/mysql/table_delta.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "dialect/mysql_clauses.h"
#include "model/questions.h"
#include "syntax/mysql/character_sets.h"
#include "syntax/mysql/types.h"

namespace relata::migrate::mysql {
namespace {

using Names = std::set<std::string>;
using ColumnMap = std::map<std::string, const Column*>;

/// By name; case does not count in names of columns.
ColumnMap columns_by_name(const Table& table) {
  ColumnMap columns;
  for (const Column& column : table.columns) columns.emplace(to_lower(column.name), &column);
  return columns;
}

const Column* find(const ColumnMap& columns, std::string_view name) {
  const auto found = columns.find(to_lower(name));
  return found == columns.end() ? nullptr : found->second;
}

/// The checks that stand with a column, in a form that can be compared.
std::vector<Expression> checks_of(const Table& table, const Column& column) {
  std::vector<Expression> checks;
  for (const Check& check : table.checks) {
    if (check.column == column.name) checks.push_back(check.expression);
  }
  return checks;
}

bool is_same(const Column& from, const Table& from_table, const Column& to, const Table& to_table) {
  return from.name == to.name && from.nullable == to.nullable &&
         from.default_value == to.default_value && from.comment == to.comment &&
         from.on_update == to.on_update && from.invisible == to.invisible &&
         from.identity.has_value() == to.identity.has_value() &&
         checks_of(from_table, from) == checks_of(to_table, to) &&
         !changes_values(from, from_table, to, to_table);
}

/// What rows that are there get where a column without default is added.
std::string implicit_value(const Column& column) {
  if (column.nullable || column.default_value || column.generated || column.identity) return {};
  return " (rows that are there get its type's zero or empty value)";
}

class Columns {
 public:
  explicit Columns(TableDelta& delta)
      : delta_(delta),
        from_(*delta.from),
        to_(*delta.to),
        before_(columns_by_name(from_)),
        after_(columns_by_name(to_)) {}

  void run() {
    find_gathered();
    stores_ = std::any_of(to_.columns.begin(), to_.columns.end(), [&](const Column& column) {
      const Column* old = find(before_, column.name);
      return column.generated && column.generated->stored &&
             (old == nullptr || !is_same(*old, from_, column, to_));
    });
    for (const Column& column : to_.columns) {
      const Column* old = find(before_, column.name);
      if (old == nullptr) {
        add(column);
      } else if (!is_same(*old, from_, column, to_)) {
        modify(*old, column);
      }
    }
    for (const Column& column : from_.columns) {
      if (find(after_, column.name) == nullptr) drop(column);
    }
  }

  [[nodiscard]] const Names& gathered() const { return gathered_; }
  [[nodiscard]] const Names& remade() const { return remade_; }

 private:
  [[nodiscard]] static bool is_numbered(const Column* column) {
    return column != nullptr && column->identity.has_value();
  }

  /// Columns that must change together with keys: those of a primary key that changes, and those
  /// that the server numbers, which must be in a key at any time.
  void find_gathered() {
    if (delta_.key_changed) {
      for (const Table* table : {&from_, &to_}) {
        if (!table->primary_key) continue;
        for (const std::string& name : table->primary_key->columns) gather(name);
      }
    }
    for (const auto* columns : {&before_, &after_}) {
      for (const auto& [name, column] : *columns) {
        const Column* old = find(before_, name);
        const Column* made = find(after_, name);
        if (!is_numbered(column)) continue;
        const bool changes = is_numbered(old) != is_numbered(made);
        if (changes || delta_.key_changed) gathered_.insert(name);
      }
    }
  }

  void gather(std::string_view name) {
    const Column* old = find(before_, name);
    const Column* made = find(after_, name);
    const bool changes = old == nullptr || made == nullptr || !is_same(*old, from_, *made, to_);
    if (changes) gathered_.insert(to_lower(name));
  }

  [[nodiscard]] bool is_gathered(const Column& column) const {
    return gathered_.count(to_lower(column.name)) > 0;
  }

  [[nodiscard]] bool stays(const Column& column) const {
    return find(before_, column.name) != nullptr && find(after_, column.name) != nullptr;
  }

  /// Whether the statement that reshapes the table adds the column, or drops it.
  [[nodiscard]] bool is_reshaped(const Table& table, const Column& column) const {
    if (is_gathered(column) || is_period_bound(column)) return true;
    if (&table == &from_) return false;
    // A stored column may be computed from a virtual one, and the other way round.
    return cost_of_adding(column, delta_.traits) == Cost::copy || (column.generated && stores_);
  }

  /// " AFTER x" or " FIRST": its place among what is there by then. Empty where it comes last, and
  /// where generated columns would make the server copy the table for it.
  [[nodiscard]] std::string place(const Table& table, const Column& column, bool copies) const {
    if (delta_.traits.generated && !copies) return {};
    const auto own = static_cast<std::size_t>(&column - table.columns.data());
    const bool is_last =
        std::none_of(table.columns.begin() + static_cast<std::ptrdiff_t>(own) + 1,
                     table.columns.end(), [&](const Column& other) { return stays(other); });
    if (is_last) return {};
    std::string before;
    for (std::size_t i = 0; i < own; ++i) {
      const Column& other = table.columns[i];
      if (stays(other) || is_reshaped(table, column) || !is_reshaped(table, other)) {
        before = other.name;
      }
    }
    if (before.empty()) return " FIRST";
    return " AFTER " + clauses_.name(before);
  }

  /// The column's definition, with its character set where the table's changes too.
  [[nodiscard]] std::string definition(const Table& table, const Column& column) const {
    const bool named = delta_.characters_changed && delta_.characters_known &&
                       syntax::mysql::has_character_set(column.type) &&
                       !has_option(column.options, "BINARY");
    if (!named) return clauses_.column(table, column);
    Column full = column;
    full.collation = syntax::mysql::effective_collation(column, table);
    full.character_set = syntax::mysql::character_set_of(full.collation);
    return clauses_.column(table, full);
  }

  void add(const Column& column) {
    Change change;
    change.forward_cost = cost_of_adding(column, delta_.traits);
    change.back_cost = cost_of_dropping(column, delta_.traits);
    const bool gathered = is_gathered(column);
    if (column.identity) change.forward_cost = together(change.forward_cost, Cost::shared_rebuild);
    if (gathered) change.forward_cost = together(change.forward_cost, rebuild_of(delta_.traits));
    if (gathered) change.back_cost = Cost::copy;
    const bool reshaped = is_reshaped(to_, column);
    if (reshaped && column.generated) change.forward_cost = change.back_cost = Cost::copy;
    const bool copies = change.forward_cost == Cost::copy;
    change.stage = reshaped ? Stage::reshape : column.generated ? Stage::derive : Stage::grow;
    change.title = "add the column " + column.name + implicit_value(column);
    change.forward = {"ADD COLUMN " + definition(to_, column) + place(to_, column, copies)};
    change.back = {"DROP COLUMN " + clauses_.name(column.name)};
    if (is_period_bound(column)) make_period_bound(change);
    delta_.changes.push_back(std::move(change));
  }

  static void make_period_bound(Change& change) {
    change.stage = Stage::reshape;
    change.forward_cost = Cost::copy;
    change.back_cost = Cost::copy;
  }

  void drop(const Column& column) {
    Change change;
    change.forward_cost = cost_of_dropping(column, delta_.traits);
    change.back_cost = cost_of_adding(column, delta_.traits);
    const bool gathered = is_gathered(column);
    if (column.identity) change.back_cost = together(change.back_cost, Cost::shared_rebuild);
    if (gathered) {
      change.forward_cost = Cost::copy;
      change.back_cost = together(change.back_cost, rebuild_of(delta_.traits));
    }
    const bool copies = change.back_cost == Cost::copy;
    change.stage = gathered ? Stage::reshape : column.generated ? Stage::shed : Stage::shrink;
    change.title = "drop the column " + column.name;
    change.contracts = true;
    change.forward = {"DROP COLUMN " + clauses_.name(column.name)};
    change.back = {"ADD COLUMN " + definition(from_, column) + place(from_, column, copies)};
    if (!column.generated) {
      change.loss = "the values of the column " + column.name;
      change.refusal =
          "dropping the column " + from_.name + "." + column.name + " loses what it holds";
    }
    if (is_period_bound(column)) make_period_bound(change);
    delta_.retyped.insert(to_lower(column.name));
    delta_.changes.push_back(std::move(change));
  }

  void modify(const Column& old, const Column& made) {
    if (!can_modify(old, made)) return make_anew(old, made);
    Change change;
    change.forward_cost = cost_of_modifying(old, from_, made, to_, delta_.traits);
    change.back_cost = cost_of_modifying(made, to_, old, from_, delta_.traits);
    const Cost dearer = std::max(change.forward_cost, change.back_cost);
    change.stage = dearer > Cost::widening || is_gathered(made) ? Stage::reshape
                   : made.generated                             ? Stage::derive
                                                                : Stage::grow;
    change.title = "change the column " + made.name;
    change.from_column = &old;
    change.to_column = &made;
    change.forward = {modification(old.name, to_, made)};
    change.back = {modification(made.name, from_, old)};
    note_loss(change, old, made);
    note_values(old, made);
    if (old.nullable && !made.nullable && !old.generated && !made.generated) require(made);
    change.contracts = !change.loss.empty() || (old.nullable && !made.nullable);
    if (change.stage == Stage::reshape) gathered_.insert(to_lower(made.name));
    delta_.changes.push_back(std::move(change));
  }

  [[nodiscard]] std::string modification(const std::string& name, const Table& table,
                                         const Column& column) const {
    const std::string words =
        name == column.name ? "MODIFY COLUMN " : "CHANGE COLUMN " + clauses_.name(name) + " ";
    return words + definition(table, column);
  }

  /// Dropped and added by one statement: the server has no other way.
  void make_anew(const Column& old, const Column& made) {
    Change change;
    const bool plain_virtual =
        old.generated && made.generated && !old.generated->stored && !made.generated->stored;
    change.stage = Stage::reshape;
    change.forward_cost = change.back_cost = plain_virtual ? Cost::instant : Cost::copy;
    change.title = "make the column " + made.name + " anew";
    change.contracts = true;
    change.forward = {"DROP COLUMN " + clauses_.name(old.name),
                      "ADD COLUMN " + definition(to_, made) + place(to_, made, true)};
    change.back = {"DROP COLUMN " + clauses_.name(made.name),
                   "ADD COLUMN " + definition(from_, old) + place(from_, old, true)};
    if (!made.generated) {
      change.loss = "the values of the column " + made.name;
      change.refusal = "the values of " + to_.name + "." + made.name +
                       " would be lost: no statement turns its old form into the new one";
    } else {
      note_loss(change, old, made);
    }
    note_values(old, made);
    remade_.insert(to_lower(made.name));
    gathered_.insert(to_lower(made.name));
    delta_.changes.push_back(std::move(change));
  }

  void note_loss(Change& change, const Column& old, const Column& made) const {
    const std::string lost = narrowing(old, from_, made, to_);
    if (lost.empty()) return;
    change.loss = "in the column " + made.name + ": " + lost;
    change.refusal = "the column " + to_.name + "." + made.name + " would lose " + lost;
  }

  void note_values(const Column& old, const Column& made) {
    if (changes_values(old, from_, made, to_)) delta_.retyped.insert(to_lower(made.name));
    // A key that sets NULL holds its column's nullability.
    if (old.nullable != made.nullable) delta_.retyped.insert(to_lower(made.name));
  }

  void require(const Column& made) {
    Filling filling{made.name, {}};
    if (made.default_value && to_lower(made.default_value->text) != "null") {
      filling.value = clauses_.expression(*made.default_value);
    }
    delta_.fillings.push_back(std::move(filling));
  }

  TableDelta& delta_;
  const Table& from_;
  const Table& to_;
  ColumnMap before_;
  ColumnMap after_;
  Names gathered_;
  Names remade_;
  bool stores_ = false;  ///< A stored column is added or changed.
  MysqlClauses clauses_;
};

/// Where a table is copied anyway, its checks are looked at on the way.
void gather_copies(TableDelta& delta) {
  const bool copies =
      std::any_of(delta.changes.begin(), delta.changes.end(), [](const Change& change) {
        return change.stage == Stage::reshape && change.forward_cost == Cost::copy;
      });
  const bool derives =
      std::any_of(delta.changes.begin(), delta.changes.end(),
                  [](const Change& change) { return change.stage == Stage::derive; });
  if (!copies || derives) return;
  for (Change& change : delta.changes) {
    const bool looks = change.stage == Stage::constrain && change.forward_cost == Cost::copy;
    if (looks) change.stage = Stage::reshape;
  }
}

}  // namespace

bool has_other_key(const Table& from, const Table& to) {
  if (from.primary_key.has_value() != to.primary_key.has_value()) return true;
  if (!from.primary_key) return false;
  const PrimaryKey& a = *from.primary_key;
  const PrimaryKey& b = *to.primary_key;
  const bool same_columns = std::equal(
      a.columns.begin(), a.columns.end(), b.columns.begin(), b.columns.end(),
      [](const std::string& x, const std::string& y) { return to_lower(x) == to_lower(y); });
  return !same_columns || a.prefix_lengths != b.prefix_lengths || a.options != b.options ||
         a.comment != b.comment || !(a.algorithm == b.algorithm);
}

bool has_other_columns(const TableDelta& delta) {
  const ColumnMap before = columns_by_name(*delta.from);
  const ColumnMap after = columns_by_name(*delta.to);
  return !std::equal(before.begin(), before.end(), after.begin(), after.end(),
                     [](const auto& a, const auto& b) { return a.first == b.first; });
}

TableDelta compare_tables(const Table& from, const Table& to, bool exact) {
  TableDelta delta;
  delta.from = &from;
  delta.to = &to;
  delta.traits = traits_of(from, to);
  delta.key_changed = has_other_key(from, to);
  compare_characters(delta);
  Columns columns(delta);
  columns.run();
  compare_options(delta);
  compare_indexes(delta, exact, columns.gathered(), columns.remade());
  compare_checks(delta);
  compare_partitions(delta);
  gather_copies(delta);
  return delta;
}

}  // namespace relata::migrate::mysql
