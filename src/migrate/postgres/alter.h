#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dialect/piece.h"

namespace relata::migrate::postgres {

/// Whether two pieces of one kind and name are the same, apart from what has pieces of its own.
[[nodiscard]] bool is_same(const Piece& from, const Piece& to);

/// The statements that turn one piece into the other in place; nothing when it must be taken down
/// and made again.
[[nodiscard]] std::optional<std::vector<std::string>> alter(const Piece& from, const Piece& to);

/// Whether what uses the column stands in the way: its type, or how it is made, becomes another.
[[nodiscard]] bool changes_values(const Column& from, const Column& to);

}  // namespace relata::migrate::postgres
