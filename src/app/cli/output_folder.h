#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "emit/output.h"

namespace relata::cli {

/// How a file that is to be written stands to the one on disk.
enum class FileState {
  missing,
  same,
  stale,   ///< As Relata wrote it, and now it would be another.
  edited,  ///< Somebody changed it, or it was never written by Relata.
  kept,    ///< A beginning that is the user's since it was written (OutputFile::once).
};

/// A file to be written, and the target that it belongs to.
struct TargetFile {
  std::string target;
  emit::OutputFile file;
  bool stands = false;  ///< It is in the folder as it is.
};

/// The folder that `relata build` writes to. Beside the files it holds relata.lock: a hash of each
/// file as it was written, by which an edited one is told.
class OutputFolder {
 public:
  /// Reads relata.lock where there is one. Fails when it cannot be read.
  [[nodiscard]] static Result<OutputFolder> open(const std::string& folder);

  /// Fails when the file is there but cannot be read.
  [[nodiscard]] Result<FileState> state_of(const emit::OutputFile& file) const;
  /// What stands on disk under that path; empty when nothing does.
  [[nodiscard]] Result<std::string> read(const std::string& path) const;
  /// Files that one of these targets wrote before and that are not among `files` any more, in
  /// order; those that were edited are left out.
  [[nodiscard]] std::vector<std::string> left_over(const std::vector<std::string>& targets,
                                                   const std::vector<TargetFile>& files) const;
  /// Writes all files and relata.lock, or changes nothing; then removes the files left over. What
  /// stands already is not touched.
  [[nodiscard]] Result<void> write(const std::vector<TargetFile>& files,
                                   const std::vector<std::string>& left_over);

 private:
  struct Written {
    std::string hash;
    std::string target;
  };

  std::string folder_;
  std::map<std::string, Written> written_;  ///< By path.
};

}  // namespace relata::cli
