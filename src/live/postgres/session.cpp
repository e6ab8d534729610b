#include "live/session.h"

#include "live/postgres/connection.h"

namespace relata::live {
namespace {

class PostgresSession : public Session {
 public:
  explicit PostgresSession(postgres::Connection connection) : connection_(std::move(connection)) {}

  Result<std::vector<Record>> run(const std::string& statement) override {
    auto rows = connection_.execute(statement);
    if (!rows) return tl::unexpected(rows.error());
    std::vector<Record> records;
    for (const postgres::Row row : *rows) {
      Record record;
      for (int column = 0; column < rows->columns(); ++column) {
        if (row.is_null(column)) {
          record.emplace_back();
        } else {
          record.emplace_back(row.text(column));
        }
      }
      records.push_back(std::move(record));
    }
    return records;
  }
  std::string_view dialect() const override { return "postgres"; }

 private:
  postgres::Connection connection_;
};

}  // namespace

Result<std::unique_ptr<Session>> connect_postgres(const std::string& url);

Result<std::unique_ptr<Session>> connect_postgres(const std::string& url) {
  auto connection = postgres::Connection::open(url);
  if (!connection) return tl::unexpected(connection.error());
  return std::make_unique<PostgresSession>(std::move(*connection));
}

}  // namespace relata::live
