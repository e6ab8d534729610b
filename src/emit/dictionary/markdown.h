#pragma once

#include <string>
#include <string_view>

namespace relata::emit::markdown {

/// The words as they stand, on one line, whatever Markdown (CommonMark 0.31, with tables) would
/// make of them.
[[nodiscard]] std::string text(std::string_view words);
/// A code span, also inside a table; empty for nothing.
[[nodiscard]] std::string code(std::string_view words);
/// A fenced block that the text cannot close.
[[nodiscard]] std::string block(std::string_view language, std::string_view text);
/// The link that GitHub and GitLab give a heading of these words.
[[nodiscard]] std::string anchor(std::string_view heading);

}  // namespace relata::emit::markdown
