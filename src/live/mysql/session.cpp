#include "live/session.h"

#include "live/mysql/connection.h"

namespace relata::live {
namespace {

class MysqlSession : public Session {
 public:
  explicit MysqlSession(mysql::Connection connection) : connection_(std::move(connection)) {}

  Result<std::vector<Record>> run(const std::string& statement) override {
    auto rows = connection_.execute(statement);
    if (!rows) return tl::unexpected(rows.error());
    std::vector<Record> records;
    for (const mysql::Row row : *rows) {
      Record record;
      for (std::size_t column = 0; column < rows->columns(); ++column) {
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
  std::string_view dialect() const override { return "mysql"; }

 private:
  mysql::Connection connection_;
};

}  // namespace

Result<std::unique_ptr<Session>> connect_mysql(const std::string& url);

Result<std::unique_ptr<Session>> connect_mysql(const std::string& url) {
  const auto settings = mysql::parse_url(url);
  if (!settings) return tl::unexpected(settings.error());
  auto connection = mysql::Connection::open(*settings);
  if (!connection) return tl::unexpected(connection.error());
  return std::make_unique<MysqlSession>(std::move(*connection));
}

}  // namespace relata::live
