#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/text.h"
#include "emit/drizzle/plan.h"
#include "model/questions.h"

namespace relata::emit::drizzle {
namespace {

/// "a column" or "columns a, b".
std::string constraint(std::string_view name, std::string_view kind) {
  return name.empty() ? std::string(kind) : std::string(name);
}

void note(PlannedTable& planned, std::string what) {
  planned.database_only.push_back(std::move(what));
}

void plan_primary_key(Plan& plan, PlannedTable& planned) {
  const Table& table = *planned.table;
  if (!table.primary_key) return;
  const PrimaryKey& key = *table.primary_key;
  if (key.without_overlaps) return note(planned, "primary key " + key.name + " WITHOUT OVERLAPS");
  if (key.deferrable) note(planned, constraint(key.name, "primary key") + " is DEFERRABLE");
  if (!key.include.empty())
    note(planned, constraint(key.name, "primary key") + " INCLUDEs columns");
  if (std::any_of(key.prefix_lengths.begin(), key.prefix_lengths.end(),
                  [](int length) { return length > 0; })) {
    note(planned, "the primary key's prefix lengths");
  }
  if (key.columns.size() == 1) {
    const Column* column = table.find_column(key.columns.front());
    if (column != nullptr && has_plain_key(plan, table, *column)) return;
  }
  if (!survive_kit(key.columns)) return note(planned, "the primary key");
  PlannedKey said{key.name, key.columns, false};
  if (said.name.empty()) said.name = table.name + "_" + join(key.columns, "_") + "_pk";
  planned.primary_key = std::move(said);
}

/// A name of its own for a constraint that has none.
std::string unique_name(const Table& table, const Unique& unique) {
  if (!unique.name.empty()) return unique.name;
  return table.name + "_" + join(unique.columns, "_") + "_unique";
}

/// Unique constraints, to which MySQL's unique indexes belong: drizzle-kit makes constraints with
/// their table, and indexes after the foreign keys that may need them.
std::vector<Unique> unique_constraints(const Plan& plan, const Table& table) {
  std::vector<Unique> all = table.uniques;
  if (plan.flavor->dialect != "mysql") return all;
  for (const Index& index : table.indexes) {
    if (!is_unique_constraint(plan, index)) continue;
    Unique unique;
    unique.name = index.name;
    for (const IndexPart& part : index.parts) unique.columns.push_back(part.expression.text);
    all.push_back(std::move(unique));
  }
  return all;
}

void plan_uniques(const Plan& plan, PlannedTable& planned) {
  std::unordered_set<std::string> taken;
  for (const Unique& unique : unique_constraints(plan, *planned.table)) {
    PlannedKey said{unique_name(*planned.table, unique), unique.columns, unique.nulls_not_distinct};
    if (unique.without_overlaps || !survive_kit(unique.columns) || !survives_kit(said.name, ";") ||
        !taken.insert(said.name).second) {
      note(planned, "unique constraint " + said.name);
      continue;
    }
    if (unique.deferrable) note(planned, said.name + " is DEFERRABLE");
    if (!unique.include.empty()) note(planned, said.name + " INCLUDEs columns");
    if (!unique.options.empty()) note(planned, "storage parameters of " + said.name);
    planned.uniques.push_back(std::move(said));
  }
}

void note_details(PlannedTable& planned, const ForeignKey& key) {
  const std::string name = constraint(key.name, "a foreign key");
  if (key.deferrable) note(planned, name + " is DEFERRABLE");
  if (key.match_full) note(planned, name + " is MATCH FULL");
  if (!key.set_null_columns.empty())
    note(planned, name + " sets only " + join(key.set_null_columns, ", ") + " to NULL");
  if (!key.validated) note(planned, name + " is NOT VALID");
  if (!key.enforced) note(planned, name + " is NOT ENFORCED");
}

/// Whether a constraint makes the columns a key: drizzle-kit lays foreign keys before the indexes
/// that it makes.
bool is_key_in_time(const Plan& plan, const Table& target,
                    const std::vector<std::string>& columns) {
  if (plan.flavor->dialect == "sqlite") return true;
  const bool in_order = plan.flavor->dialect == "mysql";  // the key begins with the columns
  const auto serves = [&](const std::vector<std::string>& key) {
    if (key.size() < columns.size() || (!in_order && key.size() != columns.size())) return false;
    if (in_order) return std::equal(columns.begin(), columns.end(), key.begin());
    return std::is_permutation(columns.begin(), columns.end(), key.begin());
  };
  if (target.primary_key && serves(target.primary_key->columns)) return true;
  const std::vector<Unique> uniques = unique_constraints(plan, target);
  return std::any_of(uniques.begin(), uniques.end(),
                     [&](const Unique& unique) { return serves(unique.columns); });
}

void plan_foreign_keys(const Plan& plan, PlannedTable& planned) {
  for (const ForeignKey& key : planned.table->foreign_keys) {
    PlannedForeignKey said;
    said.name = key.name;
    said.columns = key.columns;
    said.table = plan.native.table(key.table_schema, key.table);
    said.referenced = key.referenced;
    said.on_delete = to_lower(action_words(key.on_delete));
    said.on_update = to_lower(action_words(key.on_update));
    const bool known = said.table != SchemaIndex::npos;
    if (known && said.referenced.empty()) {
      const std::optional<PrimaryKey>& target = plan.schema().tables[said.table].primary_key;
      if (target) said.referenced = target->columns;
    }
    const bool complete = known && said.referenced.size() == said.columns.size() &&
                          !said.columns.empty() &&
                          is_key_in_time(plan, plan.schema().tables[said.table], said.referenced);
    if (!complete || key.period || !survive_kit(said.columns) || !survive_kit(said.referenced) ||
        !survives_kit(key.name + key.table + planned.table->name, ";")) {
      note(planned, "foreign key " + constraint(key.name, "to " + key.table));
      continue;
    }
    note_details(planned, key);
    planned.foreign_keys.push_back(std::move(said));
  }
}

/// What MariaDB adds to a column of type json by itself.
bool is_json_check(const Table& table, const Check& check) {
  const std::string query = to_lower(check.expression.text);
  if (query.find("json_valid") == std::string::npos) return false;
  return std::any_of(table.columns.begin(), table.columns.end(), [&](const Column& column) {
    return to_lower(column.type.spelling) == "json" &&
           (query == "json_valid(`" + column.name + "`)" ||
            query == "json_valid(" + column.name + ")");
  });
}

void plan_checks(const Plan& plan, PlannedTable& planned) {
  const Table& table = *planned.table;
  std::unordered_set<std::string> taken;
  for (const Check& check : table.checks) taken.insert(check.name);
  for (const Check& check : table.checks) {
    if (is_json_check(table, check)) continue;
    PlannedCheck said{check.name, plan.input->dialect.expression(check.expression)};
    for (int number = 1; said.name.empty(); ++number) {
      const std::string name = table.name + "_check" + (number == 1 ? "" : std::to_string(number));
      if (taken.insert(name).second) said.name = name;
    }
    // What is joined with a semicolon is cut at the first one.
    if (!survives_kit(said.name + said.expression, ";")) {
      note(planned, "check " + said.name);
      continue;
    }
    if (check.no_inherit) note(planned, said.name + " is NO INHERIT");
    if (!check.validated) note(planned, said.name + " is NOT VALID");
    if (!check.enforced) note(planned, said.name + " is NOT ENFORCED");
    planned.checks.push_back(std::move(said));
  }
}

std::string_view command(PolicyCommand of) {
  switch (of) {
    case PolicyCommand::all:
      return "all";
    case PolicyCommand::select:
      return "select";
    case PolicyCommand::insert:
      return "insert";
    case PolicyCommand::update:
      return "update";
    case PolicyCommand::delete_:
      return "delete";
  }
  return "all";
}

}  // namespace

bool is_unique_constraint(const Plan& plan, const Index& index) {
  return plan.flavor->dialect == "mysql" && index.unique && !index.invisible &&
         std::all_of(index.parts.begin(), index.parts.end(), [](const IndexPart& part) {
           return part.expression.operation == Operation::column && part.prefix_length == 0 &&
                  !part.descending && !part.expression.text.empty();
         });
}

void plan_keys(Plan& plan, PlannedTable& planned) {
  plan_primary_key(plan, planned);
  plan_uniques(plan, planned);
  plan_foreign_keys(plan, planned);
  plan_checks(plan, planned);
}

void plan_policies(Plan& plan, PlannedTable& planned) {
  const Table& table = *planned.table;
  planned.row_level_security = table.row_level_security;
  if (table.row_level_security_forced) note(planned, "FORCE ROW LEVEL SECURITY");
  for (const Policy& policy : table.policies) {
    PlannedPolicy said;
    said.name = policy.name;
    said.permissive = policy.permissive;
    said.command = command(policy.command);
    said.roles = policy.roles;
    if (policy.using_rows) said.using_rows = plan.input->dialect.expression(*policy.using_rows);
    if (policy.with_check) said.with_check = plan.input->dialect.expression(*policy.with_check);
    const std::string all = said.name + said.using_rows.value_or("") + said.with_check.value_or("");
    // A table with policies is one with row-level security to drizzle-kit, which takes policies
    // apart at "--".
    if (!table.row_level_security || all.find("--") != std::string::npos) {
      note(planned, "policy " + policy.name);
      continue;
    }
    planned.policies.push_back(std::move(said));
  }
}

}  // namespace relata::emit::drizzle
