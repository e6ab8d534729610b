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

/// With this search path the server writes names of pg_catalog and public bare and all others with
/// their namespace. The other settings make its spelling of constants the same on every server,
/// and, where nobody said how long, end what would wait for ever; compiling queries to machine code
/// costs more than running them.
constexpr const char* settings = R"(
SELECT pg_catalog.set_config(name, value, true)
FROM (VALUES ('search_path', 'public'), ('DateStyle', 'ISO, YMD'), ('IntervalStyle', 'postgres'),
             ('TimeZone', 'UTC'), ('extra_float_digits', '1'), ('bytea_output', 'hex'),
             ('quote_all_identifiers', 'off'), ('jit', 'off'),
             ('lock_timeout', COALESCE(NULLIF(current_setting('lock_timeout'), '0'), '10s')),
             ('statement_timeout', COALESCE(NULLIF(current_setting('statement_timeout'), '0'), '60s'))
     ) AS setting (name, value))";

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
  const std::vector<std::string> preparations{begin, settings};
  std::vector<std::string> statements = preparations;
  for (const Step& step : steps) statements.push_back(step.query(major));
  statements.emplace_back("COMMIT");
  std::size_t taken = 0;
  const Result<void> done =
      connection->execute_all(statements, [&](std::size_t statement, const Rows& rows) {
        const std::size_t step = statement - preparations.size();
        if (statement >= preparations.size() && step < steps.size()) {
          steps[step].read(rows, catalog);
        }
        taken = statement + 1;
      });
  if (!done) return tl::unexpected(while_reading(done.error(), taken - preparations.size()));
  sort_schema(catalog.schema);
  return std::move(catalog.schema);
}

}  // namespace
}  // namespace postgres

Result<Schema> introspect_postgres(const std::string& url, DiagnosticSink& sink) {
  return postgres::read(url, sink);
}

}  // namespace relata::live
