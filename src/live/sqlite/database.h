#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace relata::live::sqlite {

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

/// The rows of one query, from the first to the last:
///   Query query(database, "SELECT name FROM t"); while (query.next()) use(query.text(0));
/// `error()` says afterwards whether all of them came.
class Query {
 public:
  Query(sqlite3* database, std::string_view sql);
  ~Query() { sqlite3_finalize(statement_); }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  /// Goes to the next row; false when there is none or something went wrong.
  bool next();
  /// A column of the row, from 0; NULL is an empty text or 0.
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const {
    return sqlite3_column_int64(statement_, column);
  }
  [[nodiscard]] int columns() const { return sqlite3_column_count(statement_); }
  [[nodiscard]] bool is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
  }
  void bind(int parameter, std::string_view value);
  [[nodiscard]] bool failed() const { return code_ != SQLITE_OK; }
  /// SQLite's result code and message; SQLITE_OK when nothing went wrong.
  [[nodiscard]] int code() const { return code_; }
  [[nodiscard]] const std::string& message() const { return message_; }

 private:
  void check(int code);

  sqlite3* database_;
  sqlite3_stmt* statement_ = nullptr;
  int code_ = SQLITE_OK;
  std::string message_;
};

/// The file that a sqlite: URL names: sqlite:relative/file, sqlite:/absolute/file,
/// sqlite:///absolute/file. Only the form with "//" is a URL with parameters and escapes; the other
/// is a path, whatever it holds.
[[nodiscard]] std::string path_of(std::string_view url);

/// Opens a database file that is there for reading and writing.
[[nodiscard]] Result<Database> open_for_changes(const std::string& path, const std::string& shown);

/// Opens a database file for reading; nothing beside it is made or changed. `shown`: how messages
/// name it. Fails when the file is missing, is not a database, or is locked.
[[nodiscard]] Result<Database> open_file(const std::string& path, const std::string& shown);

/// What a result code means to someone who gave a database file.
[[nodiscard]] Failure failure_of(int code, std::string_view message, const std::string& shown);

}  // namespace relata::live::sqlite
