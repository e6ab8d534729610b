// Indexes, the primary key and checks.
#include <algorithm>
#include <map>

#include "base/text.h"
#include "dialect/mysql_clauses.h"
#include "migrate/mysql/table_delta.h"

namespace relata::migrate::mysql {
namespace {

using Names = std::set<std::string>;

/// Whether both make the same index; `exact`: USING counts where only one of them says it.
bool is_same(const Index& from, const Index& to, bool exact) {
  if (!(from == to)) return false;
  return !exact || from.algorithm.text == to.algorithm.text;
}

template <class Object>
std::map<std::string, const Object*> by_name(const std::vector<Object>& objects) {
  std::map<std::string, const Object*> found;
  for (const Object& object : objects) found.emplace(to_lower(object.name), &object);
  return found;
}

bool names_any(const Index& index, const Names& columns) {
  return std::any_of(index.parts.begin(), index.parts.end(), [&](const IndexPart& part) {
    return columns.count(to_lower(part.expression.text)) > 0;
  });
}

class Indexes {
 public:
  Indexes(TableDelta& delta, bool exact, const Names& gathered, const Names& remade)
      : delta_(delta),
        exact_(exact),
        gathered_(gathered),
        remade_(remade),
        before_(by_name(delta.from->indexes)),
        after_(by_name(delta.to->indexes)) {}

  void run() {
    compare_key();
    find_renames();
    for (const Index& index : delta_.from->indexes) {
      const auto made = after_.find(to_lower(index.name));
      if (made == after_.end()) {
        drop(index);
      } else {
        compare(index, *made->second);
      }
    }
    for (const Index& index : delta_.to->indexes) {
      if (before_.count(to_lower(index.name)) == 0) add(index);
    }
    replace_together();
  }

 private:
  [[nodiscard]] std::string dropped(const Index& index) const {
    return "DROP KEY " + clauses_.name(index.name);
  }
  [[nodiscard]] std::string added(const Index& index) const {
    return "ADD " + clauses_.index(index);
  }
  /// Whether the table is kept in the order of this index, since it has no primary key.
  [[nodiscard]] bool orders_rows(const Index& index) const {
    if (delta_.to->primary_key || !index.unique || !index.method.empty()) return false;
    return std::all_of(index.parts.begin(), index.parts.end(), [&](const IndexPart& part) {
      return part.prefix_length == 0 &&
             (is_required(*delta_.from, part) || is_required(*delta_.to, part));
    });
  }
  static bool is_required(const Table& table, const IndexPart& part) {
    return std::any_of(table.columns.begin(), table.columns.end(), [&](const Column& column) {
      return !column.nullable && to_lower(column.name) == to_lower(part.expression.text);
    });
  }

  [[nodiscard]] Cost adding(const Index& index, const Table& table) const {
    const Cost cost = cost_of_adding(index, table, delta_.traits);
    return orders_rows(index) ? together(cost, rebuild_of(delta_.traits)) : cost;
  }
  [[nodiscard]] Cost dropping(const Index& index) const {
    return orders_rows(index) ? Cost::copy : cost_of_dropping(index, delta_.traits);
  }
  [[nodiscard]] bool is_gathered(const Index& index) const { return names_any(index, gathered_); }

  void add(const Index& index) {
    if (renamed_.count(&index) > 0) return;
    Change change;
    change.stage = is_gathered(index) ? Stage::reshape : Stage::index;
    change.alone = index.method == "fulltext";
    change.title = "add the index " + index.name;
    change.forward = {added(index)};
    change.forward_cost = adding(index, *delta_.to);
    change.back = {dropped(index)};
    change.back_cost = dropping(index);
    made_.push_back({&index, change.stage});
    delta_.changes.push_back(std::move(change));
  }

  void drop(const Index& index) {
    if (renamed_.count(&index) > 0) return;
    Change change;
    change.stage = is_gathered(index) ? Stage::reshape : Stage::thin;
    change.contracts = true;
    change.alone = index.method == "fulltext";
    change.title = "drop the index " + index.name;
    change.forward = {dropped(index)};
    change.forward_cost = dropping(index);
    change.back = {added(index)};
    change.back_cost = adding(index, *delta_.from);
    gone_.push_back({&index, delta_.changes.size()});
    delta_.changes.push_back(std::move(change));
  }

  void compare(const Index& from, const Index& to) {
    const bool same = is_same(from, to, exact_);
    if (same && !names_any(to, remade_)) {
      if (from.name != to.name) rename(from, to);
      return;
    }
    if (hides(from, to)) return;
    Change change;
    const bool gathered = is_gathered(from) || is_gathered(to);
    change.stage = gathered ? Stage::reshape : Stage::index;
    change.alone = from.method == "fulltext" || to.method == "fulltext";
    change.title = "make the index " + to.name + " anew";
    change.forward = {dropped(from), added(to)};
    change.forward_cost = together(dropping(from), adding(to, *delta_.to));
    change.back = {dropped(to), added(from)};
    change.back_cost = together(dropping(to), adding(from, *delta_.from));
    made_.push_back({&to, change.stage});
    delta_.changes.push_back(std::move(change));
  }

  /// Whether the columns of one index begin the other.
  static bool begins(const Index& shorter, const Index& longer) {
    if (!shorter.method.empty() || !longer.method.empty() ||
        shorter.parts.size() > longer.parts.size()) {
      return false;
    }
    return std::equal(shorter.parts.begin(), shorter.parts.end(), longer.parts.begin(),
                      [](const IndexPart& a, const IndexPart& b) {
                        return to_lower(a.expression.text) == to_lower(b.expression.text);
                      });
  }

  /// An index that goes, and one that comes and serves in its place, change by one statement: the
  /// server drops an index that it made for a foreign key itself when another one serves the key.
  void replace_together() {
    for (const auto& [index, place] : gone_) {
      if (index->unique || delta_.changes[place].stage != Stage::thin) continue;
      const auto other =
          std::find_if(made_.begin(), made_.end(),
                       [&, gone = index](const auto& made) { return begins(*gone, *made.first); });
      if (other != made_.end()) delta_.changes[place].stage = other->second;
    }
  }

  /// Where only whether the server looks at the index differs.
  bool hides(const Index& from, const Index& to) {
    Index shown = from;
    shown.invisible = to.invisible;
    if (from.invisible == to.invisible || !is_same(shown, to, exact_)) return false;
    Change change;
    change.stage = Stage::grow;
    change.title = std::string(to.invisible ? "hide" : "show") + " the index " + to.name;
    change.forward = {visibility(to)};
    change.back = {visibility(from)};
    change.forward_cost = change.back_cost = Cost::metadata;
    delta_.changes.push_back(std::move(change));
    return true;
  }

  /// MySQL has INVISIBLE, MariaDB IGNORED.
  [[nodiscard]] std::string visibility(const Index& index) const {
    return "ALTER INDEX " + clauses_.name(index.name) +
           (index.invisible ? " /*!80000 INVISIBLE */ /*M!100600 IGNORED */"
                            : " /*!80000 VISIBLE */ /*M!100600 NOT IGNORED */");
  }

  /// What goes and what comes with nothing but another name is renamed.
  void find_renames() {
    std::map<std::string, std::vector<const Index*>> gone;
    for (const Index& index : delta_.from->indexes) {
      if (after_.count(to_lower(index.name)) == 0) gone[shape(index)].push_back(&index);
    }
    for (const Index& index : delta_.to->indexes) {
      if (before_.count(to_lower(index.name)) > 0 || names_any(index, remade_)) continue;
      const auto found = gone.find(shape(index));
      if (found == gone.end() || found->second.empty()) continue;
      const Index* old = found->second.back();
      found->second.pop_back();
      renamed_.insert(old);
      renamed_.insert(&index);
      rename(*old, index);
    }
  }

  /// All of the index but its name.
  [[nodiscard]] std::string shape(const Index& index) const {
    Index copy = index;
    copy.name = "x";
    return to_lower(clauses_.index(copy));
  }

  void rename(const Index& from, const Index& to) {
    Change change;
    const auto words = [&](const Index& one, const Index& other) {
      return "RENAME KEY " + clauses_.name(one.name) + " TO " + clauses_.name(other.name);
    };
    change.stage = Stage::grow;
    change.title = "rename the index " + from.name + " to " + to.name;
    change.forward = {words(from, to)};
    change.back = {words(to, from)};
    change.forward_cost = change.back_cost = Cost::metadata;
    delta_.changes.push_back(std::move(change));
  }

  void compare_key() {
    if (!delta_.key_changed) return;
    Change change;
    change.stage = Stage::reshape;
    change.title = "change the primary key";
    change.contracts = delta_.from->primary_key.has_value();
    change.forward = key_clauses(*delta_.from, *delta_.to);
    change.back = key_clauses(*delta_.to, *delta_.from);
    change.forward_cost = key_cost(*delta_.from, *delta_.to);
    change.back_cost = key_cost(*delta_.to, *delta_.from);
    delta_.changes.push_back(std::move(change));
    if (!delta_.to->primary_key) return;
    for (const std::string& column : delta_.to->primary_key->columns) {
      key_.parts.push_back({expression::column(column), false, {}, {}, {}, 0});
    }
    made_.emplace_back(&key_, Stage::reshape);
  }

  [[nodiscard]] std::vector<std::string> key_clauses(const Table& from, const Table& to) const {
    std::vector<std::string> clauses;
    if (from.primary_key) clauses.emplace_back("DROP PRIMARY KEY");
    if (to.primary_key) clauses.push_back("ADD " + clauses_.primary_key(*to.primary_key));
    return clauses;
  }

  [[nodiscard]] Cost key_cost(const Table&, const Table& to) const {
    return to.primary_key ? rebuild_of(delta_.traits) : Cost::copy;
  }

  TableDelta& delta_;
  bool exact_;
  const Names& gathered_;
  const Names& remade_;
  std::map<std::string, const Index*> before_;
  std::map<std::string, const Index*> after_;
  std::set<const Index*> renamed_;
  Index key_;  ///< The primary key that is made, as an index.
  std::vector<std::pair<const Index*, Stage>> made_;        ///< With when it is made.
  std::vector<std::pair<const Index*, std::size_t>> gone_;  ///< With the place of its change.
  MysqlClauses clauses_;
};

Change dropped_check(const Check& check, const MysqlClauses& clauses) {
  Change change;
  change.stage = Stage::take_down;
  change.title = "drop the check " + check.name;
  change.forward = {"DROP CONSTRAINT " + clauses.name(check.name)};
  change.forward_cost = Cost::metadata;
  change.back = {"ADD " + clauses.check(check)};
  change.back_cost = Cost::copy;
  return change;
}

Change added_check(const Check& check, const MysqlClauses& clauses) {
  Change change = dropped_check(check, clauses);
  change.stage = Stage::constrain;
  change.title = "add the check " + check.name;
  std::swap(change.forward, change.back);
  std::swap(change.forward_cost, change.back_cost);
  return change;
}

}  // namespace

void compare_indexes(TableDelta& delta, bool exact, const std::set<std::string>& gathered,
                     const std::set<std::string>& remade) {
  Indexes(delta, exact, gathered, remade).run();
}

void compare_checks(TableDelta& delta) {
  const MysqlClauses clauses;
  const auto before = by_name(delta.from->checks);
  const auto after = by_name(delta.to->checks);
  for (const Check& check : delta.from->checks) {
    if (!check.column.empty()) continue;  // part of its column
    const auto made = after.find(to_lower(check.name));
    const bool stays = made != after.end() && made->second->column.empty();
    if (!stays) delta.changes.push_back(dropped_check(check, clauses));
  }
  for (const Check& check : delta.to->checks) {
    if (!check.column.empty()) continue;
    const auto old = before.find(to_lower(check.name));
    if (old == before.end() || !old->second->column.empty()) {
      delta.changes.push_back(added_check(check, clauses));
    } else if (!(*old->second == check)) {
      Change change = added_check(check, clauses);
      const Change gone = dropped_check(*old->second, clauses);
      change.title = "change the check " + check.name;
      change.forward.insert(change.forward.begin(), gone.forward.front());
      change.back.push_back(gone.back.front());
      change.back_cost = Cost::copy;
      delta.changes.push_back(std::move(change));
    }
  }
}

}  // namespace relata::migrate::mysql
