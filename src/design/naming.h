#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "design/design.h"

namespace relata::design {

/// "WorkspaceMember" gives "workspace_members"; an audit log keeps its singular ("audit_log").
[[nodiscard]] std::string table_name(const Entity& entity);

/// The column of a reference to one column of a key: "assignee" and "id" give "assignee_id"; a key
/// column that already begins with the target's name is not doubled ("course", "course_code").
[[nodiscard]] std::string reference_column(std::string_view reference, std::string_view target,
                                           std::string_view key_column);

/// Name of a constraint or index in the usual form: table, columns without `_id` and `_at`, suffix.
[[nodiscard]] std::string constraint_name(std::string_view table,
                                          const std::vector<std::string>& columns,
                                          std::string_view suffix);

}  // namespace relata::design
