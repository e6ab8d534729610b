#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/span.h"

namespace relata::english {

/// A piece of text without markup that remembers where each byte stands in the source.
struct SourceText {
  std::string text;
  std::vector<std::uint32_t> offsets;  ///< For each byte of `text`, its offset in the source.

  void append(const char* data, std::size_t size, std::uint32_t offset);
  [[nodiscard]] SourceText part(std::size_t begin, std::size_t end) const;
  /// The source bytes of [begin, end) of this text.
  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const;
};

enum class LineKind { heading, bullet, prose, code, table_row };

/// One line that says something by itself: a heading, a list item, a paragraph (soft line breaks
/// joined where a sentence runs on), a line of code, a table row.
struct Line {
  LineKind kind = LineKind::prose;
  int level = 0;  ///< Headings: 1 to 6. Bullets: depth from 1. Else 0.
  SourceText content;
  std::size_t bold_prefix = 0;    ///< So many bytes at the start are bold ("**Users** can ...").
  std::vector<SourceText> cells;  ///< Table rows only.
  bool table_header = false;
  int block = 0;  ///< Lines of one paragraph or list item have the same number.
};

struct Document {
  std::vector<Line> lines;
};

/// Reads Markdown (plain text is Markdown too). Never fails.
[[nodiscard]] Document read_document(const std::string& source);

}  // namespace relata::english
