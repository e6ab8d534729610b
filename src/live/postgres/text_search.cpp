// Text search parsers, templates, dictionaries and configurations.
#include "live/postgres/others.h"
#include "live/postgres/sql_words.h"
#include "live/postgres/steps.h"

namespace relata::live::postgres {

/// https://www.postgresql.org/docs/current/sql-createtsparser.html, sql-createtstemplate.html
std::string text_search_query(int) {
  return R"(
SELECT 'text search parser', )" +
         model_namespace("n.nspname") + R"(, p.prsname,
  'CREATE TEXT SEARCH PARSER ' || )" +
         qualified_name("n.nspname", "p.prsname") + R"( || ' (' || concat_ws(', ',
    'START = ' || )" +
         function_name("p.prsstart") + R"(, 'GETTOKEN = ' || )" + function_name("p.prstoken") +
         R"(, 'END = ' || )" + function_name("p.prsend") + R"(,
    'HEADLINE = ' || )" +
         function_name("p.prsheadline") + R"(,
    'LEXTYPES = ' || )" +
         function_name("p.prslextype") + R"() || ')', 'pg_ts_parser'::regclass::oid, p.oid
FROM pg_ts_parser p JOIN pg_namespace n ON n.oid = p.prsnamespace
WHERE )" +
         in_user_namespace("n.oid") + " AND " + not_of_extension("pg_ts_parser", "p.oid") + R"(
UNION ALL
SELECT 'text search template', )" +
         model_namespace("n.nspname") + R"(, t.tmplname,
  'CREATE TEXT SEARCH TEMPLATE ' || )" +
         qualified_name("n.nspname", "t.tmplname") + R"( || ' (' || concat_ws(', ',
    'INIT = ' || )" +
         function_name("t.tmplinit") + R"(,
    'LEXIZE = ' || )" +
         function_name("t.tmpllexize") + R"() || ')', 'pg_ts_template'::regclass::oid, t.oid
FROM pg_ts_template t JOIN pg_namespace n ON n.oid = t.tmplnamespace
WHERE )" +
         in_user_namespace("n.oid") + " AND " + not_of_extension("pg_ts_template", "t.oid") + R"(
UNION ALL
SELECT 'text search dictionary', )" +
         model_namespace("n.nspname") + R"(, d.dictname,
  'CREATE TEXT SEARCH DICTIONARY ' || )" +
         qualified_name("n.nspname", "d.dictname") + R"( || ' (TEMPLATE = ' || )" +
         qualified_name("tn.nspname", "t.tmplname") + R"( ||
    CASE WHEN d.dictinitoption <> '' THEN ', ' || d.dictinitoption ELSE '' END || ')',
  'pg_ts_dict'::regclass::oid, d.oid
FROM pg_ts_dict d
JOIN pg_namespace n ON n.oid = d.dictnamespace
JOIN pg_ts_template t ON t.oid = d.dicttemplate
JOIN pg_namespace tn ON tn.oid = t.tmplnamespace
WHERE )" +
         in_user_namespace("n.oid") + " AND " + not_of_extension("pg_ts_dict", "d.oid");
}

void read_text_search(const Rows& rows, Catalog& catalog) { read_others(rows, catalog); }

/// A configuration with its mappings, a statement each.
std::string text_search_configurations_query(int) {
  const std::string name = qualified_name("n.nspname", "c.cfgname");
  return R"(
SELECT 'text search configuration', )" +
         model_namespace("n.nspname") + R"(, c.cfgname,
  'CREATE TEXT SEARCH CONFIGURATION ' || )" +
         name + R"( || ' (PARSER = ' || )" + qualified_name("pn.nspname", "p.prsname") +
         R"( || ')' ||
  COALESCE((
    SELECT string_agg(E';\nALTER TEXT SEARCH CONFIGURATION ' || )" +
         name + R"( || ' ADD MAPPING FOR ' || quote_ident(mapping.alias) || ' WITH ' ||
           mapping.dictionaries, '' ORDER BY mapping.alias)
    FROM (SELECT k.alias, string_agg(m.mapdict::regdictionary::text, ', '
                                                ORDER BY m.mapseqno) AS dictionaries
          FROM pg_ts_config_map m JOIN ts_token_type(c.cfgparser) k ON k.tokid = m.maptokentype
          WHERE m.mapcfg = c.oid GROUP BY k.alias) AS mapping), ''),
  'pg_ts_config'::regclass::oid, c.oid
FROM pg_ts_config c
JOIN pg_namespace n ON n.oid = c.cfgnamespace
JOIN pg_ts_parser p ON p.oid = c.cfgparser
JOIN pg_namespace pn ON pn.oid = p.prsnamespace
WHERE )" +
         in_user_namespace("n.oid") + " AND " + not_of_extension("pg_ts_config", "c.oid");
}

void read_text_search_configurations(const Rows& rows, Catalog& catalog) {
  read_others(rows, catalog);
}

}  // namespace relata::live::postgres
