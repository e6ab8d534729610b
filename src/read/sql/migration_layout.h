#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace relata::sql {

/// The files that a tool runs, in its order, and what it is called (see MigrationFolder::layout).
struct MigrationLayout {
  std::string layout;
  std::vector<std::string> paths;  ///< Relative to the folder.
  std::string dialect = {};        ///< As the tool's own records name it; empty: they do not.
};

/// What a folder holds, as far as migrations go.
struct FolderListing {
  std::string name;                ///< As messages show it.
  std::vector<std::string> paths;  ///< Of all files, relative, with '/'.
  /// The text of one of them.
  std::function<Result<std::string>(const std::string& path)> text;
};

/// The files below a folder, without those of hidden folders and of other people's (node_modules).
/// Fails when it cannot be read, or holds more files than a project has.
[[nodiscard]] Result<FolderListing> list_folder(const std::string& folder);

/// Tells the layout of a folder by the names in it. Fails when there is no SQL, or when the folder
/// holds migrations of several databases.
[[nodiscard]] Result<MigrationLayout> migration_layout(const FolderListing& listing);

/// Whether a name stands before another when runs of digits count as numbers: "2_b" before "10_a".
[[nodiscard]] bool natural_less(std::string_view a, std::string_view b);

}  // namespace relata::sql
