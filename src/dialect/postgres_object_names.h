#pragma once

#include <string>
#include <string_view>

namespace relata {

/// The name that PostgreSQL gives by itself, "name1_name2_label" in at most 63 bytes: the longer of
/// the two names is cut first, and never inside a character. An empty `name2` or `label` is left
/// out with its underscore (makeObjectName() in src/backend/commands/indexcmds.c).
[[nodiscard]] std::string postgres_object_name(std::string_view name1, std::string_view name2,
                                               std::string_view label);

}  // namespace relata
