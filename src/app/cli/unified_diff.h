#pragma once

#include <string>
#include <string_view>

namespace relata::cli {

/// What leads from one text to the other, line by line, in the unified format of diff(1) with three
/// lines around each change; empty when they are the same. An empty path stands for no file.
[[nodiscard]] std::string unified_diff(std::string_view from, std::string_view to,
                                       std::string_view from_path, std::string_view to_path);

}  // namespace relata::cli
