#include "live/postgres/sql_words.h"

namespace relata::live::postgres {

std::string in_user_namespace(std::string_view oid) {
  return std::string(oid) +
         " IN (SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_'"
         " AND nspname <> 'information_schema')";
}

std::string not_of_extension(std::string_view catalog, std::string_view oid) {
  return "NOT EXISTS (SELECT FROM pg_depend WHERE classid = '" + std::string(catalog) +
         "'::regclass AND objid = " + std::string(oid) + " AND deptype = 'e')";
}

std::string qualified_name(std::string_view namespace_name, std::string_view name) {
  const std::string space(namespace_name);
  return "CASE WHEN " + space + " IN ('public', 'pg_catalog') THEN '' ELSE quote_ident(" + space +
         ") || '.' END || quote_ident(" + std::string(name) + ")";
}

std::string model_namespace(std::string_view namespace_name) {
  return "NULLIF(" + std::string(namespace_name) + "::text, 'public')";
}

std::string operator_name(std::string_view oid) {
  return "(SELECT CASE WHEN pg_operator_is_visible(found.oid) THEN found.oprname::text"
         " ELSE format('OPERATOR(%I.%s)', space.nspname, found.oprname) END"
         " FROM pg_operator found JOIN pg_namespace space ON space.oid = found.oprnamespace"
         " WHERE found.oid = " +
         std::string(oid) + ")";
}

std::string function_name(std::string_view oid) {
  return "regexp_replace(NULLIF(" + std::string(oid) +
         "::oid, 0)::regproc::text, '^(public|pg_catalog)\\.', '')";
}

std::string is_secret(std::string_view name) {
  return std::string(name) + "::text ~* '(pass|secret|token|key|credential)'";
}

std::string foreign_options(std::string_view array, bool without_secrets) {
  return "(SELECT 'OPTIONS (' || string_agg(quote_ident(option_name) || ' ' ||"
         " quote_literal(option_value), ', ') || ')' FROM pg_options_to_table(" +
         std::string(array) + ")" +
         (without_secrets ? " WHERE NOT " + is_secret("option_name") : std::string()) + ")";
}

}  // namespace relata::live::postgres
