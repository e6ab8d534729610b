#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace relata::migrate::sqlite {

/// Statements that fail with the message when the query has a row, and do nothing otherwise. They
/// are part of the plan, so that a step is as safe in another tool's hands.
[[nodiscard]] std::vector<std::string> refuse_rows(std::string_view message,
                                                   const std::string& query);

/// Fails while foreign keys are enforced: dropping a table then deletes its rows first, and by
/// ON DELETE CASCADE those of its children (https://sqlite.org/foreignkeys.html#fk_schemacommands).
[[nodiscard]] std::vector<std::string> refuse_enforced_keys();

}  // namespace relata::migrate::sqlite
