#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/origin.h"
#include "base/span.h"

namespace relata::design {

/// The words that led to an item: those that the origin quotes, or else what `source` shows at the
/// origin's span when it is the file that the origin names. On one line, at most 60 code points.
/// Empty when nothing is known; `source` may be null.
[[nodiscard]] std::string words_behind(const Origin& origin, const SourceFile* source);

/// `"due dates" english/list-value 0.9`: the words, the rule and its confidence (left out when it
/// is 1); empty when the origin names no rule.
[[nodiscard]] std::string origin_comment(const Origin& origin, std::string_view words);

/// Reads what origin_comment() wrote, without the '#': words, rule and confidence are set, source
/// and span are not. Nothing when the text is any other comment.
[[nodiscard]] std::optional<Origin> parse_origin_comment(std::string_view text);

}  // namespace relata::design
