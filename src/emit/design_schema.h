#pragma once

#include <string>

namespace relata::emit {

/// Name of the file that design_yaml() points editors to, beside the design.yaml.
inline constexpr const char* design_schema_file = "design.schema.json";

/// The JSON Schema (draft 2020-12) of design.yaml, from the table of keys that the reader uses, so
/// that editors complete and check it. What it refuses the reader refuses too; names and
/// references only the reader checks.
[[nodiscard]] std::string design_schema();

}  // namespace relata::emit
