#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/file.h"
#include "read/sql/migration_layout.h"
#include "read/sql/sql.h"

namespace relata::sql {
namespace {

namespace fs = std::filesystem;

/// More files than any project has; a folder such as / is a slip.
constexpr std::size_t most_files = 100'000;

/// Folders that hold other things than the project's own.
bool is_foreign(const fs::path& folder) {
  const std::string name = folder.filename().string();
  return name.starts_with('.') || name == "node_modules" || name == "vendor" || name == "target";
}

Result<std::vector<std::string>> list(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied,
                                         error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    if (entry->is_directory(ignored)) {
      if (is_foreign(entry->path())) entry.disable_recursion_pending();
    } else {
      paths.push_back(entry->path().lexically_relative(folder).generic_string());
    }
    if (paths.size() > most_files) {
      return tl::unexpected(
          Failure{"'" + folder + "' holds more than " + std::to_string(most_files) + " files",
                  "Give the folder of the migrations itself."});
    }
  }
  if (error) {
    return tl::unexpected(
        Failure{"cannot read the folder '" + folder + "': " + error.message(), {}});
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string path_in(const std::string& folder, const std::string& path) {
  return folder == "/" ? folder + path : folder + "/" + path;
}

}  // namespace

Result<FolderListing> list_folder(const std::string& folder) {
  FolderListing listing;
  listing.name = folder;
  while (listing.name.size() > 1 && listing.name.ends_with('/')) listing.name.pop_back();
  auto paths = list(listing.name);
  if (!paths) return tl::unexpected(paths.error());
  listing.paths = std::move(*paths);
  listing.text = [name = listing.name](const std::string& path) -> Result<std::string> {
    auto file = read_source(path_in(name, path));
    if (!file) return tl::unexpected(file.error());
    return std::move(file->text);
  };
  return listing;
}

Result<MigrationFolder> read_folder(const std::string& folder) {
  const auto listing = list_folder(folder);
  if (!listing) return tl::unexpected(listing.error());
  auto layout = migration_layout(*listing);
  if (!layout) return tl::unexpected(layout.error());
  MigrationFolder result;
  result.layout = std::move(layout->layout);
  result.dialect = std::move(layout->dialect);
  for (const std::string& path : layout->paths) {
    auto file = read_source(path_in(listing->name, path), maximum_sql_bytes);
    if (!file) return tl::unexpected(file.error());
    result.files.push_back(std::move(*file));
  }
  return result;
}

}  // namespace relata::sql
