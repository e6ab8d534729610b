// Operators, operator families and operator classes.
#include "live/postgres/others.h"
#include "live/postgres/sql_words.h"
#include "live/postgres/steps.h"

namespace relata::live::postgres {

namespace {

/// A family of its own name, that CREATE OPERATOR CLASS makes by itself.
constexpr const char* is_named_like_its_class = R"(
  EXISTS (SELECT FROM pg_opclass same WHERE same.opcfamily = f.oid AND same.opcname = f.opfname
                                        AND same.opcnamespace = f.opfnamespace))";

/// The operators and functions that depend on a class or family, as the list behind AS or ADD.
/// `parent` is the catalog, `oid` the object, `kind` the sort of dependency.
std::string members(std::string_view parent, std::string_view oid, char kind) {
  const std::string depends = " AND d.refclassid = '" + std::string(parent) +
                              "'::regclass AND d.refobjid = " + std::string(oid) +
                              " AND d.deptype = '" + kind + "'";
  return R"((SELECT string_agg(member, E',\n    ' ORDER BY sort, number, member) FROM (
    SELECT 1 AS sort, o.amopstrategy AS number,
      'OPERATOR ' || o.amopstrategy || ' ' || o.amopopr::regoperator::text ||
      CASE o.amoppurpose WHEN 'o' THEN ' FOR ORDER BY ' || (
        SELECT )" +
         qualified_name("sn.nspname", "s.opfname") + R"(
        FROM pg_opfamily s JOIN pg_namespace sn ON sn.oid = s.opfnamespace
        WHERE s.oid = o.amopsortfamily) ELSE '' END AS member
    FROM pg_amop o JOIN pg_depend d ON d.classid = 'pg_amop'::regclass AND d.objid = o.oid)" +
         depends + R"(
    UNION ALL
    SELECT 2, p.amprocnum,
      'FUNCTION ' || p.amprocnum || ' (' || format_type(p.amproclefttype, NULL) || ', ' ||
      format_type(p.amprocrighttype, NULL) || ') ' || p.amproc::oid::regprocedure::text
    FROM pg_amproc p JOIN pg_depend d ON d.classid = 'pg_amproc'::regclass AND d.objid = p.oid)" +
         depends + ") AS all_members)";
}

}  // namespace

/// https://www.postgresql.org/docs/current/sql-createoperator.html
std::string operators_query(int) {
  return R"(
SELECT 'operator', )" +
         model_namespace("n.nspname") + R"(,
  o.oprname || ' (' || COALESCE(format_type(NULLIF(o.oprleft, 0), NULL), 'NONE') || ', ' ||
  COALESCE(format_type(NULLIF(o.oprright, 0), NULL), 'NONE') || ')',
  'CREATE OPERATOR ' || CASE n.nspname WHEN 'public' THEN '' ELSE quote_ident(n.nspname) || '.' END ||
  o.oprname || ' (' || concat_ws(', ',
    'FUNCTION = ' || )" +
         function_name("o.oprcode") + R"(,
    'LEFTARG = ' || format_type(NULLIF(o.oprleft, 0), NULL),
    'RIGHTARG = ' || format_type(NULLIF(o.oprright, 0), NULL),
    'COMMUTATOR = ' || )" +
         operator_name("NULLIF(o.oprcom, 0)") + R"(,
    'NEGATOR = ' || )" +
         operator_name("NULLIF(o.oprnegate, 0)") + R"(,
    'RESTRICT = ' || )" +
         function_name("o.oprrest") + R"(,
    'JOIN = ' || )" +
         function_name("o.oprjoin") + R"(,
    CASE WHEN o.oprcanhash THEN 'HASHES' END, CASE WHEN o.oprcanmerge THEN 'MERGES' END) || ')',
  'pg_operator'::regclass::oid, o.oid
FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
WHERE o.oprcode <> 0 AND )" +
         in_user_namespace("n.oid") + " AND " + not_of_extension("pg_operator", "o.oid");
}

void read_operators(const Rows& rows, Catalog& catalog) { read_others(rows, catalog); }

/// With what was added to a family apart from its classes as a second statement; that may use
/// classes' operators, so it is an object of its own.
std::string operator_families_query(int) {
  const std::string name = qualified_name("n.nspname", "f.opfname");
  const std::string from = R"(
FROM pg_opfamily f
JOIN pg_namespace n ON n.oid = f.opfnamespace
JOIN pg_am m ON m.oid = f.opfmethod
WHERE )" + in_user_namespace("n.oid") +
                           " AND " + not_of_extension("pg_opfamily", "f.oid");
  return R"(
SELECT 'operator family', )" +
         model_namespace("n.nspname") + R"(, f.opfname || ' USING ' || m.amname,
  'CREATE OPERATOR FAMILY ' || )" +
         name + R"( || ' USING ' || quote_ident(m.amname), 'pg_opfamily'::regclass::oid, f.oid)" +
         from + " AND NOT " + is_named_like_its_class + R"(
UNION ALL
SELECT 'operator family member', )" +
         model_namespace("n.nspname") + R"(, f.opfname || ' USING ' || m.amname,
  'ALTER OPERATOR FAMILY ' || )" +
         name + R"( || ' USING ' || quote_ident(m.amname) || E' ADD\n    ' || )" +
         members("pg_opfamily", "f.oid", 'a') + ", 0, f.oid" + from + " AND " +
         members("pg_opfamily", "f.oid", 'a') + " IS NOT NULL";
}

void read_operator_families(const Rows& rows, Catalog& catalog) { read_others(rows, catalog); }

/// https://www.postgresql.org/docs/current/sql-createopclass.html
std::string own_operator_classes_query(int) {
  return R"(
SELECT 'operator class', )" +
         model_namespace("n.nspname") + R"(, c.opcname || ' USING ' || m.amname,
  'CREATE OPERATOR CLASS ' || )" +
         qualified_name("n.nspname", "c.opcname") + R"( ||
  CASE WHEN c.opcdefault THEN ' DEFAULT' ELSE '' END || ' FOR TYPE ' ||
  format_type(c.opcintype, NULL) || ' USING ' || quote_ident(m.amname) ||
  CASE WHEN f.opfname = c.opcname AND f.opfnamespace = c.opcnamespace THEN ''
       ELSE ' FAMILY ' || )" +
         qualified_name("fn.nspname", "f.opfname") + R"( END || E' AS\n    ' ||
  concat_ws(E',\n    ',
    )" + members("pg_opclass", "c.oid", 'i') +
         R"(,
    CASE WHEN c.opckeytype NOT IN (0, c.opcintype)
         THEN 'STORAGE ' || format_type(c.opckeytype, NULL) END),
  'pg_opclass'::regclass::oid, c.oid
FROM pg_opclass c
JOIN pg_namespace n ON n.oid = c.opcnamespace
JOIN pg_am m ON m.oid = c.opcmethod
JOIN pg_opfamily f ON f.oid = c.opcfamily
JOIN pg_namespace fn ON fn.oid = f.opfnamespace
WHERE )" +
         in_user_namespace("n.oid") + " AND " + not_of_extension("pg_opclass", "c.oid");
}

void read_own_operator_classes(const Rows& rows, Catalog& catalog) { read_others(rows, catalog); }

}  // namespace relata::live::postgres
