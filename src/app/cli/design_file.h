#pragma once

#include <string>
#include <string_view>

#include "app/cli/console.h"
#include "design/design.h"

namespace relata::cli {

inline constexpr std::string_view design_file_name = "design.yaml";

/// The design.yaml in the folder of a requirements text when there is one; else empty, and always
/// for standard input.
[[nodiscard]] std::string design_file_beside(const std::string& requirements);

/// When there is a design at `path`, merges what a person edited there into `design`, which was
/// read from requirements, and shows what changed. False after a message when the file is there
/// but cannot be read.
[[nodiscard]] bool keep_edits(const std::string& path, design::Design& design, Console& console);

}  // namespace relata::cli
