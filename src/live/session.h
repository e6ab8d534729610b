#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace relata::live {

/// One row as texts; nothing is NULL.
using Record = std::vector<std::optional<std::string>>;

/// What kind of trouble a statement met, as far as it matters to whoever could try again.
enum class Trouble {
  none,
  refused,          ///< The server does not do it, now or later.
  lock_not_had,     ///< Others were in the way: a lock, or a deadlock that this session lost.
  connection_lost,  ///< Nobody knows whether it was done.
};

/// A connection on which statements are run that change a database. Failures say what the server
/// said and what to do, and never hold a password.
class Session {
 public:
  virtual ~Session() = default;
  /// Runs one statement, and gives its rows where it has any.
  [[nodiscard]] virtual Result<std::vector<Record>> run(const std::string& statement) = 0;
  /// What kind of trouble the last run() met.
  [[nodiscard]] virtual Trouble trouble() const = 0;
  /// How many rows the last statement inserted, updated or deleted.
  [[nodiscard]] virtual std::uint64_t affected_rows() const = 0;
  /// Id of the dialect that it speaks.
  [[nodiscard]] virtual std::string_view dialect() const = 0;
  /// "database 'shop' on db.example.org:5432".
  [[nodiscard]] virtual std::string place() const = 0;

  /// Keeps other sessions from migrating the same database until this one ends or gives it back,
  /// however it ends. Does not wait: gives who has it when it is not to be had, and nothing when it
  /// was. Locks no table.
  [[nodiscard]] virtual Result<std::optional<std::string>> keep_others_out() = 0;
  virtual void let_others_in() = 0;
};

/// Connects for changing. Fails with a message as introspect() does.
[[nodiscard]] Result<std::unique_ptr<Session>> connect(const std::string& url);

}  // namespace relata::live
