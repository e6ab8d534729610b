#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace relata::live {

/// One row as texts; nothing is NULL.
using Record = std::vector<std::optional<std::string>>;

/// A connection on which statements are run that change a database. Failures say where, what the
/// server said and what to do, and never hold a password.
class Session {
 public:
  virtual ~Session() = default;
  /// Runs one statement, and gives its rows where it has any.
  [[nodiscard]] virtual Result<std::vector<Record>> run(const std::string& statement) = 0;
  /// Id of the dialect that it speaks.
  [[nodiscard]] virtual std::string_view dialect() const = 0;
};

/// Connects for changing. Fails with a message as introspect() does.
[[nodiscard]] Result<std::unique_ptr<Session>> connect(const std::string& url);

}  // namespace relata::live
