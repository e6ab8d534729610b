#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "live/mysql/connection_settings.h"

struct st_mysql;
struct st_mysql_res;

namespace relata::live::mysql {

/// One row of a result; valid until the next one is asked for.
class Row {
 public:
  Row(char** values, const unsigned long* lengths) : values_(values), lengths_(lengths) {}

  [[nodiscard]] bool is_null(std::size_t column) const { return values_[column] == nullptr; }
  /// The value as text; empty for NULL.
  [[nodiscard]] std::string_view view(std::size_t column) const {
    return is_null(column) ? std::string_view()
                           : std::string_view(values_[column], lengths_[column]);
  }
  [[nodiscard]] std::string text(std::size_t column) const { return std::string(view(column)); }
  /// Of a number; 0 for NULL.
  [[nodiscard]] int integer(std::size_t column) const;

 private:
  char** values_;
  const unsigned long* lengths_;
};

/// The rows of one statement, all of them here already.
class Rows {
 public:
  explicit Rows(st_mysql_res* result) : result_(result) {}

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] std::size_t columns() const;

  class Iterator {
   public:
    explicit Iterator(st_mysql_res* result) : result_(result) { advance(); }
    [[nodiscard]] Row operator*() const { return {values_, lengths_}; }
    Iterator& operator++() {
      advance();
      return *this;
    }
    [[nodiscard]] bool operator!=(const Iterator& other) const { return values_ != other.values_; }

   private:
    void advance();

    st_mysql_res* result_;
    char** values_ = nullptr;
    const unsigned long* lengths_ = nullptr;
  };
  [[nodiscard]] Iterator begin() const;
  [[nodiscard]] Iterator end() const { return Iterator(nullptr); }

 private:
  struct Free {
    void operator()(st_mysql_res* result) const;
  };
  std::unique_ptr<st_mysql_res, Free> result_;
};

/// A connection to a MySQL or MariaDB server, closed when it goes. Failures say where, what the
/// server said and what to do, and never hold a password. Nothing is printed.
class Connection {
 public:
  /// Connects; texts are UTF-8 both ways.
  [[nodiscard]] static Result<Connection> open(const ConnectionSettings& settings);

  /// Runs one statement; no rows when it gives none.
  [[nodiscard]] Result<Rows> execute(const std::string& statement);
  /// Runs statements that are sent together, in one round trip; stops at the first that fails.
  [[nodiscard]] Result<std::vector<Rows>> execute_all(const std::vector<std::string>& statements);
  /// The server's number of the last statement's error; 0: it was well.
  [[nodiscard]] unsigned error_number() const;

  /// What the server said of the last statement's error; empty: it was well.
  [[nodiscard]] std::string error_message() const;
  /// How many rows the last statement inserted, updated or deleted.
  [[nodiscard]] std::uint64_t affected_rows() const;

  /// The text as a literal of SQL.
  [[nodiscard]] std::string literal(std::string_view text) const;

  [[nodiscard]] bool is_mariadb() const;
  /// 101119 is 10.11.19.
  [[nodiscard]] unsigned long server_version() const;
  /// "database 'shop' on db.example.org:3306".
  [[nodiscard]] const std::string& place() const { return place_; }
  [[nodiscard]] const std::string& database() const { return database_; }

 private:
  struct Close {
    void operator()(st_mysql* connection) const;
  };
  explicit Connection(st_mysql* connection) : connection_(connection) {}
  [[nodiscard]] Failure failure() const;

  std::unique_ptr<st_mysql, Close> connection_;
  std::string place_;
  std::string database_;
};

/// What the client library's or the server's error means for whoever gave the URL.
[[nodiscard]] Failure connection_failure(unsigned error, std::string_view said,
                                         const ConnectionSettings& settings);

}  // namespace relata::live::mysql
