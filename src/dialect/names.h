#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace relata {

/// What an engine counts when it limits the length of a name.
enum class LengthUnit { bytes, code_points };

/// The name itself when it is at most `limit` units long (0: no limit), else its beginning, cut
/// between code points, with '_' and eight hex digits of the whole name's hash: the same on every
/// machine, and two long names that begin alike stay apart.
[[nodiscard]] std::string fit_identifier(std::string_view name, std::size_t limit, LengthUnit unit);

/// Names of one namespace of a database, each given out once. Compares without ASCII case, because
/// SQLite and MySQL do.
class NameScope {
 public:
  /// A scope without names; `limit` in `unit`, 0: no limit.
  NameScope(std::size_t limit, LengthUnit unit) : limit_(limit), unit_(unit) {}

  /// The name, fitted into the limit; with "_2", "_3" ... at its end when it was given out before.
  [[nodiscard]] std::string claim(std::string_view name);

 private:
  std::size_t limit_;
  LengthUnit unit_;
  std::set<std::string> taken_;
};

}  // namespace relata
