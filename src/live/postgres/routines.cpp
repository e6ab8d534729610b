// Functions, procedures and aggregates.
#include "live/postgres/sql_words.h"
#include "live/postgres/steps.h"

namespace relata::live::postgres {

namespace {

/// The statement that makes what pg_get_functiondef() shows, without OR REPLACE, and with the name
/// bare where the namespace is the default.
std::string create_statement(std::string_view definition, const std::string& kind,
                             const std::string& namespace_name) {
  std::string words = kind == "procedure" ? "PROCEDURE " : "FUNCTION ";
  std::string_view rest = definition;
  const std::string beginning = "CREATE OR REPLACE " + words;
  if (rest.starts_with(beginning)) rest.remove_prefix(beginning.size());
  if (namespace_name.empty() && rest.starts_with("public.")) rest.remove_prefix(7);
  return "CREATE " + words + std::string(rest);
}

/// "NAME = value" where there is a value.
std::string setting(std::string_view name, std::string_view value) {
  return "'" + std::string(name) + " = ' || " + std::string(value);
}

/// A function that is none, such as a final function that was not given, is the number 0.
std::string function_setting(std::string_view name, std::string_view column) {
  return setting(name, function_name(column));
}

}  // namespace

/// Without those that came with a type (the constructors of a range type) or an extension.
std::string routines_query(int) {
  return R"(
SELECT p.oid, p.pronamespace, p.proname, p.prokind, oidvectortypes(p.proargtypes),
       pg_get_functiondef(p.oid)
FROM pg_proc p
WHERE p.prokind IN ('f', 'p', 'w') AND )" +
         in_user_namespace("p.pronamespace") + R"(
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid
                                          AND deptype IN ('e', 'i')))";
}

void read_routines(const Rows& rows, Catalog& catalog) {
  for (const Row row : rows) {
    Routine routine;
    routine.kind = row.letter(3) == 'p' ? "procedure" : "function";
    routine.schema = catalog.namespace_name(row.oid(1));
    routine.name = row.text(2);
    routine.arguments = row.text(4);
    routine.sql = sql_text(create_statement(row.view(5), routine.kind, routine.schema));
    routine.comment = catalog.comment(CatalogId::procedure, row.oid(0));
    catalog.schema.routines.push_back(std::move(routine));
  }
}

/// https://www.postgresql.org/docs/current/sql-createaggregate.html
std::string aggregates_query(int) {
  return R"(
SELECT p.oid, p.pronamespace, p.proname, oidvectortypes(p.proargtypes),
  'CREATE AGGREGATE ' || )" +
         qualified_name("n.nspname", "p.proname") + R"( || '(' ||
  CASE WHEN p.pronargs = 0 THEN '*' ELSE pg_get_function_arguments(p.oid) END || E') (\n    ' ||
  concat_ws(E',\n    ',
    )" + function_setting("SFUNC", "a.aggtransfn") +
         ",\n    " + setting("STYPE", "format_type(a.aggtranstype, NULL)") + ",\n    " +
         setting("SSPACE", "NULLIF(a.aggtransspace, 0)::text") + ",\n    " +
         function_setting("FINALFUNC", "a.aggfinalfn") +
         R"(,
    CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
    CASE WHEN a.aggfinalfn <> 0 AND a.aggfinalmodify <> CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END
      THEN 'FINALFUNC_MODIFY = ' || CASE a.aggfinalmodify WHEN 'r' THEN 'READ_ONLY'
           WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END,
    )" + function_setting("COMBINEFUNC", "a.aggcombinefn") +
         ",\n    " + function_setting("SERIALFUNC", "a.aggserialfn") + ",\n    " +
         function_setting("DESERIALFUNC", "a.aggdeserialfn") + ",\n    " +
         setting("INITCOND", "quote_literal(a.agginitval)") + ",\n    " +
         function_setting("MSFUNC", "a.aggmtransfn") + ",\n    " +
         function_setting("MINVFUNC", "a.aggminvtransfn") + ",\n    " +
         setting("MSTYPE", "format_type(NULLIF(a.aggmtranstype, 0), NULL)") + ",\n    " +
         setting("MSSPACE", "NULLIF(a.aggmtransspace, 0)::text") + ",\n    " +
         function_setting("MFINALFUNC", "a.aggmfinalfn") +
         R"(,
    CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
    CASE WHEN a.aggmfinalfn <> 0
              AND a.aggmfinalmodify <> CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END
      THEN 'MFINALFUNC_MODIFY = ' || CASE a.aggmfinalmodify WHEN 'r' THEN 'READ_ONLY'
           WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END,
    )" + setting("MINITCOND", "quote_literal(a.aggminitval)") +
         ",\n    " + setting("SORTOP", operator_name("NULLIF(a.aggsortop, 0)")) +
         R"(,
    CASE p.proparallel WHEN 's' THEN 'PARALLEL = SAFE' WHEN 'r' THEN 'PARALLEL = RESTRICTED' END,
    CASE WHEN a.aggkind = 'h' THEN 'HYPOTHETICAL' END) || E'\n)'
FROM pg_aggregate a
JOIN pg_proc p ON p.oid = a.aggfnoid
JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE )" +
         in_user_namespace("p.pronamespace") + " AND " + not_of_extension("pg_proc", "p.oid");
}

void read_aggregates(const Rows& rows, Catalog& catalog) {
  for (const Row row : rows) {
    catalog.schema.routines.push_back({"aggregate",
                                       catalog.namespace_name(row.oid(1)),
                                       row.text(2),
                                       row.text(3),
                                       sql_text(row.view(4)),
                                       catalog.comment(CatalogId::procedure, row.oid(0)),
                                       {}});
  }
}

}  // namespace relata::live::postgres
