#include "migrate/mysql/renames.h"

#include <map>

#include "dialect/mysql_clauses.h"
#include "migrate/mysql/cost.h"

namespace relata::migrate::mysql {
namespace {

/// What tables are called afterwards, by what they are called before.
std::map<QualifiedName, std::string> new_names(const std::vector<Rename>& renames) {
  std::map<QualifiedName, std::string> names;
  for (const Rename& rename : renames) {
    if (rename.column.empty()) names.emplace(rename.table, rename.name);
  }
  return names;
}

Step renamed_table(const Rename& rename) {
  const MysqlClauses clauses;
  const std::string before = clauses.name(rename.table.name);
  const std::string after = clauses.name(rename.name);
  Step step;
  step.title = "rename the table " + rename.table.name + " to " + rename.name;
  step.forward.statements = {"RENAME TABLE " + before + " TO " + after};
  step.back.statements = {"RENAME TABLE " + after + " TO " + before};
  describe_cost(step.forward, Cost::instant, rename.table.name);
  describe_cost(step.back, Cost::instant, rename.name);
  return step;
}

Step renamed_column(const Rename& rename, const std::string& table) {
  const MysqlClauses clauses;
  const auto statement = [&](const std::string& from, const std::string& to) {
    return "ALTER TABLE " + clauses.name(table) + " RENAME COLUMN " + clauses.name(from) + " TO " +
           clauses.name(to) + ", " + algorithm_clause(Cost::instant);
  };
  Step step;
  step.title = "rename the column " + rename.column + " of " + table + " to " + rename.name;
  step.forward.statements = {statement(rename.column, rename.name)};
  step.back.statements = {statement(rename.name, rename.column)};
  describe_cost(step.forward, Cost::instant, table);
  describe_cost(step.back, Cost::instant, table);
  return step;
}

}  // namespace

std::vector<Step> rename_steps(const std::vector<Rename>& renames) {
  const auto names = new_names(renames);
  std::vector<Step> steps;
  for (const Rename& rename : renames) {
    if (rename.column.empty()) steps.push_back(renamed_table(rename));
  }
  for (const Rename& rename : renames) {
    if (rename.column.empty()) continue;
    const auto found = names.find(rename.table);
    steps.push_back(
        renamed_column(rename, found == names.end() ? rename.table.name : found->second));
  }
  return steps;
}

PlanOptions after_renames(const PlanOptions& options) {
  PlanOptions after = options;
  after.renames.clear();
  for (const auto& [before, name] : new_names(options.renames)) {
    const auto rows = after.rows.extract(before);
    if (!rows.empty()) after.rows[{before.schema, name}] = rows.mapped();
  }
  return after;
}

}  // namespace relata::migrate::mysql
