// Privileges: what an object's access list has more or less than the one it is made with.
#include <array>
#include <map>
#include <tuple>

#include "live/postgres/sql_words.h"
#include "live/postgres/steps.h"

namespace relata::live::postgres {

namespace {

// The columns of grants_query(), in its order.
enum Field { kind, schema, name, arguments, column, grantee, privilege, is_grantable, is_revoked };

/// The list of an object that came with the server: what initdb gave to everybody is not in the
/// default list. What it gave to the owner goes with the ownership, which the model does not have.
std::string initial_list(const std::string& default_list, const std::string& owner) {
  return default_list + " || ARRAY(SELECT makeaclitem(0, " + owner +
         ", privilege_type, is_grantable) FROM aclexplode(i.initprivs) WHERE grantee = 0)";
}

/// Objects with an access list that was changed: what they are, that list, and the one that they
/// are made with.
/// https://www.postgresql.org/docs/current/ddl-priv.html#PRIVILEGE-ABBREVS-TABLE
std::string objects_with_privileges() {
  const std::string space = model_namespace("n.nspname");
  return R"(
  SELECT CASE c.relkind WHEN 'S' THEN 'sequence' ELSE 'table' END AS kind, )" +
         space + R"( AS schema, c.relname::text AS name, '' AS arguments, '' AS column,
         c.relacl AS list,
         acldefault(CASE c.relkind WHEN 'S' THEN 's'::"char" ELSE 'r'::"char" END, c.relowner)
           AS initial
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relacl IS NOT NULL AND )" +
         in_user_namespace("n.oid") + " AND " + not_of_extension("pg_class", "c.oid") + R"(
  UNION ALL
  SELECT 'table', )" +
         space + R"(, c.relname::text, '', a.attname::text, a.attacl, NULL::aclitem[]
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND )" +
         in_user_namespace("n.oid") + " AND " + not_of_extension("pg_class", "c.oid") + R"(
  UNION ALL
  SELECT CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END, )" +
         space + R"(, p.proname::text, oidvectortypes(p.proargtypes), '', p.proacl,
         acldefault('f', p.proowner)
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE p.proacl IS NOT NULL AND )" +
         in_user_namespace("n.oid") + " AND " + not_of_extension("pg_proc", "p.oid") + R"(
  UNION ALL
  SELECT 'type', )" +
         space + R"(, t.typname::text, '', '', t.typacl, acldefault('T', t.typowner)
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE t.typacl IS NOT NULL AND )" +
         in_user_namespace("n.oid") + " AND " + not_of_extension("pg_type", "t.oid") + R"(
  UNION ALL
  SELECT 'schema', NULL, n.nspname::text, '', '', n.nspacl,
         )" +
         initial_list("acldefault('n', n.nspowner)", "n.nspowner") + R"(
  FROM pg_namespace n
  LEFT JOIN pg_init_privs i ON i.classoid = 'pg_namespace'::regclass AND i.objoid = n.oid
  WHERE n.nspacl IS NOT NULL AND )" +
         in_user_namespace("n.oid") + " AND " + not_of_extension("pg_namespace", "n.oid") + R"(
  UNION ALL
  SELECT 'language', NULL, l.lanname::text, '', '', l.lanacl,
         )" +
         initial_list("acldefault('l', l.lanowner)", "l.lanowner") + R"(
  FROM pg_language l
  LEFT JOIN pg_init_privs i ON i.classoid = 'pg_language'::regclass AND i.objoid = l.oid
  WHERE l.lanacl IS NOT NULL
  UNION ALL
  SELECT 'foreign data wrapper', NULL, w.fdwname::text, '', '', w.fdwacl,
         acldefault('F', w.fdwowner)
  FROM pg_foreign_data_wrapper w
  WHERE w.fdwacl IS NOT NULL AND )" +
         not_of_extension("pg_foreign_data_wrapper", "w.oid") + R"(
  UNION ALL
  SELECT 'foreign server', NULL, s.srvname::text, '', '', s.srvacl, acldefault('S', s.srvowner)
  FROM pg_foreign_server s
  WHERE s.srvacl IS NOT NULL)";
}

}  // namespace

std::string grants_query(int) {
  return R"(
SELECT o.kind, o.schema, o.name, o.arguments, o.column, r.rolname, p.privilege_type, p.is_grantable,
       p.is_revoked
FROM ()" +
         objects_with_privileges() + R"() o
CROSS JOIN LATERAL (
  (SELECT grantee, privilege_type, bool_or(is_grantable) AS is_grantable,
          false AS is_revoked
   FROM aclexplode(o.list) GROUP BY grantee, privilege_type
   EXCEPT
   SELECT grantee, privilege_type, bool_or(is_grantable), false
   FROM aclexplode(o.initial) GROUP BY grantee, privilege_type)
  UNION ALL
  (SELECT grantee, privilege_type, false, true FROM aclexplode(o.initial)
   EXCEPT
   SELECT grantee, privilege_type, false, true FROM aclexplode(o.list))) p
LEFT JOIN pg_roles r ON r.oid = p.grantee
ORDER BY 1, 2, 3, 4, 5, 6, 7)";
}

/// One Grant for all that a role may do with an object, or with a column.
void read_grants(const Rows& rows, Catalog& catalog) {
  using Key = std::tuple<std::string, std::string, std::string, std::string, std::string,
                         std::string, bool, bool>;
  std::map<Key, Grant> grants;
  for (const Row row : rows) {
    Grant& grant =
        grants[{row.text(kind), row.text(schema), row.text(name), row.text(arguments),
                row.text(column), row.text(grantee), row.flag(is_grantable), row.flag(is_revoked)}];
    grant.kind = row.text(kind);
    grant.schema = row.text(schema);
    grant.name = row.text(name);
    grant.arguments = row.text(arguments);
    if (!row.view(column).empty()) grant.columns = {row.text(column)};
    grant.privileges.push_back(row.text(privilege));
    grant.grantee = row.text(grantee);
    grant.grantable = row.flag(is_grantable);
    grant.revoked = row.flag(is_revoked);
  }
  for (auto& [key, grant] : grants) catalog.schema.grants.push_back(std::move(grant));
}

}  // namespace relata::live::postgres
