// What SQLAlchemy has no words for, and the first migration makes.
#include <algorithm>

#include "base/text.h"
#include "emit/sqlalchemy/models.h"
#include "model/questions.h"

namespace relata::emit::sqlalchemy {
namespace {

template <class Objects>
void add_named(const std::string& one, const std::string& several, const Objects& objects,
               std::vector<std::string>& found) {
  std::vector<std::string> names;
  for (const auto& object : objects) names.push_back(object.name);
  if (!names.empty())
    found.push_back((names.size() == 1 ? one : several) + " " + join(names, ", "));
}

void add_keys(const Table& table, std::vector<std::string>& found) {
  if (table.primary_key && table.primary_key->without_overlaps) {
    found.push_back("WITHOUT OVERLAPS of the primary key");
  }
  for (const Unique& unique : table.uniques) {
    if (unique.without_overlaps) found.push_back("WITHOUT OVERLAPS of " + unique.name);
  }
  for (const ForeignKey& key : table.foreign_keys) {
    if (key.period) found.push_back("PERIOD of " + key.name);
    if (!key.enforced) found.push_back("NOT ENFORCED of " + key.name);
  }
  for (const Check& check : table.checks) {
    if (!check.enforced) found.push_back("NOT ENFORCED of " + check.name);
  }
  for (const Exclusion& exclusion : table.exclusions) {
    if (!exclusion.include.empty()) found.push_back("INCLUDE of " + exclusion.name);
  }
  for (const Index& index : table.indexes) {
    if (index.invisible) found.push_back("index " + index.name + " is ignored");
    if (!index.comment.empty()) found.push_back("comment of index " + index.name);
  }
}

void add_columns(const Table& table, std::vector<std::string>& found) {
  const bool versioned = has_option(table.options, "WITH SYSTEM VERSIONING");
  for (const Column& column : table.columns) {
    const bool in_key =
        table.primary_key &&
        std::find(table.primary_key->columns.begin(), table.primary_key->columns.end(),
                  column.name) != table.primary_key->columns.end();
    if (column.invisible) found.push_back("column " + column.name + " is invisible");
    if (column.identity && !column.identity->sequence.empty()) {
      found.push_back("sequence " + column.identity->sequence + " of " + column.name);
    }
    if (column.identity && !in_key) found.push_back("numbering of " + column.name);
    for (const Option& option : column.options) {
      found.push_back(to_lower(option.name) + " of " + column.name);
    }
    if (versioned && is_period_bound(column)) found.push_back("period bound " + column.name);
  }
}

}  // namespace

std::vector<std::string> only_in_database(const Table& table) {
  std::vector<std::string> found;
  add_named("trigger", "triggers", table.triggers, found);
  if (table.row_level_security) found.emplace_back("row level security");
  add_named("policy", "policies", table.policies, found);
  add_named("rule", "rules", table.rules, found);
  add_keys(table, found);
  add_columns(table, found);
  if (has_option(table.options, "WITH SYSTEM VERSIONING")) found.emplace_back("system versioning");
  if (table.partitioning && table.partitioning->strategy.empty()) {
    found.emplace_back("its partitions");
  }
  if (table.of_type) found.push_back("type " + table.of_type->name + " that it is of");
  if (!table.replica_identity.empty()) found.emplace_back("replica identity");
  return found;
}

}  // namespace relata::emit::sqlalchemy
