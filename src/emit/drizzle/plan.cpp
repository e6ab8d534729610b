#include "emit/drizzle/plan.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "emit/drizzle/snapshot.h"

namespace relata::emit::drizzle {
namespace {

constexpr std::array flavors = {
    Flavor{"postgres", "postgresql", "drizzle-orm/pg-core", "pgTable", "pgView",
           "PgTableExtraConfigValue", "7", true, postgres_type, write_postgres_snapshot},
    Flavor{"mysql", "mysql", "drizzle-orm/mysql-core", "mysqlTable", "mysqlView",
           "MySqlTableExtraConfigValue", "5", false, mysql_type, write_mysql_snapshot},
    Flavor{"sqlite", "sqlite", "drizzle-orm/sqlite-core", "sqliteTable", "sqliteView",
           "SQLiteTableExtraConfigValue", "6", false, sqlite_type, write_sqlite_snapshot},
};

/// Names of tables, views and their types, which are the same in every target.
void take_names(Plan& plan) {
  for (const TableNames& names : plan.code_names.tables) {
    plan.names.export_as(names.collection);
    plan.names.export_as(names.entity);
  }
  for (const TableNames& names : plan.code_names.views) {
    plan.names.export_as(names.collection);
    plan.names.export_as(names.entity);
  }
  for (const std::string& name : plan.code_names.enumerations) plan.names.export_as(name);
}

void start_tables(Plan& plan) {
  const std::vector<Table>& tables = plan.schema().tables;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const TableNames& names = plan.code_names.tables[i];
    PlannedTable planned;
    planned.table = &tables[i];
    planned.constant = names.collection;
    planned.entity = names.entity;
    planned.new_entity = plan.names.claim("New" + names.entity);
    plan.tables.push_back(std::move(planned));
  }
}

}  // namespace

Plan::Plan(const TargetInput& target_input, const Flavor& target_flavor)
    : input(&target_input),
      flavor(&target_flavor),
      code_names(emit::code_names(target_input.native, typescript(), "drizzle")),
      meant(target_input.schema),
      native(target_input.native) {}

Code Plan::sql(std::string_view query) { return drizzle::sql(names.orm("sql"), query); }

std::string Plan::space_of(std::string_view name) const {
  const auto found = std::find_if(spaces.begin(), spaces.end(),
                                  [&](const PlannedName& one) { return one.name == name; });
  return found == spaces.end() ? std::string() : found->constant;
}

const Flavor* find_flavor(std::string_view dialect) {
  const auto* found = std::find_if(flavors.begin(), flavors.end(),
                                   [&](const Flavor& one) { return one.dialect == dialect; });
  return found == flavors.end() ? nullptr : found;
}

std::string column_key(std::string_view schema, std::string_view table, std::string_view column) {
  std::string key(schema);
  key += '\0';
  key += table;
  key += '\0';
  return key + std::string(column);
}

bool survives_kit(std::string_view text, std::string_view separators) {
  return text.find_first_of(separators) == std::string_view::npos;
}

bool survive_kit(const std::vector<std::string>& names) {
  return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    return can_be_named(name) && survives_kit(name, ",;");
  });
}

Plan make_plan(const TargetInput& input, const Flavor& flavor) {
  Plan plan(input, flavor);
  take_names(plan);
  start_tables(plan);
  plan_objects(plan);
  for (std::size_t i = 0; i < plan.tables.size(); ++i) {
    PlannedTable& planned = plan.tables[i];
    planned.space = plan.space_of(planned.table->schema);
    plan_columns(plan, planned, plan.code_names.tables[i]);
    plan_keys(plan, planned);
    plan_indexes(plan, planned);
    plan_policies(plan, planned);
    plan_left_out(plan, planned);
  }
  plan_views(plan);
  plan_cycles(plan);
  return plan;
}

}  // namespace relata::emit::drizzle
