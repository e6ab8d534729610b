#include <algorithm>
#include <array>
#include <map>

#include "dialect/postgres_object_names.h"
#include "live/postgres/sql_words.h"
#include "live/postgres/steps.h"

namespace relata::live::postgres {

namespace {

// The columns of constraints_query(), in its order.
enum Field {
  oid,
  name,
  kind,
  table_oid,
  domain_oid,
  index_oid,
  columns,
  referenced_table,
  referenced_columns,
  on_update,
  on_delete,
  match,
  is_deferrable,
  is_deferred,
  is_validated,
  is_local,
  is_no_inherit,
  set_null_columns,
  is_enforced,
  is_period,
  parent_table,
  check_expression,
  operators,
};

ReferentialAction action_of(char letter) {
  switch (letter) {
    case 'r':
      return ReferentialAction::restrict;
    case 'c':
      return ReferentialAction::cascade;
    case 'n':
      return ReferentialAction::set_null;
    case 'd':
      return ReferentialAction::set_default;
    default:
      return ReferentialAction::no_action;
  }
}

std::vector<std::string> names_of(const Relation& relation,
                                  const std::vector<std::int64_t>& numbers) {
  std::vector<std::string> names;
  for (const std::int64_t number : numbers) names.push_back(relation.attribute(number));
  return names;
}

Check check_of(const Row& row, const Catalog& catalog) {
  Check check;
  check.name = row.text(name);
  check.expression = sql_expression(row.text(check_expression));
  check.no_inherit = row.flag(is_no_inherit);
  check.validated = row.flag(is_validated);
  check.enforced = row.flag(is_enforced);
  // What is not enforced is never validated, which is nothing to say of its own.
  if (!check.enforced) check.validated = true;
  check.inherited = !row.flag(is_local);
  check.comment = catalog.comment(CatalogId::constraint, row.oid(oid));
  return check;
}

void read_primary_key(const Row& row, const Relation& relation, Table& table, Catalog& catalog) {
  PrimaryKey key;
  key.name = row.text(name);
  key.columns = names_of(relation, row.numbers(columns));
  key.deferrable = row.flag(is_deferrable);
  key.initially_deferred = row.flag(is_deferred);
  key.without_overlaps = row.flag(is_period);
  key.comment = catalog.comment(CatalogId::constraint, row.oid(oid));
  table.primary_key = std::move(key);
  catalog.indexed_constraints[row.oid(index_oid)] = {relation.place, 'p', 0};
}

void read_unique(const Row& row, const Relation& relation, Table& table, Catalog& catalog) {
  Unique unique;
  unique.name = row.text(name);
  unique.columns = names_of(relation, row.numbers(columns));
  unique.deferrable = row.flag(is_deferrable);
  unique.initially_deferred = row.flag(is_deferred);
  unique.without_overlaps = row.flag(is_period);
  unique.comment = catalog.comment(CatalogId::constraint, row.oid(oid));
  catalog.indexed_constraints[row.oid(index_oid)] = {relation.place, 'u', table.uniques.size()};
  table.uniques.push_back(std::move(unique));
}

/// Its parts are those of its index.
void read_exclusion(const Row& row, const Relation& relation, Table& table, Catalog& catalog) {
  Exclusion exclusion;
  exclusion.name = row.text(name);
  exclusion.operators = row.texts(operators);
  exclusion.deferrable = row.flag(is_deferrable);
  exclusion.initially_deferred = row.flag(is_deferred);
  exclusion.comment = catalog.comment(CatalogId::constraint, row.oid(oid));
  catalog.indexed_constraints[row.oid(index_oid)] = {relation.place, 'x', table.exclusions.size()};
  table.exclusions.push_back(std::move(exclusion));
}

void read_foreign_key(const Row& row, const Relation& relation, Table& table, Catalog& catalog) {
  // A reference to a partitioned table has another row for each of its partitions.
  const bool has_parent = !row.is_null(parent_table);
  if (has_parent && row.oid(parent_table) == row.oid(table_oid)) return;
  const Relation* referenced = catalog.relation(row.oid(referenced_table));
  if (referenced == nullptr) return;
  ForeignKey key;
  key.name = row.text(name);
  key.columns = names_of(relation, row.numbers(columns));
  key.table_schema = referenced->name.schema;
  key.table = referenced->name.name;
  key.referenced = names_of(*referenced, row.numbers(referenced_columns));
  key.on_update = action_of(row.letter(on_update));
  key.on_delete = action_of(row.letter(on_delete));
  key.set_null_columns = names_of(relation, row.numbers(set_null_columns));
  key.match_full = row.letter(match) == 'f';
  key.deferrable = row.flag(is_deferrable);
  key.initially_deferred = row.flag(is_deferred);
  key.enforced = row.flag(is_enforced);
  key.validated = row.flag(is_validated) || !key.enforced;
  key.inherited = has_parent;
  key.period = row.flag(is_period);
  key.comment = catalog.comment(CatalogId::constraint, row.oid(oid));
  table.foreign_keys.push_back(std::move(key));
}

/// NOT NULL, which PostgreSQL 18 keeps as a constraint with a name.
struct NotNull {
  std::string name;
  bool local = true;
};
using NotNulls = std::map<std::pair<const Table*, std::string>, NotNull>;

Column* find_column(Table& table, const std::string& column_name) {
  const auto column = std::find_if(table.columns.begin(), table.columns.end(),
                                   [&](const Column& each) { return each.name == column_name; });
  return column == table.columns.end() ? nullptr : &*column;
}

void read_not_null(const Row& row, const Relation& relation, Table& table, NotNulls& not_nulls) {
  const std::vector<std::int64_t> numbers = row.numbers(columns);
  if (numbers.empty()) return;
  const std::string& column_name = relation.attribute(numbers.front());
  Column* column = find_column(table, column_name);
  if (column == nullptr) return;
  not_nulls[{&table, column_name}] = {row.text(name), row.flag(is_local)};
  if (row.flag(is_no_inherit)) column->options.push_back({"not null", "no inherit"});
  if (!row.flag(is_validated)) column->options.push_back({"not null", "not valid"});
}

/// A name that the server would not give by itself is the column's to tell. What comes from a
/// parent table only has its name there.
void name_not_nulls(const NotNulls& not_nulls, Catalog& catalog) {
  std::map<QualifiedName, const Table*> tables;
  for (const Table& table : catalog.schema.tables) tables[{table.schema, table.name}] = &table;
  for (Table& table : catalog.schema.tables) {
    std::vector<QualifiedName> parents = table.inherits;
    if (table.partition_of) parents.push_back(table.partition_of->parent);
    for (Column& column : table.columns) {
      const auto own = not_nulls.find({&table, column.name});
      if (own == not_nulls.end()) continue;
      std::string usual = postgres_object_name(table.name, column.name, "not_null");
      // A partition has the whole table's name where it was made as one, and a name of its own
      // where it was attached; a key of its own makes it local without giving it another.
      for (const QualifiedName& parent : parents) {
        if (own->second.local && !table.partition_of) break;
        const auto found = tables.find(parent);
        if (found == tables.end()) continue;
        const auto of_parent = not_nulls.find({found->second, column.name});
        if (of_parent == not_nulls.end()) continue;
        usual = of_parent->second.name;
        break;
      }
      if (own->second.name != usual) column.not_null_name = own->second.name;
    }
  }
}

void read_table_constraint(const Row& row, Catalog& catalog, NotNulls& not_nulls) {
  Table* table = catalog.table(row.oid(table_oid));
  if (table == nullptr) return;
  const Relation& relation = *catalog.relation(row.oid(table_oid));
  switch (row.letter(kind)) {
    case 'p':
      return read_primary_key(row, relation, *table, catalog);
    case 'u':
      return read_unique(row, relation, *table, catalog);
    case 'x':
      return read_exclusion(row, relation, *table, catalog);
    case 'f':
      return read_foreign_key(row, relation, *table, catalog);
    case 'c':
      table->checks.push_back(check_of(row, catalog));
      return;
    case 'n':
      return read_not_null(row, relation, *table, not_nulls);
    default:
      return;  // A constraint trigger, which is read with the triggers.
  }
}

}  // namespace

std::string constraints_query(int major) {
  const std::string set_null = major >= 15 ? "c.confdelsetcols" : "NULL::int2[]";
  const std::string version_18 = major >= 18 ? "c.conenforced, c.conperiod" : "true, false";
  return R"(
SELECT c.oid, c.conname, c.contype, c.conrelid, c.contypid, c.conindid, c.conkey, c.confrelid,
       c.confkey, c.confupdtype, c.confdeltype, c.confmatchtype, c.condeferrable, c.condeferred,
       c.convalidated, c.conislocal, c.connoinherit, )" +
         set_null + ", " + version_18 + R"(, parent.conrelid,
       CASE WHEN c.contype = 'c' THEN pg_get_expr(c.conbin, c.conrelid) END,
       CASE WHEN c.contype = 'x' THEN ARRAY(
         SELECT CASE WHEN pg_operator_is_visible(o.oid) THEN o.oprname::text
                     ELSE format('OPERATOR(%I.%s)', n.nspname, o.oprname) END
         FROM unnest(c.conexclop) WITH ORDINALITY AS each (oid, number)
         JOIN pg_operator o ON o.oid = each.oid
         JOIN pg_namespace n ON n.oid = o.oprnamespace
         ORDER BY each.number) END
FROM pg_constraint c
LEFT JOIN pg_constraint parent ON parent.oid = c.conparentid
WHERE c.contype IN ('p', 'u', 'x', 'f', 'c', 'n') AND )" +
         in_user_namespace("c.connamespace") + "\nORDER BY c.conrelid, c.conname";
}

void read_constraints(const Rows& rows, Catalog& catalog) {
  NotNulls not_nulls;
  for (const Row row : rows) {
    if (row.oid(table_oid) != 0) {
      read_table_constraint(row, catalog, not_nulls);
    } else if (const auto domain = catalog.domains.find(row.oid(domain_oid));
               domain != catalog.domains.end() && row.letter(kind) == 'c') {
      Check check = check_of(row, catalog);
      check.inherited = false;
      catalog.schema.domains[domain->second].checks.push_back(std::move(check));
    }
  }
  name_not_nulls(not_nulls, catalog);
}

}  // namespace relata::live::postgres
