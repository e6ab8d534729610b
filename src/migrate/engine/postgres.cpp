#include <algorithm>

#include "base/text.h"
#include "migrate/engine/engine.h"

namespace relata::migrate {
namespace {

class PostgresEngine : public Engine {
 public:
  PostgresEngine() : Engine("postgres") {}

  std::string state_table() const override { return "relata.steps"; }
  std::string find_state() const override {
    return "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = "
           "c.relnamespace WHERE n.nspname = 'relata' AND c.relname = 'steps'";
  }
  std::vector<std::string> make_state() const override {
    // CREATE SCHEMA IF NOT EXISTS asks for the right to make one even where it is there.
    return {
        "DO $$ BEGIN IF to_regnamespace('relata') IS NULL THEN CREATE SCHEMA relata; COMMENT "
        "ON SCHEMA relata IS 'What relata migrate has run on this database'; END IF; END $$",
        "CREATE TABLE IF NOT EXISTS relata.steps (run_number integer NOT NULL, place integer "
        "NOT NULL, title text NOT NULL, content text NOT NULL, plan_steps integer NOT NULL, "
        "state text NOT NULL, statements_done integer NOT NULL, before_statement text NOT "
        "NULL, last_key text, rows_changed bigint NOT NULL, rows_seen bigint NOT NULL, "
        "started_at timestamptz NOT NULL, done_at timestamptz, PRIMARY KEY (run_number, "
        "place))"};
  }
  std::string now() const override { return "clock_timestamp()"; }
  std::string time_text(const std::string& column) const override {
    return "to_char(" + column + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";
  }

  std::vector<std::string> settings() const override {
    return {
        "RESET ALL", wait_for_locks(1),
        // Of a role or a database; what takes long here is meant to. A version that does not have
        // the setting has no row for it. The last one has the server stop what it does for a
        // program that was killed.
        // https://www.postgresql.org/docs/current/runtime-config-client.html
        "SELECT set_config(name, CASE name WHEN 'client_connection_check_interval' THEN '500ms' "
        "ELSE '0' END, false) FROM pg_catalog.pg_settings WHERE name IN ('statement_timeout', "
        "'transaction_timeout', 'idle_in_transaction_session_timeout', 'idle_session_timeout', "
        "'client_connection_check_interval')"};
  }
  // Who waits for a lock lets nobody else have it meanwhile, and a statement that locks two tables
  // holds the one while it waits for the other: so it gives up soon. Where transactions follow each
  // other without a gap only patience gets a lock, so that later attempts wait longer; but never as
  // long as the server lets others wait before it looks for deadlocks (deadlock_timeout, a second),
  // since then it could be their statement that fails.
  std::string wait_for_locks(int attempt) const override {
    constexpr int shortest = 150;
    constexpr int longest = 800;
    constexpr int attempts_that_are_short = 6;
    const int doubled = std::clamp(attempt - attempts_that_are_short, 0, 3);
    return "SET lock_timeout = '" + std::to_string(std::min(shortest << doubled, longest)) + "ms'";
  }
  // What cannot be in a transaction (CONCURRENTLY) waits for every transaction that is older, and
  // starts anew when it gives up, but holds nobody up.
  std::string wait_long() const override { return "SET lock_timeout = 0"; }
  std::string begin() const override { return "BEGIN ISOLATION LEVEL READ COMMITTED"; }
  bool changes_schemas_in_transactions() const override { return true; }
  std::string session_number() const override { return "SELECT pg_catalog.pg_backend_pid()"; }
  std::string fingerprint(live::Session&, const std::string&) const override { return {}; }

  std::uint64_t about_rows(live::Session& session, const QualifiedName& table) const override {
    const double rows = only_number(
        session, "SELECT reltuples FROM pg_catalog.pg_class WHERE oid = " +
                     dialect().string_literal(table_name(table)) + "::pg_catalog.regclass");
    return rows > 0 ? static_cast<std::uint64_t>(rows) : 0;
  }
  std::uint64_t sessions_waiting(live::Session& session) const override {
    return static_cast<std::uint64_t>(
        only_number(session,
                    "SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE wait_event_type = "
                    "'Lock' AND datname = current_database() AND pg_catalog.pg_backend_pid() = ANY "
                    "(pg_catalog.pg_blocking_pids(pid))"));
  }
  double replication_lag(live::Session& session) const override {
    return only_number(session,
                       "SELECT max(extract(epoch FROM replay_lag)) FROM "
                       "pg_catalog.pg_stat_replication");
  }
  std::chrono::milliseconds breath() const override { return std::chrono::milliseconds(0); }
  std::optional<std::string> oldest_transaction(live::Session& session) const override {
    return only_value(
        session,
        "SELECT 'process ' || pid || coalesce(' of ' || usename, '') || ', since ' || "
        "to_char(xact_start, 'HH24:MI:SS') || coalesce(': ' || left(regexp_replace(query, "
        "'\\s+', ' ', 'g'), 60), '') FROM pg_catalog.pg_stat_activity WHERE datname = "
        "current_database() AND xact_start IS NOT NULL AND pid <> pg_catalog.pg_backend_pid() AND "
        "backend_type = 'client backend' ORDER BY xact_start LIMIT 1");
  }

 protected:
  std::string_view quoting_function() const override { return "quote_literal"; }
};

}  // namespace

const Engine& postgres_engine();

const Engine& postgres_engine() {
  static const PostgresEngine engine;
  return engine;
}

}  // namespace relata::migrate
