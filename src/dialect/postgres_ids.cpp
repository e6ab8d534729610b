#include <algorithm>

#include "dialect/postgres_plan.h"

namespace relata {
namespace {

bool calls(const Schema& schema, Operation operation) {
  return std::any_of(schema.tables.begin(), schema.tables.end(), [&](const Table& table) {
    return std::any_of(table.columns.begin(), table.columns.end(), [&](const Column& column) {
      return column.default_value && column.default_value->operation == operation;
    });
  });
}

// RFC 9562, section 5.7, with the fraction of the millisecond in rand_a (section 6.2, method 3), as
// PostgreSQL 18 does. gen_random_uuid() gives the variant and the other random bits.
constexpr std::string_view uuid7_function = R"sql(
-- A UUIDv7 (RFC 9562): Unix milliseconds, version, fraction of the millisecond, random bits.
CREATE FUNCTION new_uuid7() RETURNS uuid
  LANGUAGE sql VOLATILE PARALLEL SAFE
  SET search_path = pg_catalog, pg_temp
AS $$$$
  SELECT encode(
           overlay(uuid_send(gen_random_uuid())
                   PLACING int8send(((t.us / 1000) << 16) | (7 << 12) | (t.us % 1000 * 4096 / 1000))
                   FROM 1 FOR 8),
           'hex')::uuid
  FROM (SELECT floor(extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS us) AS t
$$$$;
)sql";

// A function of one plain SELECT is inlined, so that the default costs what uuidv7() itself costs.
constexpr std::string_view uuid7_of_server = R"sql(
-- PostgreSQL 18 has a function of its own.
DO $$$$
BEGIN
  IF to_regprocedure('pg_catalog.uuidv7()') IS NOT NULL THEN
    CREATE OR REPLACE FUNCTION new_uuid7() RETURNS uuid
      LANGUAGE sql VOLATILE PARALLEL SAFE AS 'SELECT pg_catalog.uuidv7()';
  END IF;
END
$$$$;
)sql";

// 24 characters as CUID2 has them. Two random bytes a character: 65536 is nearly a multiple of 36.
constexpr std::string_view cuid2_function = R"sql(
-- An id in the shape of CUID2: 24 characters, a letter first, then letters and digits.
CREATE FUNCTION new_cuid2() RETURNS text
  LANGUAGE sql VOLATILE PARALLEL SAFE
  SET search_path = pg_catalog, pg_temp
AS $$$$
  SELECT string_agg(
           substr('abcdefghijklmnopqrstuvwxyz0123456789',
                  1 + (get_byte(r.bytes, 2 * i) * 256 + get_byte(r.bytes, 2 * i + 1))
                      % CASE i WHEN 0 THEN 26 ELSE 36 END,
                  1),
           '' ORDER BY i)
  FROM (SELECT sha512(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) AS bytes) AS r,
       generate_series(0, 23) AS i
$$$$;
)sql";

}  // namespace

void print_postgres_id_functions(Printer& printer, const Schema& schema, int server_version) {
  if (calls(schema, Operation::new_uuid7)) {
    printer.print(uuid7_function);
    if (server_version == 0) printer.print(uuid7_of_server);
  }
  if (calls(schema, Operation::new_cuid2)) printer.print(cuid2_function);
}

}  // namespace relata
