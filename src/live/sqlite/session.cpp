#include "live/session.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "live/record.h"
#include "live/sqlite/database.h"

namespace relata::live {
namespace {

/// A file that is open only to hold a lock on it, which the kernel gives back when the program
/// ends, however it ends. SQLite's own locks are of another kind (fcntl), and the two do not meet.
class FileLock {
 public:
  FileLock() = default;
  ~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  FileLock(FileLock&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
  FileLock& operator=(FileLock&&) = delete;

  /// 0, or the number of the error; EWOULDBLOCK: somebody else has it.
  [[nodiscard]] int take(const std::string& path) {
    if (descriptor_ < 0) descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor_ < 0) return errno;
    return ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
  }
  void give_back() const {
    if (descriptor_ >= 0) ::flock(descriptor_, LOCK_UN);
  }

 private:
  int descriptor_ = -1;
};

class SqliteSession : public Session {
 public:
  SqliteSession(sqlite::Database database, std::string path)
      : path_(std::move(path)), database_(std::move(database)) {}

  Result<std::vector<Record>> run(const std::string& statement) override {
    trouble_ = Trouble::none;
    const int before = sqlite3_total_changes(database_.get());
    sqlite::Query query(database_.get(), statement);
    std::vector<Record> records;
    while (query.next()) records.push_back(record_of(query, query.columns()));
    if (query.failed()) {
      const int code = query.code() & 0xff;
      const bool waited = code == SQLITE_BUSY || code == SQLITE_LOCKED;
      trouble_ = waited ? Trouble::lock_not_had : Trouble::refused;
      return tl::unexpected(Failure{query.message(), {}});
    }
    // The count of the last statement that changed rows stays until the next one does.
    const bool changed = sqlite3_total_changes(database_.get()) != before;
    affected_ = changed ? static_cast<std::uint64_t>(sqlite3_changes(database_.get())) : 0;
    return records;
  }
  Trouble trouble() const override { return trouble_; }
  std::uint64_t affected_rows() const override { return affected_; }
  std::string_view dialect() const override { return "sqlite"; }
  std::string place() const override { return "'" + path_ + "'"; }

  Result<std::optional<std::string>> keep_others_out() override {
    const int error = lock_.take(path_);
    if (error == 0) return std::optional<std::string>();
    if (error == EWOULDBLOCK) return std::optional<std::string>("another program");
    return tl::unexpected(
        Failure{"cannot lock '" + path_ + "': " + std::generic_category().message(error), {}});
  }
  void let_others_in() override { lock_.give_back(); }

 private:
  std::string path_;
  // Goes after the database: closing a file gives back all of SQLite's locks on it that this
  // program has (https://sqlite.org/howtocorrupt.html, 2.2).
  FileLock lock_;
  sqlite::Database database_;
  Trouble trouble_ = Trouble::none;
  std::uint64_t affected_ = 0;
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
