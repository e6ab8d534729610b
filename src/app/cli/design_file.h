#pragma once

#include <string>
#include <string_view>

#include "app/cli/console.h"
#include "app/cli/source.h"

namespace relata::cli {

inline constexpr std::string_view design_file_name = "design.yaml";

/// The design.yaml in the folder of a requirements text when there is one; else empty, and always
/// for standard input.
[[nodiscard]] std::string design_file_beside(const std::string& requirements);

/// When requirements were read and there is a design at `path`, merges what a person edited there
/// into the source's design, and shows what changed. A file that says the same already stays as it
/// is, comments and all. False after a message when the file is there but cannot be read.
[[nodiscard]] bool keep_edits(const std::string& path, Source& source, Console& console);

/// Writes the design, and beside it the JSON Schema that its first line points editors to. False
/// after a message when that fails.
[[nodiscard]] bool write_design(const std::string& path, const std::string& yaml, Console& console);

}  // namespace relata::cli
