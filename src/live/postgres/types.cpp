// Enumerations and domains. Composite types are relations: see relations.cpp.
#include "live/postgres/sql_words.h"
#include "live/postgres/steps.h"

namespace relata::live::postgres {

std::string enumerations_query(int) {
  return R"(
SELECT t.oid, t.typnamespace, t.typname,
       (SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder)
        FROM pg_enum e WHERE e.enumtypid = t.oid),
       )" +
         not_of_extension("pg_type", "t.oid") +
         R"(
FROM pg_type t
WHERE t.typtype = 'e' AND )" +
         in_user_namespace("t.typnamespace");
}

void read_enumerations(const Rows& rows, Catalog& catalog) {
  for (const Row row : rows) {
    Enumeration made;
    made.schema = catalog.namespace_name(row.oid(1));
    made.name = row.text(2);
    made.values = row.texts(3);
    made.comment = catalog.comment(CatalogId::type, row.oid(0));
    catalog.add_user_type(made.schema, made.name, {true, made.values, {}});
    if (row.flag(4)) catalog.schema.enumerations.push_back(std::move(made));
  }
}

std::string domains_query(int) {
  return R"(
SELECT t.oid, t.typnamespace, t.typname, format_type(t.typbasetype, t.typtypmod), t.typnotnull,
       CASE WHEN t.typdefaultbin IS NOT NULL THEN pg_get_expr(t.typdefaultbin, 0)
            ELSE quote_literal(t.typdefault) END,
       CASE WHEN t.typcollation <> b.typcollation THEN t.typcollation END,
       )" +
         not_of_extension("pg_type", "t.oid") +
         R"(
FROM pg_type t JOIN pg_type b ON b.oid = t.typbasetype
WHERE t.typtype = 'd' AND )" +
         in_user_namespace("t.typnamespace");
}

void read_domains(const Rows& rows, Catalog& catalog) {
  // All are known before any is read: a domain's base may be another one.
  for (const Row row : rows) {
    catalog.add_user_type(catalog.namespace_name(row.oid(1)), row.text(2),
                          {false, {}, row.text(3)});
  }
  for (const Row row : rows) {
    if (!row.flag(7)) continue;
    Domain made;
    made.schema = catalog.namespace_name(row.oid(1));
    made.name = row.text(2);
    made.type = catalog.type(row.view(3));
    made.nullable = !row.flag(4);
    if (!row.is_null(5)) made.default_value = sql_expression(row.text(5));
    if (!row.is_null(6)) made.collation = catalog.collations[row.oid(6)];
    made.comment = catalog.comment(CatalogId::type, row.oid(0));
    catalog.domains[row.oid(0)] = catalog.schema.domains.size();
    catalog.schema.domains.push_back(std::move(made));
  }
}

}  // namespace relata::live::postgres
