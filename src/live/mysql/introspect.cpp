#include <functional>
#include <optional>

#include "live/live.h"
#include "live/mysql/catalog.h"
#include "live/mysql/connection.h"
#include "live/mysql/queries.h"

namespace relata::live {

Result<Schema> introspect_mysql(const std::string& url, DiagnosticSink& sink);

namespace mysql {
namespace {

/// The oldest servers whose catalogs have what the queries ask for: CHECK_CONSTRAINTS since MySQL
/// 8.0.16, ignored indexes since MariaDB 10.6.
constexpr unsigned long oldest_mysql = 80016;
constexpr unsigned long oldest_mariadb = 100600;

std::string version_text(unsigned long version) {
  return std::to_string(version / 10000) + "." + std::to_string(version / 100 % 100) + "." +
         std::to_string(version % 100);
}

Result<void> check_version(const Connection& connection) {
  const bool mariadb = connection.is_mariadb();
  if (connection.server_version() >= (mariadb ? oldest_mariadb : oldest_mysql)) return {};
  return tl::unexpected(
      Failure{connection.place() + " is on " + (mariadb ? "MariaDB " : "MySQL ") +
                  version_text(connection.server_version()) + ", which is too old to read",
              "MySQL 8.0.16 and MariaDB 10.6 are the oldest; an older server's schema can be read "
              "from the file that mysqldump --no-data writes."});
}

/// Runs the catalog queries one after the other, and stops at the first that fails.
class Reader {
 public:
  Reader(Connection& connection, Catalog& catalog)
      : connection_(connection),
        catalog_(catalog),
        database_(connection.literal(connection.database())) {}

  [[nodiscard]] Result<void> read() {
    const Server& server = catalog_.server();
    ask(database_query(database_), &Catalog::read_database);
    ask(tables_query(database_), &Catalog::read_tables);
    ask(columns_query(server, database_), &Catalog::read_columns);
    ask(indexes_query(server, database_), &Catalog::read_indexes);
    ask(foreign_keys_query(database_), &Catalog::read_foreign_keys);
    ask(checks_query(server, database_), &Catalog::read_checks);
    ask(partitions_query(database_), &Catalog::read_partitions);
    ask(views_query(server, database_), &Catalog::read_views);
    read_view_texts();
    ask(triggers_query(database_), &Catalog::read_triggers);
    read_routines();
    ask(events_query(database_), &Catalog::read_events);
    if (!catalog_.sequence_names().empty()) {
      ask(sequences_query(catalog_.sequence_names()), &Catalog::read_sequences);
    }
    if (failure_) return tl::unexpected(*failure_);
    return {};
  }

 private:
  std::optional<Rows> rows(const std::string& query) {
    if (failure_) return {};
    Result<Rows> result = connection_.execute(query);
    if (result) return std::move(*result);
    failure_ = result.error();
    return {};
  }

  void ask(const std::string& query, void (Catalog::*take)(const Rows&)) {
    if (const std::optional<Rows> result = rows(query)) (catalog_.*take)(*result);
  }

  /// In one round trip. Who may not see how a view was made keeps what was told of it.
  void read_view_texts() {
    const std::vector<std::size_t> places = catalog_.half_told_views();
    if (failure_ || places.empty()) return;
    std::vector<std::string> queries;
    queries.reserve(places.size());
    for (const std::size_t place : places) {
      queries.push_back(view_query(catalog_.view_name(place)));
    }
    const Result<std::vector<Rows>> texts = connection_.execute_all(queries);
    if (!texts) return;
    for (std::size_t i = 0; i < places.size(); ++i) {
      catalog_.read_view_text(places[i], (*texts)[i]);
    }
  }

  void read_routines() {
    if (failure_) return;
    if (catalog_.server().mariadb) {
      Result<Rows> stored = connection_.execute(stored_routines_query(database_));
      if (stored) return catalog_.read_stored_routines(*stored);
      // Without rights on the server's own tables, the standard ones are asked below.
    }
    const std::optional<Rows> parameters = rows(parameters_query(database_));
    const std::optional<Rows> routines = rows(routines_query(database_));
    if (parameters && routines) catalog_.read_routines(*routines, *parameters);
  }

  Connection& connection_;
  Catalog& catalog_;
  std::string database_;
  std::optional<Failure> failure_;
};

/// One view of the catalog that nothing changes meanwhile, and a session that answers the same
/// whatever the server's settings are.
Result<void> begin(Connection& connection) {
  for (const char* statement :
       {"SET SESSION sql_mode = ''", "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
        "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"}) {
    if (Result<Rows> done = connection.execute(statement); !done) {
      return tl::unexpected(done.error());
    }
  }
  return {};
}

Result<Server> describe(Connection& connection) {
  Server server{connection.is_mariadb(), connection.server_version(), {}, {}};
  const Result<Rows> rows = connection.execute("SELECT DATABASE(), CURRENT_USER()");
  if (!rows) return tl::unexpected(rows.error());
  for (const Row row : *rows) {
    server.database = row.text(0);
    server.account = row.text(1);
  }
  return server;
}

/// The catalog shows what the account has some right on, and is silent about the rest.
void warn_when_nothing_is_shown(const Schema& schema, const Connection& connection,
                                DiagnosticSink& sink) {
  if (!schema.tables.empty() || !schema.views.empty()) return;
  sink.warning("mysql-nothing-shown", "this account is shown no table in " + connection.place(), {},
               {},
               "Either the database is empty, or the account has no rights in it: GRANT SELECT, "
               "SHOW VIEW, TRIGGER, EVENT, EXECUTE ON the database to it.");
}

Result<Schema> introspect(const ConnectionSettings& settings, DiagnosticSink& sink) {
  Result<Connection> connection = Connection::open(settings);
  if (!connection) return tl::unexpected(connection.error());
  if (Result<void> fit = check_version(*connection); !fit) return tl::unexpected(fit.error());
  if (Result<void> begun = begin(*connection); !begun) return tl::unexpected(begun.error());
  Result<Server> server = describe(*connection);
  if (!server) return tl::unexpected(server.error());
  Catalog catalog(std::move(*server), sink);
  if (Result<void> read = Reader(*connection, catalog).read(); !read) {
    return tl::unexpected(read.error());
  }
  Schema schema = catalog.take();
  warn_when_nothing_is_shown(schema, *connection, sink);
  return schema;
}

}  // namespace
}  // namespace mysql

/// Reads a MySQL or MariaDB database; see introspect().
Result<Schema> introspect_mysql(const std::string& url, DiagnosticSink& sink) {
  const Result<mysql::ConnectionSettings> settings = mysql::parse_url(url);
  if (!settings) return tl::unexpected(settings.error());
  for (const std::string& name : settings->ignored) {
    sink.note("mysql-ignored-parameter",
              "the parameter '" + name + "' of the database URL means nothing here");
  }
  return mysql::introspect(*settings, sink);
}

}  // namespace relata::live
