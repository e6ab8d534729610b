#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "app/cli/console.h"
#include "app/cli/invocation.h"
#include "model/schema.h"

namespace relata::cli {

/// About how many rows the tables of FROM have: what --rows says, and of the others what the
/// database tells, where `from` is one. Nothing after a message.
[[nodiscard]] std::optional<std::map<QualifiedName, std::uint64_t>> table_rows(
    const Invocation& invocation, const std::string& from, const Schema& schema, Console& console);

}  // namespace relata::cli
