#include "live/session.h"

#include <array>

#include "live/postgres/connection.h"
#include "live/record.h"

namespace relata::live {
namespace {

/// The two halves of the advisory lock's number: "rela" and "ta" as bytes. An advisory lock is of
/// one database (https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS).
constexpr std::string_view lock_number = "1919249505, 29793";

/// Another has it: who, as far as this role may see.
constexpr std::string_view holder_query =
    "SELECT 'process ' || l.pid || coalesce(' of ' || a.usename, '') || "
    "coalesce(' from ' || host(a.client_addr), '') || coalesce(', connected since ' || "
    "to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS'), '') FROM pg_catalog.pg_locks l LEFT JOIN "
    "pg_catalog.pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted "
    "AND l.classid = 1919249505 AND l.objid = 29793 AND l.objsubid = 2 AND l.database = (SELECT "
    "oid FROM pg_catalog.pg_database WHERE datname = current_database())";

/// What can be tried again. Source:
/// https://www.postgresql.org/docs/current/errcodes-appendix.html
constexpr std::array<std::string_view, 3> states_of_waiting{"55P03",   // lock_not_available
                                                            "40P01",   // deadlock_detected
                                                            "40001"};  // serialization_failure

class PostgresSession : public Session {
 public:
  explicit PostgresSession(postgres::Connection connection) : connection_(std::move(connection)) {}

  Result<std::vector<Record>> run(const std::string& statement) override {
    trouble_ = Trouble::none;
    affected_ = 0;
    auto rows = connection_.execute(statement);
    if (!rows) return tl::unexpected(failure(rows.error()));
    affected_ = rows->affected();
    std::vector<Record> records;
    for (const postgres::Row row : *rows) records.push_back(record_of(row, rows->columns()));
    return records;
  }
  Trouble trouble() const override { return trouble_; }
  std::uint64_t affected_rows() const override { return affected_; }
  std::string_view dialect() const override { return "postgres"; }
  std::string place() const override { return connection_.place(); }

  Result<std::optional<std::string>> keep_others_out() override {
    const auto got =
        run("SELECT pg_catalog.pg_try_advisory_lock(" + std::string(lock_number) + ")");
    if (!got) return tl::unexpected(got.error());
    if (got->front()[0] == "t") return std::optional<std::string>();
    const auto holder = run(std::string(holder_query));
    if (!holder) return tl::unexpected(holder.error());
    if (holder->empty() || !holder->front()[0]) return std::optional<std::string>("somebody");
    return std::optional<std::string>(*holder->front()[0]);
  }
  void let_others_in() override {
    (void)run("SELECT pg_catalog.pg_advisory_unlock(" + std::string(lock_number) + ")");
  }

 private:
  Failure failure(const Failure& told) {
    const postgres::ServerError& error = connection_.last_error();
    if (error.lost) {
      trouble_ = Trouble::connection_lost;
      return told;
    }
    trouble_ = Trouble::refused;
    for (const std::string_view state : states_of_waiting) {
      if (error.state == state) trouble_ = Trouble::lock_not_had;
    }
    return {error.message, {}};
  }

  postgres::Connection connection_;
  Trouble trouble_ = Trouble::none;
  std::uint64_t affected_ = 0;
};

}  // namespace

Result<std::unique_ptr<Session>> connect_postgres(const std::string& url);

Result<std::unique_ptr<Session>> connect_postgres(const std::string& url) {
  auto connection = postgres::Connection::open(url);
  if (!connection) return tl::unexpected(connection.error());
  return std::make_unique<PostgresSession>(std::move(*connection));
}

}  // namespace relata::live
