#include "emit/places.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "design/origin_comment.h"

namespace relata::emit {

Places::Places(const SourceFile& source) : source_(source), line_starts_{0} {
  for (std::size_t i = 0; i < source.text.size(); ++i) {
    if (source.text[i] == '\n') line_starts_.push_back(i + 1);
  }
}

Position Places::at(std::size_t offset) const {
  offset = std::min(offset, source_.text.size());
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const auto line = static_cast<std::size_t>(after - line_starts_.begin());
  const std::size_t start = line_starts_[line - 1];
  const std::string_view before = std::string_view(source_.text).substr(start, offset - start);
  return {line, code_points(before) + 1};
}

std::optional<Position> Places::of(const Origin& origin) const {
  const bool here = !origin.source.empty() && origin.source == source_.name &&
                    origin.span.end <= source_.text.size() && origin.span.end != 0;
  if (!here) return std::nullopt;
  return at(origin.span.begin);
}

std::string Places::words(const Origin& origin) const {
  return design::words_behind(origin, &source_);
}

}  // namespace relata::emit
