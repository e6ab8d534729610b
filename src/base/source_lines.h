#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/span.h"

namespace relata {

/// A file with the places of its lines, for who asks for many positions. The file must outlive it.
class SourceLines {
 public:
  explicit SourceLines(const SourceFile& file);

  [[nodiscard]] const SourceFile& file() const { return file_; }
  /// Like position_of(file().text, offset).
  [[nodiscard]] Position position_of(std::size_t offset) const;

 private:
  const SourceFile& file_;
  std::vector<std::size_t> begins_;  ///< Of each line.
};

/// Renders a diagnostic for a terminal: `file:line:column: error: message [code]`, the source line
/// with a caret, then the help. `source` may be null when the text is not at hand.
[[nodiscard]] std::string render(const Diagnostic& diagnostic, const SourceLines* source,
                                 bool colour);

}  // namespace relata
