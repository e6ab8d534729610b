#include "base/text.h"
#include "live/url/url.h"
#include "migrate/check/check_engine.h"

namespace relata::migrate::check {
namespace {

std::string readable_name(const std::string& expression) {
  return "(SELECT CASE n.nspname WHEN 'public' THEN c.relname ELSE n.nspname || '.' || c.relname "
         "END FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
         "WHERE c.oid = " +
         expression + ")";
}

/// Locks of tables that are seen by everybody, as (table, mode); `process`: an expression. What is
/// made in the same transaction is nobody's business.
std::string locks_of(const std::string& process) {
  return "SELECT CASE n.nspname WHEN 'public' THEN c.relname ELSE n.nspname || '.' || c.relname "
         "END, l.mode FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_class c ON c.oid = l.relation "
         "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE l.locktype = 'relation' "
         "AND l.granted AND l.pid = " +
         process +
         " AND c.relkind IN ('r', 'p', 'm') AND n.nspname NOT IN ('pg_catalog', "
         "'information_schema', 'relata') AND n.nspname NOT LIKE 'pg\\_%'";
}

/// "AccessExclusiveLock" as SQL writes it.
std::string sql_mode(const std::string& mode) {
  std::vector<std::string> words = words_of(mode);
  if (!words.empty() && words.back() == "lock") words.pop_back();
  return to_upper(join(words, " "));
}

OfTables by_table(live::Session& session, const std::string& query) {
  OfTables all;
  const auto rows = session.run(query);
  if (!rows) return all;
  for (const live::Record& row : *rows) all.emplace(row[0].value_or(""), row[1].value_or(""));
  return all;
}

class PostgresCheck : public CheckEngine {
 public:
  PostgresCheck() : CheckEngine("postgres") {}

  Result<std::string> make_database(live::Session* server, const std::string& url,
                                    const std::string& name) const override {
    // Nothing but what the script makes is to be in it.
    if (auto made = server->run("CREATE DATABASE " + name + " TEMPLATE template0"); !made) {
      return tl::unexpected(made.error());
    }
    return live::with_database(url, name);
  }
  void drop_database(live::Session* server, const std::string&,
                     const std::string& name) const override {
    // WITH (FORCE) came with PostgreSQL 13; before, nobody may be connected.
    if (!server->run("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)")) {
      (void)server->run("DROP DATABASE IF EXISTS " + name);
    }
  }

  // What is filled satisfies the foreign keys; triggers would write rows of their own.
  std::vector<std::string> before_filling() const override {
    return {"SET session_replication_role = replica"};
  }
  std::vector<std::string> after_filling() const override {
    return {"SET session_replication_role = DEFAULT", "ANALYZE"};
  }
  std::optional<std::string> numbers_go_on(const std::string& table,
                                           const std::string& column) const override {
    return "SELECT pg_catalog.setval(s, m) FROM (SELECT pg_get_serial_sequence(" +
           dialect().string_literal(table) + ", " + dialect().string_literal(column) +
           ") AS s, (SELECT max(" + dialect().identifier(column) + ") FROM " + table +
           ") AS m) x WHERE s IS NOT NULL AND m IS NOT NULL";
  }
  Result<std::pair<std::uint64_t, std::string>> sum_of(
      live::Session& session, const std::string& table,
      const std::vector<std::string>& columns) const override {
    const auto rows = session.run("SELECT count(*), coalesce(sum(hashtextextended(ROW(" +
                                  join(columns, ", ") + ")::text, 0)::numeric), 0) FROM " + table);
    if (!rows) return tl::unexpected(rows.error());
    const live::Record& row = rows->front();
    return std::pair<std::uint64_t, std::string>{std::stoull(row[0].value_or("0")),
                                                 row[1].value_or("")};
  }

  std::string process() const override { return "SELECT pg_catalog.pg_backend_pid()"; }
  std::optional<std::vector<std::pair<std::string, std::string>>> locks(
      live::Session& session, const std::string& process) const override {
    const auto rows = session.run(locks_of(process));
    if (!rows) return std::nullopt;
    std::vector<std::pair<std::string, std::string>> seen;
    for (const live::Record& row : *rows) {
      seen.emplace_back(row[0].value_or(""), sql_mode(row[1].value_or("")));
    }
    return seen;
  }
  std::vector<std::pair<std::string, std::string>> locks_at_end(
      live::Session& running) const override {
    return locks(running, "pg_catalog.pg_backend_pid()")
        .value_or(std::vector<std::pair<std::string, std::string>>());
  }

  // A table that is written anew is in another file.
  OfTables places(live::Session& session) const override {
    return by_table(
        session,
        "SELECT " + readable_name("t.oid") +
            ", t.oid || '/' || t.relfilenode FROM pg_catalog.pg_class t WHERE t.relkind = 'r' AND "
            "t.oid >= 16384 AND t.relnamespace NOT IN (SELECT oid FROM pg_catalog.pg_namespace "
            "WHERE nspname = 'relata' OR nspname LIKE 'pg\\_%')");
  }
  // Since the session last told the server's statistics: every now and then, which is why more or
  // less than before are scans both.
  // https://www.postgresql.org/docs/current/monitoring-stats.html
  OfTables scans(live::Session& running) const override {
    return by_table(running, "SELECT " + readable_name("s.relid") +
                                 ", s.seq_scan FROM pg_catalog.pg_stat_xact_user_tables s WHERE "
                                 "s.seq_scan > 0 AND s.schemaname <> 'relata'");
  }
  std::vector<std::string> broken(const StepReport& report, const Action& action) const override {
    return broken_promises(report, action);
  }
};

}  // namespace

const CheckEngine& postgres_check();

const CheckEngine& postgres_check() {
  static const PostgresCheck check;
  return check;
}

}  // namespace relata::migrate::check
