// What extends the type system: range and base types, casts, collations and conversions.
#include "live/postgres/others.h"
#include "live/postgres/sql_words.h"
#include "live/postgres/steps.h"

namespace relata::live::postgres {

/// https://www.postgresql.org/docs/current/sql-createtype.html. The multirange's default name is
/// the range's with "range" replaced, or with "_multirange" behind it.
std::string range_types_query(int major) {
  const std::string multirange = major >= 14 ? R"(
    CASE WHEN m.typname <> CASE WHEN t.typname ~ 'range'
                                THEN regexp_replace(t.typname::text, 'range', 'multirange')
                                ELSE t.typname::text || '_multirange' END
         THEN 'MULTIRANGE_TYPE_NAME = ' || )" + qualified_name("mn.nspname", "m.typname") +
                                                   " END"
                                             : "NULL::text";
  const std::string multirange_joins = major >= 14 ? R"(
JOIN pg_type m ON m.oid = r.rngmultitypid
JOIN pg_namespace mn ON mn.oid = m.typnamespace)"
                                                   : "";
  return R"(
SELECT 'range type', )" +
         model_namespace("n.nspname") + R"(, t.typname,
  'CREATE TYPE ' || )" +
         qualified_name("n.nspname", "t.typname") + R"( || ' AS RANGE (' ||
  concat_ws(', ',
    'SUBTYPE = ' || format_type(r.rngsubtype, NULL),
    CASE WHEN NOT o.opcdefault THEN 'SUBTYPE_OPCLASS = ' || )" +
         qualified_name("opn.nspname", "o.opcname") + R"( END,
    CASE WHEN r.rngcollation <> s.typcollation THEN 'COLLATION = ' || r.rngcollation::regcollation::text
    END,
    'CANONICAL = ' || )" +
         function_name("r.rngcanonical") + R"(,
    'SUBTYPE_DIFF = ' || )" +
         function_name("r.rngsubdiff") + R"(,
    )" + multirange +
         R"() || ')', 'pg_type'::regclass::oid, t.oid
FROM pg_range r
JOIN pg_type t ON t.oid = r.rngtypid
JOIN pg_namespace n ON n.oid = t.typnamespace
JOIN pg_type s ON s.oid = r.rngsubtype
JOIN pg_opclass o ON o.oid = r.rngsubopc
JOIN pg_namespace opn ON opn.oid = o.opcnamespace)" +
         multirange_joins + "\nWHERE " + in_user_namespace("n.oid") + " AND " +
         not_of_extension("pg_type", "t.oid");
}

void read_range_types(const Rows& rows, Catalog& catalog) { read_others(rows, catalog); }

/// A type of its own stands twice: as the shell that its functions need, and whole.
std::string base_types_query(int major) {
  const std::string subscript =
      major >= 14 ? "'SUBSCRIPT = ' || " + function_name("t.typsubscript") : "NULL::text";
  const std::string name = qualified_name("n.nspname", "t.typname");
  return R"(
SELECT CASE WHEN whole THEN 'base type' ELSE 'shell type' END, )" +
         model_namespace("n.nspname") + R"(, t.typname,
  CASE WHEN NOT whole THEN 'CREATE TYPE ' || )" +
         name + R"( ELSE 'CREATE TYPE ' || )" + name +
         R"( || ' (' || concat_ws(', ',
    'INPUT = ' || )" +
         function_name("t.typinput") + R"(, 'OUTPUT = ' || )" + function_name("t.typoutput") + R"(,
    'RECEIVE = ' || )" +
         function_name("t.typreceive") +
         R"(,
    'SEND = ' || )" +
         function_name("t.typsend") +
         R"(,
    'TYPMOD_IN = ' || )" +
         function_name("t.typmodin") + R"(,
    'TYPMOD_OUT = ' || )" +
         function_name("t.typmodout") + R"(,
    'ANALYZE = ' || )" +
         function_name("t.typanalyze") +
         R"(,
    )" + subscript +
         R"(,
    'INTERNALLENGTH = ' || CASE t.typlen WHEN -1 THEN 'VARIABLE' ELSE t.typlen::text END,
    CASE WHEN t.typbyval THEN 'PASSEDBYVALUE' END,
    'ALIGNMENT = ' || CASE t.typalign WHEN 'c' THEN 'char' WHEN 's' THEN 'int2'
                      WHEN 'i' THEN 'int4' ELSE 'double' END,
    'STORAGE = ' || CASE t.typstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external'
                    WHEN 'x' THEN 'extended' ELSE 'main' END,
    CASE WHEN t.typcategory <> 'U' THEN 'CATEGORY = ' || quote_literal(t.typcategory::text) END,
    CASE WHEN t.typispreferred THEN 'PREFERRED = true' END,
    'DEFAULT = ' || quote_literal(t.typdefault),
    'ELEMENT = ' || format_type(NULLIF(t.typelem, 0), NULL),
    CASE WHEN t.typdelim <> ',' THEN 'DELIMITER = ' || quote_literal(t.typdelim::text) END,
    CASE WHEN t.typcollation <> 0 THEN 'COLLATABLE = true' END) || ')' END,
  CASE WHEN whole THEN 'pg_type'::regclass::oid ELSE 0 END, t.oid
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
CROSS JOIN (VALUES (true), (false)) AS form (whole)
WHERE t.typtype IN ('b', 'p') AND (t.typisdefined OR NOT whole)
  AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid) AND )" +
         in_user_namespace("n.oid") + " AND " + not_of_extension("pg_type", "t.oid");
}

void read_base_types(const Rows& rows, Catalog& catalog) { read_others(rows, catalog); }

std::string casts_query(int) {
  return R"(
SELECT 'cast', NULL, format_type(c.castsource, NULL) || ' AS ' || format_type(c.casttarget, NULL),
  'CREATE CAST (' || format_type(c.castsource, NULL) || ' AS ' || format_type(c.casttarget, NULL) ||
  ') ' || CASE c.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || c.castfunc::regprocedure::text
          WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END ||
  CASE c.castcontext WHEN 'i' THEN ' AS IMPLICIT' WHEN 'a' THEN ' AS ASSIGNMENT' ELSE '' END,
  'pg_cast'::regclass::oid, c.oid
FROM pg_cast c
WHERE c.oid >= 16384 AND )" +
         not_of_extension("pg_cast", "c.oid") + R"(
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_cast'::regclass AND objid = c.oid
                                          AND deptype = 'i'))";
}

void read_casts(const Rows& rows, Catalog& catalog) { read_others(rows, catalog); }

/// https://www.postgresql.org/docs/current/sql-createcollation.html
std::string own_collations_query(int major) {
  const std::string locale = major >= 17   ? "c.colllocale"
                             : major >= 15 ? "c.colliculocale"
                                           : "NULL::text";
  const std::string rules = major >= 16 ? "c.collicurules" : "NULL::text";
  return R"(
SELECT 'collation', )" +
         model_namespace("n.nspname") + R"(, c.collname,
  'CREATE COLLATION ' || )" +
         qualified_name("n.nspname", "c.collname") + R"( || ' (' || concat_ws(', ',
    'provider = ' || CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
    CASE WHEN NOT c.collisdeterministic THEN 'deterministic = false' END,
    'locale = ' || quote_literal(COALESCE()" +
         locale + R"(, CASE WHEN c.collcollate = c.collctype THEN c.collcollate::text END)),
    CASE WHEN c.collcollate <> c.collctype THEN 'lc_collate = ' || quote_literal(c.collcollate::text)
    END,
    CASE WHEN c.collcollate <> c.collctype THEN 'lc_ctype = ' || quote_literal(c.collctype::text) END,
    'rules = ' || quote_literal()" +
         rules + R"()) || ')', 'pg_collation'::regclass::oid, c.oid
FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace
WHERE )" +
         in_user_namespace("n.oid") + " AND " + not_of_extension("pg_collation", "c.oid");
}

void read_own_collations(const Rows& rows, Catalog& catalog) { read_others(rows, catalog); }

std::string conversions_query(int) {
  return R"(
SELECT 'conversion', )" +
         model_namespace("n.nspname") + R"(, c.conname,
  'CREATE ' || CASE WHEN c.condefault THEN 'DEFAULT ' ELSE '' END || 'CONVERSION ' || )" +
         qualified_name("n.nspname", "c.conname") + R"( ||
  ' FOR ' || quote_literal(pg_encoding_to_char(c.conforencoding)) ||
  ' TO ' || quote_literal(pg_encoding_to_char(c.contoencoding)) || ' FROM ' || )" +
         function_name("c.conproc") + R"(,
  'pg_conversion'::regclass::oid, c.oid
FROM pg_conversion c JOIN pg_namespace n ON n.oid = c.connamespace
WHERE )" +
         in_user_namespace("n.oid") + " AND " + not_of_extension("pg_conversion", "c.oid");
}

void read_conversions(const Rows& rows, Catalog& catalog) { read_others(rows, catalog); }

}  // namespace relata::live::postgres
