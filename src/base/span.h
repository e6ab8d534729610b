#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace relata {

/// A half-open range of bytes [begin, end) in one source text.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] bool empty() const { return begin == end; }
  [[nodiscard]] std::uint32_t size() const { return end - begin; }
  auto operator<=>(const Span&) const = default;
};

/// A text that Relata reads, with the name that messages give it. The text is valid UTF-8; its size
/// is at most `maximum_sql_bytes` (base/file.h).
struct SourceFile {
  std::string name;
  std::string text;
};

}  // namespace relata
