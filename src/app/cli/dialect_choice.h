#pragma once

#include <optional>

#include "app/cli/console.h"
#include "app/cli/invocation.h"
#include "dialect/dialect.h"

namespace relata::cli {

/// What --dialect says: a dialect, perhaps with a server version. Without the flag there is none.
struct DialectChoice {
  const Dialect* dialect = nullptr;
  DdlOptions options;
};

/// Reads "postgres" or "postgres@18" from --dialect; nothing after a message.
[[nodiscard]] std::optional<DialectChoice> dialect_choice(const Invocation& invocation,
                                                          Console& console);

}  // namespace relata::cli
