#include <algorithm>

#include "base/text.h"
#include "dialect/postgres_plan.h"

namespace relata {
namespace {

std::string_view command_words(PolicyCommand command) {
  switch (command) {
    case PolicyCommand::all:
      return "ALL";
    case PolicyCommand::select:
      return "SELECT";
    case PolicyCommand::insert:
      return "INSERT";
    case PolicyCommand::update:
      return "UPDATE";
    case PolicyCommand::delete_:
      return "DELETE";
  }
  return {};
}

void print_policy(Printer& printer, const PostgresDialect& dialect, const Table& table,
                  const Policy& policy) {
  printer.line("CREATE POLICY " + dialect.identifier(policy.name) + " ON " +
               dialect.qualified(table));
  std::string line = policy.permissive ? "" : "AS RESTRICTIVE ";
  line += "FOR " + std::string(command_words(policy.command)) + " TO " +
          (policy.roles.empty() ? "PUBLIC" : dialect.identifiers(policy.roles));
  printer.line("  " + line + (policy.using_rows || policy.with_check ? "" : ";"));
  if (policy.using_rows) {
    printer.line("  USING (" + dialect.expression(*policy.using_rows) + ")" +
                 (policy.with_check ? "" : ";"));
  }
  if (policy.with_check) {
    printer.line("  WITH CHECK (" + dialect.expression(*policy.with_check) + ");");
  }
}

/// Lets the functions that run as the tables' owner through the forced policies.
void print_owner_policy(Printer& printer, const PostgresDialect& dialect, const Table& table) {
  printer.line("CREATE POLICY " + dialect.identifier(dialect.fit(table.name + "_by_trigger")) +
               " ON " + dialect.qualified(table) + "  -- for the triggers that write it");
  printer.line("  FOR ALL TO CURRENT_USER USING (true) WITH CHECK (true);");
}

void print_rows_function(Printer& printer, const PostgresDialect& dialect, const PostgresPlan& plan,
                         const RowsFunction& function) {
  const Table* table = plan.schema.find_table(function.table);
  const Column* column = table == nullptr ? nullptr : table->find_column(function.column);
  if (column == nullptr) return;
  const std::string filter = dialect.expression(function.filter);
  printer.line();
  printer.print(
      R"(-- Read past the policies of $table$, which would otherwise call themselves without end.
CREATE FUNCTION $name$() RETURNS SETOF $type$
  LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path FROM CURRENT
AS $$$$
  SELECT $column$ FROM $table$ WHERE $filter$
$$$$;
CREATE POLICY $name$ ON $table$
  FOR SELECT TO CURRENT_USER USING ($filter$);
)",
      {{"table", dialect.qualified(*table)},
       {"name", dialect.identifier(function.name)},
       {"type", dialect.type_name(column->type)},
       {"column", dialect.identifier(function.column)},
       {"filter", filter}});
}

void print_grants(Printer& printer, const PostgresDialect& dialect, const Schema& schema) {
  const std::string role = dialect.identifier(schema.session.role);
  printer.line();
  std::size_t width = 0;
  for (const Table& table : schema.tables) {
    width = std::max(width, code_points(dialect.qualified(table)));
  }
  for (const Table& table : schema.tables) {
    const std::string name = dialect.qualified(table);
    const std::string rights = is_written_by_triggers(schema, table.name)
                                   ? "SELECT                        "
                                   : "SELECT, INSERT, UPDATE, DELETE";
    printer.line("GRANT " + rights + " ON " + name + std::string(width - code_points(name), ' ') +
                 " TO " + role + ";");
  }
}

}  // namespace

void print_postgres_prelude(Printer& printer, const PostgresDialect& dialect,
                            const PostgresPlan& plan) {
  printer.print(R"(
-- Functions keep this search_path: the schema that the tables go into, and no one's temporary
-- tables before it.
DO $$$$
BEGIN
  PERFORM set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);
END
$$$$;
)");
  const bool excludes = std::any_of(plan.schema.tables.begin(), plan.schema.tables.end(),
                                    [](const Table& table) { return !table.no_overlaps.empty(); });
  if (excludes) {
    printer.line();
    printer.line(
        "CREATE EXTENSION IF NOT EXISTS btree_gist;  -- for periods that must not overlap");
  }
  if (plan.schema.session.role.empty()) return;
  printer.print(R"(
-- The role that the application's own login role is a member of: GRANT $role$ TO ...
DO $$$$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = $literal$) THEN
    CREATE ROLE $role$ NOLOGIN;
  END IF;
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), $literal$);
END
$$$$;
)",
                {{"role", dialect.identifier(plan.schema.session.role)},
                 {"literal", dialect.string_literal(plan.schema.session.role)}});
}

void print_postgres_security(Printer& printer, const PostgresDialect& dialect,
                             const PostgresPlan& plan) {
  const bool secured = std::any_of(plan.schema.tables.begin(), plan.schema.tables.end(),
                                   [](const Table& table) { return table.row_level_security; });
  const bool grants = !plan.schema.session.role.empty();
  if (!secured && !grants) return;
  print_section(printer, secured ? "row-level security" : "privileges");
  if (grants) print_grants(printer, dialect, plan.schema);
  for (const RowsFunction& function : plan.rows_functions) {
    print_rows_function(printer, dialect, plan, function);
  }
  for (const Table& table : plan.schema.tables) {
    if (!table.row_level_security) continue;
    printer.line();
    printer.line("ALTER TABLE " + dialect.qualified(table) +
                 " ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;");
    for (const Policy& policy : table.policies) print_policy(printer, dialect, table, policy);
    if (is_written_by_triggers(plan.schema, table.name)) {
      print_owner_policy(printer, dialect, table);
    }
  }
}

void print_postgres_soft_delete(Printer& printer, const PostgresDialect& dialect,
                                const Schema& schema) {
  bool headed = false;
  for (const Table& table : schema.tables) {
    const std::string& flag = table.intent.soft_delete_column;
    if (flag.empty() || !table.primary_key || table.find_column(flag) == nullptr) continue;
    if (!headed) {
      print_section(printer, "soft delete");
      printer.line(
          "-- A row that an UPDATE hides from its own policy is refused; these functions see");
      printer.line("-- deleted rows while they run. They return whether there was such a row.");
      headed = true;
    }
    std::vector<std::string> parameters;
    std::vector<std::string> match;
    const std::string name = dialect.qualified(table);
    for (const std::string& key : table.primary_key->columns) {
      const Column* column = table.find_column(key);
      if (column == nullptr) continue;
      parameters.push_back(dialect.type_name(column->type));
      match.push_back(dialect.identifier(key) + " = $" + std::to_string(parameters.size()));
    }
    struct Form {
      std::string_view suffix;
      std::string_view value;
      std::string_view test;
    };
    for (const Form& form :
         {Form{"_soft_delete", "now()", " IS NULL"}, Form{"_restore", "NULL", " IS NOT NULL"}}) {
      printer.print(
          R"(
CREATE FUNCTION $function$($parameters$) RETURNS boolean
  LANGUAGE plpgsql
  SET search_path FROM CURRENT
AS $$$$
DECLARE
  setting CONSTANT text := coalesce(current_setting('app.include_deleted', true), '');
  changed boolean;
BEGIN
  PERFORM set_config('app.include_deleted', 'on', true);
  UPDATE $table$ SET $flag$ = $value$ WHERE $match$ AND $flag$$test$;
  changed := FOUND;
  PERFORM set_config('app.include_deleted', setting, true);
  RETURN changed;
END
$$$$;
)",
          {{"function", dialect.identifier(dialect.fit(table.name + std::string(form.suffix)))},
           {"parameters", join(parameters, ", ")},
           {"table", name},
           {"flag", dialect.identifier(flag)},
           {"value", form.value},
           {"match", join(match, " AND ")},
           {"test", form.test}});
    }
  }
}

}  // namespace relata
