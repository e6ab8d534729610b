#pragma once

#include <string>
#include <tl/expected.hpp>

namespace relata {

/// Why something outside the program (a file, a folder, a server) did not work.
struct Failure {
  std::string message;  ///< What is wrong and where, one sentence without a full stop.
  std::string help;     ///< What to do about it; may be empty.
};

template <class T>
using Result = tl::expected<T, Failure>;

}  // namespace relata
