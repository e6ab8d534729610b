#include "migrate/sqlite/guard.h"

#include "migrate/sqlite/texts.h"

namespace relata::migrate::sqlite {

std::vector<std::string> refuse_rows(std::string_view message, const std::string& query) {
  // Outside of triggers nothing in SQLite raises an error of one's own, but a check tells its name.
  return {"CREATE TEMP TABLE relata_guard (kept INTEGER, CONSTRAINT " + quoted(message) +
              " CHECK (kept))",
          "INSERT INTO temp.relata_guard SELECT 0 WHERE EXISTS (" + query + ")",
          "DROP TABLE temp.relata_guard"};
}

std::vector<std::string> refuse_enforced_keys() {
  return refuse_rows("foreign keys must be off: PRAGMA foreign_keys = OFF before BEGIN",
                     "SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys");
}

}  // namespace relata::migrate::sqlite
