#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/origin.h"
#include "base/span.h"

namespace relata::emit {

/// Lines and columns of many places in one text, without counting from its beginning each time.
class Places {
 public:
  explicit Places(const SourceFile& source);

  /// Where the origin's words stand in the text, when it is the text that the origin names.
  [[nodiscard]] std::optional<Position> of(const Origin& origin) const;
  [[nodiscard]] Position at(std::size_t offset) const;
  /// The words behind an item, on one line; empty when nothing is known.
  [[nodiscard]] std::string words(const Origin& origin) const;

 private:
  const SourceFile& source_;
  std::vector<std::size_t> line_starts_;
};

}  // namespace relata::emit
