#include "migrate/postgres/backfill.h"

#include <utility>

#include "base/text.h"
#include "migrate/postgres/locks.h"
#include "migrate/postgres/words.h"

namespace relata::migrate::postgres {
namespace {

/// https://www.postgresql.org/docs/current/plpgsql-transactions.html: DO can commit as long as it
/// is not within a transaction; ranges of ctid are read without reading the rest since 14.
std::string by_blocks(const Backfill& backfill) {
  const std::string table = quoted(backfill.table);
  return "DO " + dollar_quoted(
                     "DECLARE\n"
                     "  block bigint := 0;\n"
                     "BEGIN\n"
                     "  WHILE block * current_setting('block_size')::bigint < pg_relation_size(" +
                     dialect().string_literal(table) +
                     ") LOOP\n"
                     "    UPDATE " +
                     table + "\n       SET " + backfill.set +
                     "\n     WHERE ctid >= format('(%s,0)', block)::tid"
                     "\n       AND ctid < format('(%s,0)', block + 64)::tid"
                     "\n       AND (" +
                     backfill.where +
                     ");\n"
                     "    COMMIT;\n"
                     "    block := block + 64;\n"
                     "  END LOOP;\n"
                     "END\n");
}

}  // namespace

std::vector<std::string> walking_key(const Table& table) {
  if (table.primary_key) return table.primary_key->columns;
  for (const Unique& unique : table.uniques) {
    bool whole = !unique.deferrable;
    for (const std::string& name : unique.columns) {
      const Column* column = table.find_column(name);
      whole = whole && column != nullptr && !column->nullable;
    }
    if (whole) return unique.columns;
  }
  return {};
}

Step backfill_step(std::string title, const Table& table, std::string set, std::string where) {
  Step step;
  step.phase = Phase::backfill;
  step.title = std::move(title);
  Backfill backfill{
      {table.schema, table.name}, walking_key(table), std::move(set), std::move(where)};
  if (table.partitioning) {
    step.forward.statements = {"UPDATE " + quoted(backfill.table) + " SET " + backfill.set +
                               " WHERE " + backfill.where};
  } else {
    step.forward.statements = {by_blocks(backfill)};
    step.forward.transactional = false;
  }
  step.forward.scans = true;
  step.forward.backfill = std::move(backfill);
  // Who may not see all rows must not take those that are seen for all.
  step.forward.settings = {"SET lock_timeout = '2s'", "SET statement_timeout = 0",
                           "SET row_security = off"};
  return step;
}

}  // namespace relata::migrate::postgres
