// Namespaces, extensions, and what other queries name by OID: comments, collations and operator
// classes.
#include "live/postgres/sql_words.h"
#include "live/postgres/steps.h"

namespace relata::live::postgres {

namespace {

/// Objects below are made when the server's data folder is.
constexpr const char* first_user_oid = "16384";

/// Bare where the search path finds it, else with its namespace.
std::string visible_name(std::string_view namespace_name, std::string_view name) {
  if (namespace_name == "pg_catalog" || namespace_name == "public") return std::string(name);
  return std::string(namespace_name) + "." + std::string(name);
}

}  // namespace

std::string comments_query(int) {
  return std::string(R"(
SELECT d.classoid, d.objoid, d.objsubid, d.description
FROM pg_description d
WHERE (d.objoid >= )") +
         first_user_oid + R"(
       OR d.classoid = 'pg_namespace'::regclass AND d.description <> 'standard public schema'
          AND d.objoid = (SELECT oid FROM pg_namespace WHERE nspname = 'public'))
  AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classoid AND e.objid = d.objoid
                                            AND e.deptype = 'e'))";
}

void read_comments(const Rows& rows, Catalog& catalog) {
  for (const Row row : rows) {
    catalog.comments[{row.oid(0), row.oid(1)}].emplace_back(row.integer(2), row.text(3));
  }
}

std::string namespaces_query(int) {
  return "SELECT oid, nspname, " + not_of_extension("pg_namespace", "pg_namespace.oid") +
         " FROM pg_namespace WHERE " + in_user_namespace("oid");
}

void read_namespaces(const Rows& rows, Catalog& catalog) {
  for (const Row row : rows) {
    const Oid oid = row.oid(0);
    const std::string name = row.text(1);
    catalog.namespaces[oid] = name == "public" ? "" : name;
    const std::string comment = catalog.comment(CatalogId::namespace_, oid);
    // Everybody has the default one: there is nothing to say about it but a comment.
    if (row.flag(2) && (name != "public" || !comment.empty())) {
      catalog.schema.namespaces.push_back({catalog.namespaces[oid], comment, {}});
    }
  }
}

std::string collations_query(int) {
  return R"(
SELECT c.oid, n.nspname, c.collname
FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace)";
}

void read_collations(const Rows& rows, Catalog& catalog) {
  for (const Row row : rows) {
    catalog.collations[row.oid(0)] = visible_name(row.view(1), row.view(2));
  }
}

std::string operator_classes_query(int) {
  return R"(
SELECT c.oid, n.nspname, c.opcname, c.opcdefault
FROM pg_opclass c JOIN pg_namespace n ON n.oid = c.opcnamespace)";
}

void read_operator_classes(const Rows& rows, Catalog& catalog) {
  for (const Row row : rows) {
    const std::string_view namespace_name = row.view(1);
    const bool bare = namespace_name == "pg_catalog" || namespace_name == "public";
    catalog.operator_classes[row.oid(0)] = {
        syntax::postgres_qualified_name(bare ? std::string_view() : namespace_name, row.view(2)),
        row.flag(3)};
  }
}

/// plpgsql is in every database that nobody took it out of.
std::string extensions_query(int) {
  return R"(
SELECT e.extname, CASE WHEN n.nspname <> 'public' THEN n.nspname END
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
WHERE e.extname <> 'plpgsql')";
}

void read_extensions(const Rows& rows, Catalog& catalog) {
  for (const Row row : rows) catalog.schema.extensions.push_back({row.text(0), row.text(1), {}});
}

}  // namespace relata::live::postgres
