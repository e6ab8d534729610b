#include "migrate/sqlite/foreign_keys.h"

#include <algorithm>

#include "base/text.h"
#include "migrate/sqlite/guard.h"
#include "migrate/sqlite/texts.h"

namespace relata::migrate::sqlite {
namespace {

std::set<std::string> lower(const std::vector<std::string>& names) {
  std::set<std::string> result;
  for (const std::string& name : names) result.insert(to_lower(name));
  return result;
}

bool is_unique(const Table& table, const std::set<std::string>& columns) {
  if (table.primary_key && lower(table.primary_key->columns) == columns) return true;
  for (const Unique& unique : table.uniques) {
    if (lower(unique.columns) == columns) return true;
  }
  return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) {
    if (!index.unique || index.where) return false;
    std::vector<std::string> parts;
    for (const IndexPart& part : index.parts) {
      if (part.expression.operation != Operation::column || !part.collation.empty()) return false;
      parts.push_back(part.expression.text);
    }
    return lower(parts) == columns;
  });
}

bool same_key(const ForeignKey& a, const ForeignKey& b) {
  return lower(a.columns) == lower(b.columns) && to_lower(a.table) == to_lower(b.table) &&
         lower(a.referenced) == lower(b.referenced);
}

}  // namespace

ForeignKeys::ForeignKeys(const Schema& from, const Schema& to) {
  for (const Table& table : to.tables) tables_.emplace(to_lower(table.name), &table);
  for (const View& view : to.views) others_.insert(to_lower(view.name));
  for (const OtherObject& other : to.others) others_.insert(to_lower(other.name));
  for (const Schema* schema : {&from, &to}) {
    for (const Table& table : schema->tables) {
      for (const ForeignKey& key : table.foreign_keys) referenced_.insert(to_lower(key.table));
    }
  }
}

bool ForeignKeys::is_referenced(const std::string& table) const {
  return referenced_.count(to_lower(table)) > 0;
}

void ForeignKeys::changes(const Table& to) { open_.insert(to_lower(to.name)); }

void ForeignKeys::has_changed(const Table& to) { open_.erase(to_lower(to.name)); }

bool ForeignKeys::is_sound(const ForeignKey& key) const {
  const auto parent = tables_.find(to_lower(key.table));
  if (parent == tables_.end()) return others_.count(to_lower(key.table)) == 0;
  if (!key.referenced.empty()) return is_unique(*parent->second, lower(key.referenced));
  const auto& own = parent->second->primary_key;
  return own && own->columns.size() == key.columns.size();
}

std::vector<std::string> ForeignKeys::checks_within(const Table& from, const Table& to) {
  std::vector<std::string> places;
  bool later = false;
  const std::string own = to_lower(to.name);
  for (std::size_t i = 0; i < to.foreign_keys.size(); ++i) {
    const ForeignKey& key = to.foreign_keys[i];
    if (!is_sound(key)) return {};
    later = later || (open_.count(to_lower(key.table)) > 0 && to_lower(key.table) != own);
    const bool had = std::any_of(from.foreign_keys.begin(), from.foreign_keys.end(),
                                 [&](const ForeignKey& other) { return same_key(other, key); });
    // A parent that is not there is asked for when a row is written, not by this plan.
    if (had || tables_.count(to_lower(key.table)) == 0) continue;
    // PRAGMA foreign_key_list counts from the last that was declared.
    places.push_back(std::to_string(to.foreign_keys.size() - 1 - i));
  }
  if (places.empty()) return {};
  std::vector<std::string> statements =
      refuse_rows("rows of " + to.name + " refer to rows that are not there",
                  "SELECT 1 FROM pragma_foreign_key_check(" + literal(to.name) +
                      ") WHERE fkid IN (" + join(places, ", ") + ")");
  if (!later) return statements;
  left_.emplace_back(to.name, std::move(statements));
  return {};
}

std::vector<std::pair<std::string, std::vector<std::string>>> ForeignKeys::checks_left() {
  return std::move(left_);
}

}  // namespace relata::migrate::sqlite
