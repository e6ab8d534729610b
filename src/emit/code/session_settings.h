#pragma once

#include <string>
#include <vector>

#include "dialect/dialect.h"

namespace relata::emit {

/// What puts the settings of a session back that the statements change (SET, but not SET LOCAL): a
/// migration tool goes on in the same session.
[[nodiscard]] std::vector<std::string> restored_settings(
    const Dialect& dialect, const std::vector<std::string>& statements);

}  // namespace relata::emit
