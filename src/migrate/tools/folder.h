#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "read/sql/migration_layout.h"

namespace relata::migrate {

/// Whether the folder holds a file of that path.
[[nodiscard]] bool holds(const sql::FolderListing& folder, std::string_view path);

/// The folder below `folder`, with its slash, in which a file stands that ends in `marker`
/// ("meta/_journal.json"); empty: `folder` itself, or there is no such file. People also name the
/// folder of the project.
[[nodiscard]] std::string folder_of_marker(const sql::FolderListing& folder,
                                           std::string_view marker);

/// The digits that a name begins with as a number, where there are `count` of them and no more.
[[nodiscard]] std::optional<std::uint64_t> leading_number(std::string_view name, std::size_t count);

/// A moment as its 14 digits, YYYYMMDDHHMMSS, one second later. What is no moment counts up.
[[nodiscard]] std::string next_moment(std::string_view digits);

/// The moment after the newest folder called YYYYMMDDHHMMSS_name that stands in `parent`; the first
/// one where there is none.
[[nodiscard]] std::string next_folder_moment(const sql::FolderListing& folder,
                                             std::string_view parent);

/// `number` with zeros in front, in at least `width` digits.
[[nodiscard]] std::string padded(std::uint64_t number, std::size_t width);

}  // namespace relata::migrate
