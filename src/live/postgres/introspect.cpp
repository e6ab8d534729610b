#include <array>

#include "base/text.h"
#include "live/live.h"
#include "live/postgres/catalog.h"
#include "live/postgres/connection.h"
#include "live/postgres/steps.h"
#include "model/sort.h"

namespace relata::live {

Result<Schema> introspect_postgres(const std::string& url, DiagnosticSink& sink);

namespace postgres {
namespace {

constexpr int oldest_major = 13;
constexpr int newest_major = 18;

struct Step {
  std::string_view name;
  std::string (*query)(int major);
  void (*read)(const Rows& rows, Catalog& catalog);
};

constexpr std::array steps{
#define RELATA_STEP(name) Step{#name, name##_query, read_##name},
#include "live/postgres/steps.def"
#undef RELATA_STEP
};

/// One transaction sees one state of the catalog, and changes nothing.
constexpr const char* begin = "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// Queries are parsed with this search path, so that no function or operator that somebody made in
/// public is taken for one of the server's own
/// (https://wiki.postgresql.org/wiki/A_Guide_to_CVE-2018-1058).
constexpr const char* trusted_path =
    "SELECT pg_catalog.set_config('search_path', 'pg_catalog', true)";

/// These make the server's spelling of constants the same everywhere and, where nobody said how
/// long, end what would wait for ever; compiling queries to machine code, or weighing the
/// order of their joins, costs more than running them.
constexpr const char* settings = R"(
SELECT set_config(name, value, true)
FROM (VALUES ('DateStyle', 'ISO, YMD'), ('IntervalStyle', 'postgres'), ('TimeZone', 'UTC'),
             ('extra_float_digits', '1'), ('bytea_output', 'hex'), ('quote_all_identifiers', 'off'),
             ('lock_timeout', COALESCE(NULLIF(current_setting('lock_timeout'), '0'), '10s')),
             ('statement_timeout',
              COALESCE(NULLIF(current_setting('statement_timeout'), '0'), '60s')),
             ('jit', 'off'), ('join_collapse_limit', '1')) AS setting (name, value))";

/// They run with another one, by which the server writes names of pg_catalog and public bare and
/// all others with their namespace. The condition is worked out once, before there is any row.
std::string with_public_path(const std::string& query) {
  return "SELECT * FROM (" + query +
         "\n) AS found WHERE (SELECT set_config('search_path', 'public', true)) IS NOT NULL";
}

Result<void> check_version(const Connection& connection, int major, DiagnosticSink& sink) {
  if (major < oldest_major) {
    return tl::unexpected(
        Failure{connection.place() + " is PostgreSQL " + std::to_string(major) +
                    ", which is too old to be read",
                "Relata reads PostgreSQL 13 to 18; load the output of `pg_dump -s` into one."});
  }
  if (major > newest_major) {
    sink.warning("newer-server",
                 connection.place() + " is PostgreSQL " + std::to_string(major) +
                     ", newer than what Relata knows",
                 {}, {}, "What version 18 did not have is not read.");
  }
  return {};
}

/// The failure with what was being read, by the step's number.
Failure while_reading(Failure failure, std::size_t step) {
  if (step < steps.size()) {
    failure.message += ", while reading " + replace_all(steps[step].name, "_", " ");
  }
  return failure;
}

Result<Schema> read(const std::string& url, DiagnosticSink& sink) {
  Result<Connection> connection = Connection::open(url);
  if (!connection) return tl::unexpected(connection.error());
  const int major = connection->server_version() / 10000;
  if (const Result<void> checked = check_version(*connection, major, sink); !checked) {
    return tl::unexpected(checked.error());
  }
  Catalog catalog(major, sink);
  catalog.schema.dialect = "postgres";
  std::vector<std::string> statements{begin, trusted_path, settings};
  const std::size_t first = statements.size() + 1;
  for (const Step& step : steps) {
    statements.emplace_back(trusted_path);
    statements.push_back(with_public_path(step.query(major)));
  }
  statements.emplace_back("COMMIT");
  std::size_t taken = 0;  // Steps.
  const Result<void> done =
      connection->execute_all(statements, [&](std::size_t statement, const Rows& rows) {
        if (taken == steps.size() || statement != first + 2 * taken) return;
        steps[taken++].read(rows, catalog);
      });
  if (!done) return tl::unexpected(while_reading(done.error(), taken));
  sort_schema(catalog.schema);
  return std::move(catalog.schema);
}

}  // namespace
}  // namespace postgres

Result<Schema> introspect_postgres(const std::string& url, DiagnosticSink& sink) {
  return postgres::read(url, sink);
}

}  // namespace relata::live
