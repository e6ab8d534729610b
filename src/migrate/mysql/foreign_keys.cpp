#include "migrate/mysql/foreign_keys.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "dialect/table_order.h"
#include "model/questions.h"

namespace relata::migrate::mysql {
namespace {

using Deltas = std::map<QualifiedName, TableDelta>;

QualifiedName parent_of(const ForeignKey& key) { return {key.table_schema, key.table}; }

bool names_any(const std::vector<std::string>& columns, const std::set<std::string>& names) {
  return std::any_of(columns.begin(), columns.end(),
                     [&](const std::string& column) { return names.count(to_lower(column)) > 0; });
}

/// Whether the key's columns begin an index, or the primary key where that stays as it is.
bool is_served(const std::vector<std::string>& columns, const Table& table, bool key_changed) {
  const auto begins = [&](const std::vector<std::string>& index) {
    if (index.size() < columns.size()) return false;
    std::set<std::string> first;
    for (std::size_t i = 0; i < columns.size(); ++i) first.insert(to_lower(index[i]));
    return std::all_of(columns.begin(), columns.end(), [&](const std::string& column) {
      return first.count(to_lower(column)) > 0;
    });
  };
  if (!key_changed && table.primary_key && begins(table.primary_key->columns)) return true;
  return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) {
    if (!index.method.empty()) return false;
    std::vector<std::string> names;
    for (const IndexPart& part : index.parts) names.push_back(part.expression.text);
    return begins(names);
  });
}

/// Whether the server would refuse to change the table while a key has these columns of it.
bool is_in_the_way(const TableDelta& delta, const std::vector<std::string>& columns) {
  if (delta.engine_changed || delta.partitioning_changed) return true;
  if (names_any(columns, delta.retyped)) return true;
  return delta.key_changed &&
         !(is_served(columns, *delta.from, true) && is_served(columns, *delta.to, true));
}

class KeyPlanner {
 public:
  KeyPlanner(const Schema& from, const Schema& to, const Deltas& deltas)
      : from_(from), to_(to), deltas_(deltas) {}

  KeyPlan run() {
    for (const Table& table : to_.tables) {
      for (const ForeignKey& key : table.foreign_keys) {
        names_.emplace(to_lower(key.name), name_of(table));
      }
    }
    order(to_, plan_.made, plan_.added);
    order(from_, plan_.gone, plan_.dropped);
    std::reverse(plan_.gone.begin(), plan_.gone.end());
    for (const auto& [name, delta] : deltas_) compare(delta);
    return std::move(plan_);
  }

 private:
  /// The tables of one schema that the other has not, and their keys: those that can stand in
  /// CREATE TABLE, and the others.
  void order(const Schema& schema, std::vector<const Table*>& tables,
             std::vector<TableKey>& others) {
    for (const OrderedTable& entry : table_order(schema)) {
      if (deltas_.count(name_of(*entry.table)) > 0) continue;
      tables.push_back(entry.table);
      std::vector<const ForeignKey*>& within = plan_.within[entry.table];
      for (const ForeignKey* key : entry.immediate) {
        if (is_steady(*key) && is_free(*key, *entry.table)) {
          within.push_back(key);
        } else {
          others.push_back({entry.table, key});
        }
      }
      for (const ForeignKey* key : entry.later) others.push_back({entry.table, key});
    }
  }

  /// Whether what the key leads to is as it is now at any time while its table is there.
  [[nodiscard]] bool is_steady(const ForeignKey& key) const {
    const auto parent = deltas_.find(parent_of(key));
    return parent == deltas_.end() || parent->second.changes.empty();
  }

  /// Whether no other table has a key of that name afterwards: a database has each name once.
  [[nodiscard]] bool is_free(const ForeignKey& key, const Table& table) const {
    const auto found = names_.find(to_lower(key.name));
    return found == names_.end() || found->second == name_of(table);
  }

  void compare(const TableDelta& delta) {
    std::map<std::string, const ForeignKey*> after;
    for (const ForeignKey& key : delta.to->foreign_keys) after.emplace(to_lower(key.name), &key);
    std::set<const ForeignKey*> kept;
    for (const ForeignKey& key : delta.from->foreign_keys) {
      const auto made = after.find(to_lower(key.name));
      const bool same = made != after.end() && is_same(key, *made->second);
      if (same && !must_go(delta, key)) {
        kept.insert(made->second);
      } else {
        plan_.dropped.push_back({delta.from, &key});
      }
    }
    for (const ForeignKey& key : delta.to->foreign_keys) {
      if (kept.count(&key) == 0) plan_.added.push_back({delta.to, &key});
    }
  }

  /// Names of columns do not tell keys apart by case.
  static bool is_same(const ForeignKey& from, const ForeignKey& to) {
    const auto lowered = [](ForeignKey key) {
      for (std::string& column : key.columns) column = to_lower(column);
      for (std::string& column : key.referenced) column = to_lower(column);
      return key;
    };
    return lowered(from) == lowered(to);
  }

  [[nodiscard]] bool must_go(const TableDelta& delta, const ForeignKey& key) const {
    if (is_in_the_way(delta, key.columns)) return true;
    const auto parent = deltas_.find(parent_of(key));
    // A table that both schemas do not have is dropped, made, or another database's.
    if (parent == deltas_.end()) return false;
    return is_in_the_way(parent->second, key.referenced);
  }

  const Schema& from_;
  const Schema& to_;
  const Deltas& deltas_;
  std::map<std::string, QualifiedName> names_;  ///< Of the keys that there are afterwards.
  KeyPlan plan_;
};

}  // namespace

KeyPlan plan_keys(const Schema& from, const Schema& to, const Deltas& deltas) {
  return KeyPlanner(from, to, deltas).run();
}

}  // namespace relata::migrate::mysql
