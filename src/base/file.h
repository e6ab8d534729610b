#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/span.h"

namespace relata {

/// Requirements and design files larger than this are refused: nobody wrote them by hand.
inline constexpr std::size_t maximum_source_bytes = std::size_t{16} << 20;
/// SQL files may bring rows as well, but not a whole database of them.
inline constexpr std::size_t maximum_sql_bytes = std::size_t{64} << 20;

/// What to say of a text that is larger than `limit` bytes; `name` is quoted where it is a path.
[[nodiscard]] Failure too_large(const std::string& name, std::size_t limit);

/// Reads a text. Fails with a message when the path is missing, a folder, unreadable, larger than
/// `limit` bytes, binary (holds a NUL byte) or not UTF-8; a byte-order mark is dropped.
[[nodiscard]] Result<SourceFile> read_source(const std::string& path,
                                             std::size_t limit = maximum_source_bytes);

/// The same for standard input, to its end; messages name it "standard input".
[[nodiscard]] Result<SourceFile> read_standard_input(std::size_t limit = maximum_source_bytes);

/// A file to be written: path, and the text, which must outlive it.
struct FileText {
  std::string path;
  std::string_view content;
};

/// Writes a set of files (paths relative to `folder`) so that either all of them are in place or,
/// on the first failure, none was changed: every file is written beside its target before the first
/// rename. Folders are made as needed.
[[nodiscard]] Result<void> write_files(const std::string& folder,
                                       const std::vector<FileText>& files);

}  // namespace relata
