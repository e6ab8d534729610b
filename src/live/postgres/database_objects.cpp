// What belongs to the database as a whole: event triggers, publications, subscriptions,
// extended statistics and default privileges.
#include "live/postgres/others.h"
#include "live/postgres/sql_words.h"
#include "live/postgres/steps.h"

namespace relata::live::postgres {

std::string event_triggers_query(int) {
  return R"(
SELECT 'event trigger', NULL, t.evtname,
  'CREATE EVENT TRIGGER ' || quote_ident(t.evtname) || ' ON ' || quote_ident(t.evtevent) ||
  COALESCE(' WHEN TAG IN (' || (SELECT string_agg(quote_literal(tag), ', ')
                                FROM unnest(t.evttags) AS tag) || ')', '') ||
  ' EXECUTE FUNCTION ' || )" +
         function_name("t.evtfoid") + R"( || '()' ||
  CASE t.evtenabled WHEN 'O' THEN '' ELSE E';\nALTER EVENT TRIGGER ' || quote_ident(t.evtname) ||
    CASE t.evtenabled WHEN 'D' THEN ' DISABLE' WHEN 'R' THEN ' ENABLE REPLICA'
    ELSE ' ENABLE ALWAYS' END END,
  'pg_event_trigger'::regclass::oid, t.oid
FROM pg_event_trigger t
WHERE )" +
         not_of_extension("pg_event_trigger", "t.oid");
}

void read_event_triggers(const Rows& rows, Catalog& catalog) { read_others(rows, catalog); }

/// https://www.postgresql.org/docs/current/sql-createpublication.html; columns, rows and namespaces
/// since version 15.
std::string publications_query(int major) {
  const std::string table = qualified_name("n.nspname", "c.relname");
  const std::string part = major >= 15 ? R"( ||
      COALESCE(' (' || (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
                        FROM pg_attribute a WHERE a.attrelid = r.prrelid
                          AND a.attnum = ANY (r.prattrs::int2[])) || ')', '') ||
      COALESCE(' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')', ''))"
                                       : "";
  const std::string namespaces = major >= 15 ? R"(
    UNION ALL
    SELECT 2, 'TABLES IN SCHEMA ' || quote_ident(n.nspname)
    FROM pg_publication_namespace r JOIN pg_namespace n ON n.oid = r.pnnspid
    WHERE r.pnpubid = p.oid)"
                                             : "";
  const std::string generated =
      major >= 18 ? "CASE p.pubgencols WHEN 's' THEN 'publish_generated_columns = stored' END"
                  : "NULL::text";
  return R"(
SELECT 'publication', NULL, p.pubname,
  'CREATE PUBLICATION ' || quote_ident(p.pubname) ||
  CASE WHEN p.puballtables THEN ' FOR ALL TABLES' ELSE COALESCE(' FOR ' || (
    SELECT string_agg(member, ', ' ORDER BY sort, member) FROM (
    SELECT 1 AS sort, 'TABLE ONLY ' || )" +
         table + part + R"( AS member
    FROM pg_publication_rel r
    JOIN pg_class c ON c.oid = r.prrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE r.prpubid = p.oid)" +
         namespaces + R"() AS members), '') END ||
  COALESCE(' WITH (' || NULLIF(concat_ws(', ',
    CASE WHEN NOT (p.pubinsert AND p.pubupdate AND p.pubdelete AND p.pubtruncate)
      THEN 'publish = ' || quote_literal(concat_ws(', ',
        CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
        CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END)) END,
    CASE WHEN p.pubviaroot THEN 'publish_via_partition_root = true' END,
    )" + generated +
         R"(), '') || ')', ''),
  'pg_publication'::regclass::oid, p.oid
FROM pg_publication p)";
}

void read_publications(const Rows& rows, Catalog& catalog) { read_others(rows, catalog); }

/// How to connect is a secret of the subscription, so that it can only be told that there is one.
std::string subscriptions_query(int) {
  return R"(
SELECT s.subname
FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid
WHERE d.datname = current_database()
ORDER BY s.subname)";
}

void read_subscriptions(const Rows& rows, Catalog& catalog) {
  for (const Row row : rows) {
    catalog.sink.note("subscription-left-out", "the subscription " + row.text(0) + " is not read",
                      {}, {}, "Make it with CREATE SUBSCRIPTION where the schema is loaded.");
  }
}

/// The server writes the name with its namespace whatever the search path.
std::string statistics_query(int) {
  return R"(
SELECT 'statistics', )" +
         model_namespace("n.nspname") + R"(, s.stxname,
  CASE WHEN n.nspname = 'public'
       THEN regexp_replace(pg_get_statisticsobjdef(s.oid), '^CREATE STATISTICS public\.',
                           'CREATE STATISTICS ')
       ELSE pg_get_statisticsobjdef(s.oid) END ||
  CASE WHEN s.stxstattarget >= 0 THEN E';\nALTER STATISTICS ' || )" +
         qualified_name("n.nspname", "s.stxname") + R"( || ' SET STATISTICS ' || s.stxstattarget
       ELSE '' END,
  'pg_statistic_ext'::regclass::oid, s.oid
FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
WHERE )" +
         in_user_namespace("n.oid") + " AND " + not_of_extension("pg_statistic_ext", "s.oid");
}

void read_statistics(const Rows& rows, Catalog& catalog) { read_others(rows, catalog); }

/// What the list has more or less than the built-in default; in a namespace the built-in default is
/// nothing. The role is named where it is another one than reads.
/// https://www.postgresql.org/docs/current/sql-alterdefaultprivileges.html
std::string default_privileges_query(int) {
  return R"(
SELECT 'default privileges', n.nspname,
  concat_ws(' ', d.objects, owner, CASE WHEN p.is_revoked THEN 'FROM' ELSE 'TO' END,
    COALESCE(r.rolname, 'PUBLIC'), CASE WHEN p.is_grantable THEN 'WITH GRANT OPTION' END),
  concat_ws(' ', 'ALTER DEFAULT PRIVILEGES', 'FOR ROLE ' || quote_ident(owner),
    'IN SCHEMA ' || quote_ident(n.nspname), CASE WHEN p.is_revoked THEN 'REVOKE' ELSE 'GRANT' END,
    string_agg(p.privilege_type, ', ' ORDER BY p.privilege_type), 'ON', d.objects,
    CASE WHEN p.is_revoked THEN 'FROM' ELSE 'TO' END,
    COALESCE(quote_ident(r.rolname), 'PUBLIC'),
    CASE WHEN p.is_grantable THEN 'WITH GRANT OPTION' END),
  0, 0
FROM (SELECT *, CASE defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES'
        WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS'
        ELSE 'LARGE OBJECTS' END AS objects,
      CASE WHEN defaclnamespace = 0
           THEN acldefault(CASE defaclobjtype WHEN 'S' THEN 's' ELSE defaclobjtype END, defaclrole)
           END AS initial,
      NULLIF(pg_get_userbyid(defaclrole), CURRENT_USER)::text AS owner
      FROM pg_default_acl) d
LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
CROSS JOIN LATERAL (
  (SELECT grantee, privilege_type, is_grantable, false AS is_revoked FROM aclexplode(d.defaclacl)
   EXCEPT SELECT grantee, privilege_type, is_grantable, false FROM aclexplode(d.initial))
  UNION ALL
  (SELECT grantee, privilege_type, false, true FROM aclexplode(d.initial)
   EXCEPT SELECT grantee, privilege_type, false, true FROM aclexplode(d.defaclacl))) p
LEFT JOIN pg_roles r ON r.oid = p.grantee
GROUP BY d.oid, n.nspname, d.objects, owner, r.rolname, p.grantee, p.is_grantable, p.is_revoked)";
}

void read_default_privileges(const Rows& rows, Catalog& catalog) { read_others(rows, catalog); }

}  // namespace relata::live::postgres
