#include "diff/renames.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "diff/likeness.h"
#include "diff/spell.h"
#include "model/questions.h"

namespace relata::diff {
namespace {

/// A name that more tables have tells nothing; looking through it would take too long.
constexpr std::size_t common_name = 64;
/// Columns that went times columns that came, beyond which a table was made anew.
constexpr std::size_t most_pairs = 4096;
/// From which likeness on a guess is worth a line. Measured: see bench/migrations/renames.py.
constexpr double likely_table = 0.5;
constexpr double likely_column = 0.6;
/// By how much the best must be better than the second.
constexpr double margin = 0.04;

/// A pair of things that may be one, by their places in two lists.
struct Pair {
  std::size_t before = 0;
  std::size_t after = 0;
  double likeness = 0;
};

/// The pairs of which each side has the other as its best, by a margin.
std::vector<Pair> mutual_best(const std::vector<Pair>& pairs, double least) {
  struct Best {
    const Pair* pair = nullptr;
    double second = 0;
    void take(const Pair& other) {
      if (pair == nullptr || other.likeness > pair->likeness) {
        second = pair == nullptr ? 0 : pair->likeness;
        pair = &other;
      } else {
        second = std::max(second, other.likeness);
      }
    }
  };
  std::map<std::size_t, Best> by_before;
  std::map<std::size_t, Best> by_after;
  for (const Pair& pair : pairs) {
    by_before[pair.before].take(pair);
    by_after[pair.after].take(pair);
  }
  std::vector<Pair> chosen;
  for (const auto& [before, best] : by_before) {
    const Best& other = by_after.at(best.pair->after);
    if (other.pair != best.pair || best.pair->likeness < least) continue;
    if (best.pair->likeness - std::max(best.second, other.second) < margin) continue;
    chosen.push_back(*best.pair);
  }
  return chosen;
}

/// The tables that came, to be found by what a table that went has.
class ArrivedTables {
 public:
  explicit ArrivedTables(std::vector<const Table*> tables) : tables_(std::move(tables)) {
    for (std::size_t i = 0; i < tables_.size(); ++i) {
      for (const std::string& sign : signs_of(*tables_[i])) by_sign_[sign].push_back(i);
    }
  }

  void compare(std::size_t place, const Table& gone, std::vector<Pair>& pairs) const {
    std::set<std::size_t> candidates;
    for (const std::string& sign : signs_of(gone)) {
      const auto found = by_sign_.find(sign);
      if (found == by_sign_.end() || found->second.size() > common_name) continue;
      candidates.insert(found->second.begin(), found->second.end());
    }
    for (const std::size_t candidate : candidates) {
      const Table& arrived = *tables_[candidate];
      // Partitions are as like as twins: what tells them apart are the rows that they are for.
      if (arrived.schema != gone.schema || arrived.partition_of != gone.partition_of) continue;
      pairs.push_back({place, candidate, likeness(gone, arrived)});
    }
  }

  [[nodiscard]] const Table& at(std::size_t place) const { return *tables_[place]; }

 private:
  /// What it can be found by: its columns, and the words of its name.
  static std::set<std::string> signs_of(const Table& table) {
    std::set<std::string> signs;
    for (const Column& column : table.columns) signs.insert("." + column.name);
    const std::string name = snake_case(table.name);
    for (const std::string_view word : split(name, '_')) signs.insert(singular_of(word));
    return signs;
  }

  /// What many tables have, such as an id, counts less.
  [[nodiscard]] double weight(const std::string& column) const {
    const auto found = by_sign_.find("." + column);
    return found == by_sign_.end() ? 1 : 1 / static_cast<double>(found->second.size());
  }

  [[nodiscard]] double likeness(const Table& gone, const Table& arrived) const {
    double common = 0;
    double all = 0;
    std::map<std::string_view, const Column*> columns;
    for (const Column& column : arrived.columns) {
      columns.emplace(column.name, &column);
      all += weight(column.name);
    }
    for (const Column& column : gone.columns) {
      const double own = weight(column.name);
      all += own;
      const auto found = columns.find(column.name);
      if (found == columns.end()) continue;
      common += 2 * own * (0.4 + 0.6 * column_likeness(column, *found->second));
    }
    const double overlap = all == 0 ? 0 : common / all;
    return 0.65 * overlap + 0.35 * name_likeness(gone.name, arrived.name);
  }

  std::vector<const Table*> tables_;
  std::map<std::string, std::vector<std::size_t>> by_sign_;
};

/// What a table's keys and indexes say of each column, and between which columns it stands.
class ColumnUses {
 public:
  /// `other`: the same table in the other schema.
  ColumnUses(const Table& table, const Table& other) {
    for (const Column& column : other.columns) kept_.insert(column.name);
    note_keys(table);
    note_neighbours(table);
  }

  /// Share of the uses that both have; nothing where neither has any.
  [[nodiscard]] std::optional<double> likeness(const std::string& column, const ColumnUses& other,
                                               const std::string& other_column) const {
    const std::set<std::string> none;
    const auto own = uses_.find(column);
    const auto others = other.uses_.find(other_column);
    const std::set<std::string>& left = own == uses_.end() ? none : own->second;
    const std::set<std::string>& right = others == other.uses_.end() ? none : others->second;
    if (left.empty() && right.empty()) return std::nullopt;
    std::size_t common = 0;
    for (const std::string& use : left) common += right.contains(use) ? 1 : 0;
    return 2 * static_cast<double>(common) / static_cast<double>(left.size() + right.size());
  }

  [[nodiscard]] double same_place(const std::string& column, const ColumnUses& other,
                                  const std::string& other_column) const {
    const auto& [before, after] = neighbours_.at(column);
    const auto& [other_before, other_after] = other.neighbours_.at(other_column);
    return (before == other_before ? 0.5 : 0) + (after == other_after ? 0.5 : 0);
  }

 private:
  [[nodiscard]] bool is_kept(const std::string& column) const { return kept_.contains(column); }

  void note(const std::string& column, std::string use) { uses_[column].insert(std::move(use)); }

  void note_all(const std::vector<std::string>& columns, const std::string& use) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      note(columns[i], use + " " + std::to_string(i));
    }
  }

  void note_keys(const Table& table) {
    if (table.primary_key) note_all(table.primary_key->columns, "primary key");
    for (const Unique& unique : table.uniques) note_all(unique.columns, "unique");
    for (const ForeignKey& key : table.foreign_keys) {
      for (std::size_t i = 0; i < key.columns.size() && i < key.referenced.size(); ++i) {
        note(key.columns[i], "references " + key.table);
      }
    }
    for (const Index& index : table.indexes) {
      for (const IndexPart& part : index.parts) {
        if (part.expression.operation == Operation::column) {
          note(part.expression.text, index.unique ? "unique index" : "index " + index.method);
        }
      }
    }
  }

  /// The nearest columns on both sides that both tables have.
  void note_neighbours(const Table& table) {
    std::string last;
    for (const Column& column : table.columns) {
      neighbours_[column.name].first = last;
      if (is_kept(column.name)) last = column.name;
    }
    last.clear();
    for (auto column = table.columns.rbegin(); column != table.columns.rend(); ++column) {
      neighbours_[column->name].second = last;
      if (is_kept(column->name)) last = column->name;
    }
  }

  std::set<std::string> kept_;
  std::map<std::string, std::set<std::string>> uses_;
  std::map<std::string, std::pair<std::string, std::string>> neighbours_;
};

double likeness(const Column& gone, const ColumnUses& gone_uses, const Column& arrived,
                const ColumnUses& arrived_uses) {
  const double kind = column_likeness(gone, arrived);
  const double name = name_likeness(gone.name, arrived.name);
  const double place = gone_uses.same_place(gone.name, arrived_uses, arrived.name);
  const std::optional<double> uses = gone_uses.likeness(gone.name, arrived_uses, arrived.name);
  const double base = 0.3 * kind + 0.4 * name + 0.3 * place;
  return uses ? 0.85 * base + 0.15 * *uses : base;
}

void guess_columns(const Table& before, const Table& after, std::vector<RenameGuess>& guesses) {
  std::vector<const Column*> gone;
  std::vector<const Column*> arrived;
  for (const Column& column : before.columns) {
    // What is inherited is renamed with its parent's column.
    if (!column.inherited && after.find_column(column.name) == nullptr) gone.push_back(&column);
  }
  for (const Column& column : after.columns) {
    if (before.find_column(column.name) == nullptr) arrived.push_back(&column);
  }
  if (gone.empty() || arrived.empty() || gone.size() * arrived.size() > most_pairs) return;
  const ColumnUses before_uses(before, after);
  const ColumnUses after_uses(after, before);
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < gone.size(); ++i) {
    for (std::size_t j = 0; j < arrived.size(); ++j) {
      if (gone[i]->type.kind != arrived[j]->type.kind) continue;
      pairs.push_back({i, j, likeness(*gone[i], before_uses, *arrived[j], after_uses)});
    }
  }
  for (const Pair& pair : mutual_best(pairs, likely_column)) {
    guesses.push_back({name_of(before), gone[pair.before]->name, name_of(after),
                       arrived[pair.after]->name, pair.likeness});
  }
}

}  // namespace

std::vector<RenameGuess> guess_renames(const Schema& from, const Schema& to) {
  std::map<QualifiedName, const Table*> wanted;
  for (const Table& table : to.tables) wanted.emplace(name_of(table), &table);
  std::map<QualifiedName, const Table*> present;
  std::vector<const Table*> gone;
  for (const Table& table : from.tables) {
    present.emplace(name_of(table), &table);
    if (!wanted.contains(name_of(table))) gone.push_back(&table);
  }
  std::vector<const Table*> arrived;
  for (const auto& [name, table] : wanted) {
    if (!present.contains(name)) arrived.push_back(table);
  }
  const ArrivedTables arrivals(std::move(arrived));
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < gone.size(); ++i) arrivals.compare(i, *gone[i], pairs);
  std::map<QualifiedName, std::pair<const Table*, double>> followed;
  for (const Pair& pair : mutual_best(pairs, likely_table)) {
    followed.emplace(name_of(*gone[pair.before]),
                     std::pair{&arrivals.at(pair.after), pair.likeness});
  }
  std::vector<RenameGuess> guesses;
  for (const auto& [name, table] : present) {
    const auto same = wanted.find(name);
    if (same != wanted.end()) {
      guess_columns(*table, *same->second, guesses);
      continue;
    }
    const auto found = followed.find(name);
    if (found == followed.end()) continue;
    const auto& [after, likeness] = found->second;
    guesses.push_back({name, {}, name_of(*after), {}, likeness});
    guess_columns(*table, *after, guesses);
  }
  return guesses;
}

std::string rename_argument(const RenameGuess& guess) {
  const auto written = [](const QualifiedName& table, const std::string& column) {
    const auto part = [](const std::string& name) {
      return name.find_first_of(".=\" ") == std::string::npos ? name : "\"" + name + "\"";
    };
    std::string text = table.schema.empty() ? std::string() : part(table.schema) + ".";
    text += part(table.name);
    return column.empty() ? text : text + "." + part(column);
  };
  return written(guess.table, guess.column) + "=" + written(guess.new_table, guess.new_column);
}

}  // namespace relata::diff
