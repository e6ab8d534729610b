#include "live/session.h"

#include <errmsg.h>
#include <mysqld_error.h>

#include "base/text.h"
#include "live/mysql/connection.h"
#include "live/record.h"

namespace relata::live {
namespace {

class MysqlSession : public Session {
 public:
  explicit MysqlSession(mysql::Connection connection) : connection_(std::move(connection)) {
    // A name is of the whole server, and at most 64 characters long.
    // Source: MySQL 8.0 Reference Manual, 12.14 "Locking Functions".
    lock_ = connection_.literal("relata " +
                                std::to_string(stable_hash(to_lower(connection_.database()))));
  }

  Result<std::vector<Record>> run(const std::string& statement) override {
    trouble_ = Trouble::none;
    affected_ = 0;
    auto rows = connection_.execute(statement);
    if (!rows) return tl::unexpected(failure(rows.error()));
    // Of a statement that gives rows the library counts those.
    if (rows->columns() == 0) affected_ = connection_.affected_rows();
    std::vector<Record> records;
    for (const mysql::Row row : *rows) records.push_back(record_of(row, rows->columns()));
    return records;
  }
  Trouble trouble() const override { return trouble_; }
  std::uint64_t affected_rows() const override { return affected_; }
  std::string_view dialect() const override { return "mysql"; }
  std::string place() const override { return connection_.place(); }

  Result<std::optional<std::string>> keep_others_out() override {
    const auto got = run("SELECT GET_LOCK(" + lock_ + ", 0), IS_USED_LOCK(" + lock_ + ")");
    if (!got) return tl::unexpected(got.error());
    if (got->front()[0] == "1") return std::optional<std::string>();
    const std::string thread = got->front()[1].value_or("");
    if (thread.empty()) return std::optional<std::string>("somebody");
    const auto who =
        run("SELECT USER, HOST FROM information_schema.PROCESSLIST WHERE ID = " + thread);
    std::string holder = "connection " + thread;
    if (who && !who->empty()) {
      holder += " of " + who->front()[0].value_or("") + " from " + who->front()[1].value_or("");
    }
    return std::optional<std::string>(holder);
  }
  void let_others_in() override { (void)run("SELECT RELEASE_LOCK(" + lock_ + ")"); }

 private:
  Failure failure(const Failure& told) {
    const unsigned error = connection_.error_number();
    const bool client = error >= CR_MIN_ERROR && error <= CR_MAX_ERROR;
    if (client || error == ER_SERVER_SHUTDOWN || error == ER_CONNECTION_KILLED) {
      trouble_ = Trouble::connection_lost;
      if (client) return told;
      return {"the connection to " + place() + " was lost: " + connection_.error_message(), {}};
    }
    const bool waited = error == ER_LOCK_WAIT_TIMEOUT || error == ER_LOCK_DEADLOCK;
    trouble_ = waited ? Trouble::lock_not_had : Trouble::refused;
    return {connection_.error_message(), {}};
  }

  mysql::Connection connection_;
  std::string lock_;
  Trouble trouble_ = Trouble::none;
  std::uint64_t affected_ = 0;
};

}  // namespace

Result<std::unique_ptr<Session>> connect_mysql(const std::string& url);

Result<std::unique_ptr<Session>> connect_mysql(const std::string& url) {
  auto settings = mysql::parse_url(url);
  if (!settings) return tl::unexpected(settings.error());
  settings->read_seconds = 0;  // A change of a large table takes as long as it takes.
  auto connection = mysql::Connection::open(*settings);
  if (!connection) return tl::unexpected(connection.error());
  return std::make_unique<MysqlSession>(std::move(*connection));
}

}  // namespace relata::live
