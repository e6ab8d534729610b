#pragma once

#include <string>
#include <vector>

#include "app/cli/source.h"
#include "base/result.h"
#include "base/span.h"

namespace relata::cli {

/// The files behind a SOURCE that is no URL, and what kind they are of.
struct FoundFiles {
  SourceKind kind = SourceKind::requirements;
  std::vector<SourceFile> files;
  std::string dialect = {};  ///< Of a folder of migrations that says it; else empty.
};

/// Reads the file, the folder or standard input (`-`). Fails when it cannot be read, or is of a
/// kind that Relata does not read.
[[nodiscard]] Result<FoundFiles> find_files(const std::string& path);

}  // namespace relata::cli
