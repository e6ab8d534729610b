#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

struct pg_conn;
struct pg_result;

namespace relata::live::postgres {

/// PostgreSQL's number of a catalog object; 0 where there is none.
using Oid = std::uint32_t;

/// One row of a result; valid as long as its Rows are.
class Row {
 public:
  Row(const pg_result* result, int row) : result_(result), row_(row) {}

  [[nodiscard]] bool is_null(int column) const;
  /// The value as text; empty for NULL.
  [[nodiscard]] std::string_view view(int column) const;
  [[nodiscard]] std::string text(int column) const { return std::string(view(column)); }
  /// Of a boolean.
  [[nodiscard]] bool flag(int column) const { return view(column) == "t"; }
  /// Of a "char", such as relkind; '\0' for NULL.
  [[nodiscard]] char letter(int column) const;
  [[nodiscard]] int integer(int column) const;
  [[nodiscard]] Oid oid(int column) const;
  /// Of an array of numbers, or an int2vector or oidvector; empty for NULL.
  [[nodiscard]] std::vector<std::int64_t> numbers(int column) const;
  /// Of an array of texts of one dimension; NULL elements become empty.
  [[nodiscard]] std::vector<std::string> texts(int column) const;

 private:
  const pg_result* result_;
  int row_;
};

/// The rows of one statement.
class Rows {
 public:
  explicit Rows(pg_result* result);

  [[nodiscard]] int size() const;
  [[nodiscard]] int columns() const;
  /// How many rows were inserted, updated or deleted.
  [[nodiscard]] std::uint64_t affected() const;
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] Row operator[](int row) const { return {result_.get(), row}; }

  class Iterator {
   public:
    Iterator(const pg_result* result, int row) : result_(result), row_(row) {}
    [[nodiscard]] Row operator*() const { return {result_, row_}; }
    Iterator& operator++() {
      ++row_;
      return *this;
    }
    [[nodiscard]] bool operator!=(const Iterator& other) const { return row_ != other.row_; }

   private:
    const pg_result* result_;
    int row_;
  };
  [[nodiscard]] Iterator begin() const { return {result_.get(), 0}; }
  [[nodiscard]] Iterator end() const { return {result_.get(), size()}; }

 private:
  struct Clear {
    void operator()(pg_result* result) const;
  };
  std::unique_ptr<pg_result, Clear> result_;
};

/// What the server said of a statement that failed.
struct ServerError {
  std::string state;    ///< SQLSTATE; empty: the server gave none.
  std::string message;  ///< On one line, with its detail; never with a password.
  bool lost = false;    ///< The connection is gone.
};

/// A value for $1, $2 ...; nothing is NULL.
using Parameter = std::optional<std::string>;

/// A connection to a PostgreSQL server, closed when it goes. Failures say where (host, port and
/// database), what the server said and what to do, and never hold a password. Nothing is printed.
class Connection {
 public:
  /// Connects with a postgres:// URL. libpq reads it, so its parameters (sslmode, service, options
  /// ...), the environment variables (PGHOST, PGSERVICE, PGPASSFILE ...) and ~/.pgpass hold as they
  /// do for psql (https://www.postgresql.org/docs/current/libpq-connect.html). Gives up after ten
  /// seconds unless connect_timeout or PGCONNECT_TIMEOUT says otherwise.
  [[nodiscard]] static Result<Connection> open(const std::string& url);

  /// Runs one statement.
  [[nodiscard]] Result<Rows> execute(const std::string& statement,
                                     const std::vector<Parameter>& parameters = {});

  /// Sends all statements at once and hands over the rows of each, in order, while the server works
  /// on the next. Stops at the first that fails.
  [[nodiscard]] Result<void> execute_all(
      const std::vector<std::string>& statements,
      const std::function<void(std::size_t statement, const Rows& rows)>& take);

  /// What the server said when execute() failed last.
  [[nodiscard]] const ServerError& last_error() const { return last_error_; }
  /// As PQserverVersion: 150004 is 15.4.
  [[nodiscard]] int server_version() const;
  /// "database 'shop' on db.example.org:5432".
  [[nodiscard]] const std::string& place() const { return place_; }
  /// Of the role that is connected.
  [[nodiscard]] std::string user() const;

 private:
  struct Finish {
    void operator()(pg_conn* connection) const;
  };
  explicit Connection(pg_conn* connection) : connection_(connection) {}
  [[nodiscard]] Result<void> consume(std::size_t count,
                                     const std::function<void(std::size_t, const Rows&)>& take);

  std::unique_ptr<pg_conn, Finish> connection_;
  std::string place_;
  ServerError last_error_;
};

}  // namespace relata::live::postgres
