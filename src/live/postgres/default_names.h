#pragma once

#include <string>
#include <string_view>

namespace relata::live::postgres {

/// The name that PostgreSQL gives by itself: table_column_label, within 63 bytes, where the longer
/// of table and column is cut first, and never inside a character (makeObjectName() in
/// src/backend/commands/indexcmds.c).
[[nodiscard]] std::string default_name(std::string_view table, std::string_view column,
                                       std::string_view label);

}  // namespace relata::live::postgres
