// What views select; their names, options and columns are read with those of tables.
#include "live/postgres/reload.h"
#include "live/postgres/sql_words.h"
#include "live/postgres/steps.h"

namespace relata::live::postgres {

std::string views_query(int) {
  return "SELECT c.oid, pg_get_viewdef(c.oid) FROM pg_class c WHERE c.relkind IN ('v', 'm')"
         " AND c.relpersistence <> 't' AND " +
         in_user_namespace("c.relnamespace") + " AND " + not_of_extension("pg_class", "c.oid");
}

void read_views(const Rows& rows, Catalog& catalog) {
  for (const Row row : rows) {
    if (View* view = catalog.view(row.oid(0))) view->sql = reloadable(sql_text(row.view(1)).text);
  }
}

}  // namespace relata::live::postgres
