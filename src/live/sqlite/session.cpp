#include "live/session.h"

#include "live/sqlite/database.h"

namespace relata::live {
namespace {

class SqliteSession : public Session {
 public:
  SqliteSession(sqlite::Database database, std::string path)
      : database_(std::move(database)), path_(std::move(path)) {}

  Result<std::vector<Record>> run(const std::string& statement) override {
    sqlite::Query query(database_.get(), statement);
    std::vector<Record> records;
    while (query.next()) {
      Record record;
      for (int column = 0; column < query.columns(); ++column) {
        if (query.is_null(column)) {
          record.emplace_back();
        } else {
          record.emplace_back(query.text(column));
        }
      }
      records.push_back(std::move(record));
    }
    if (query.failed()) {
      return tl::unexpected(
          Failure{"'" + path_ + "': " + query.message(), "The statement was: " + statement});
    }
    return records;
  }
  std::string_view dialect() const override { return "sqlite"; }

 private:
  sqlite::Database database_;
  std::string path_;
};

}  // namespace

Result<std::unique_ptr<Session>> connect_sqlite(const std::string& url);

Result<std::unique_ptr<Session>> connect_sqlite(const std::string& url) {
  std::string path = sqlite::path_of(url);
  auto database = sqlite::open_for_changes(path, path);
  if (!database) return tl::unexpected(database.error());
  return std::make_unique<SqliteSession>(std::move(*database), std::move(path));
}

}  // namespace relata::live
