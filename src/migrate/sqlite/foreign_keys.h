#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/schema.h"

namespace relata::migrate::sqlite {

/// What the foreign keys of two schemas ask of a plan. Names are compared in lower case.
class ForeignKeys {
 public:
  ForeignKeys(const Schema& from, const Schema& to);

  /// Whether a table of either schema refers to it.
  [[nodiscard]] bool is_referenced(const std::string& table) const;

  /// The table is going to take its last form.
  void changes(const Table& to);
  /// It has taken it.
  void has_changed(const Table& to);

  /// Statements that fail where rows of the table break a foreign key that it did not have before.
  /// Where a parent is still to take its last form, they come with checks_left().
  [[nodiscard]] std::vector<std::string> checks_within(const Table& from, const Table& to);
  [[nodiscard]] std::vector<std::pair<std::string, std::vector<std::string>>> checks_left();

 private:
  /// Whether SQLite can look for parents at all: it refuses to where a key leads to columns that
  /// are not unique (https://sqlite.org/foreignkeys.html#fk_indexes).
  [[nodiscard]] bool is_sound(const ForeignKey& key) const;

  std::map<std::string, const Table*> tables_;  ///< Of the target.
  std::set<std::string> others_;                ///< Its views and virtual tables.
  std::set<std::string> referenced_;
  std::set<std::string> open_;
  std::vector<std::pair<std::string, std::vector<std::string>>> left_;
};

}  // namespace relata::migrate::sqlite
