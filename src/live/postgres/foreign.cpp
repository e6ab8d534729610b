// Foreign data wrappers, servers and user mappings, languages with their transforms, access
// methods.
#include "live/postgres/others.h"
#include "live/postgres/sql_words.h"
#include "live/postgres/steps.h"

namespace relata::live::postgres {

std::string foreign_data_query(int) {
  return R"(
SELECT 'foreign data wrapper', NULL, w.fdwname,
  concat_ws(' ', 'CREATE FOREIGN DATA WRAPPER ' || quote_ident(w.fdwname),
    'HANDLER ' || )" +
         function_name("w.fdwhandler") + R"(,
    'VALIDATOR ' || )" +
         function_name("w.fdwvalidator") + R"(, )" + foreign_options("w.fdwoptions") + R"(),
  'pg_foreign_data_wrapper'::regclass::oid, w.oid
FROM pg_foreign_data_wrapper w
WHERE )" +
         not_of_extension("pg_foreign_data_wrapper", "w.oid") +
         R"(
UNION ALL
SELECT 'foreign server', NULL, s.srvname,
  concat_ws(' ', 'CREATE SERVER ' || quote_ident(s.srvname),
    'TYPE ' || quote_literal(s.srvtype), 'VERSION ' || quote_literal(s.srvversion),
    'FOREIGN DATA WRAPPER ' || quote_ident(w.fdwname), )" +
         foreign_options("s.srvoptions", true) + R"(),
  'pg_foreign_server'::regclass::oid, s.oid
FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
WHERE )" +
         not_of_extension("pg_foreign_server", "s.oid") +
         R"(
UNION ALL
SELECT 'access method', NULL, m.amname,
  'CREATE ACCESS METHOD ' || quote_ident(m.amname) || ' TYPE ' ||
  CASE m.amtype WHEN 'i' THEN 'INDEX' ELSE 'TABLE' END || ' HANDLER ' || )" +
         function_name("m.amhandler") + R"(,
  'pg_am'::regclass::oid, m.oid
FROM pg_am m
WHERE m.oid >= 16384 AND )" +
         not_of_extension("pg_am", "m.oid") + R"(
UNION ALL
SELECT 'language', NULL, l.lanname,
  concat_ws(' ', 'CREATE' || CASE WHEN l.lanpltrusted THEN ' TRUSTED' ELSE '' END ||
    ' LANGUAGE ' || quote_ident(l.lanname),
    'HANDLER ' || )" +
         function_name("l.lanplcallfoid") + R"(,
    'INLINE ' || )" +
         function_name("l.laninline") + R"(,
    'VALIDATOR ' || )" +
         function_name("l.lanvalidator") + R"(),
  'pg_language'::regclass::oid, l.oid
FROM pg_language l
WHERE l.lanispl AND )" +
         not_of_extension("pg_language", "l.oid") + R"(
UNION ALL
SELECT 'transform', NULL, format_type(t.trftype, NULL) || ' ' || l.lanname,
  'CREATE TRANSFORM FOR ' || format_type(t.trftype, NULL) || ' LANGUAGE ' ||
  quote_ident(l.lanname) || ' (' || concat_ws(', ',
    'FROM SQL WITH FUNCTION ' || NULLIF(t.trffromsql::oid, 0)::regprocedure::text,
    'TO SQL WITH FUNCTION ' || NULLIF(t.trftosql::oid, 0)::regprocedure::text) || ')',
  'pg_transform'::regclass::oid, t.oid
FROM pg_transform t JOIN pg_language l ON l.oid = t.trflang
WHERE )" +
         not_of_extension("pg_transform", "t.oid");
}

void read_foreign_data(const Rows& rows, Catalog& catalog) { read_others(rows, catalog); }

/// The view shows the options of others' mappings to those only who may see them; what is secret in
/// them is never asked for. The last column tells whether there is any.
std::string user_mappings_query(int) {
  return R"(
SELECT 'user mapping', NULL, concat(m.usename, ' ON ', m.srvname),
  concat_ws(' ', 'CREATE USER MAPPING FOR ' ||
    CASE WHEN m.umuser = 0 THEN 'PUBLIC' ELSE quote_ident(m.usename) END ||
    ' SERVER ' || quote_ident(m.srvname), )" +
         foreign_options("m.umoptions", true) + R"(), 0, m.umid,
  EXISTS (SELECT FROM pg_options_to_table(m.umoptions) WHERE )" +
         is_secret("option_name") + R"()
FROM pg_user_mappings m)";
}

void read_user_mappings(const Rows& rows, Catalog& catalog) {
  read_others(rows, catalog);
  for (const Row row : rows) {
    if (!row.flag(6)) continue;
    catalog.sink.note("secret-left-out",
                      "the password of the user mapping " + row.text(2) + " is not read", {}, {},
                      "Give it with ALTER USER MAPPING where the schema is loaded.");
  }
}

}  // namespace relata::live::postgres
