#pragma once

#include <vector>

#include "base/span.h"
#include "read/english/interpret.h"

namespace relata::english {

/// Patterns that a text asks for in words (rules 43 to 49).
enum class NeedKind { audit, tenancy, soft_delete, version, authors, history, encryption };

struct Need {
  NeedKind kind = NeedKind::audit;
  Span span;  ///< The words that ask for it.
  const Sentence* sentence = nullptr;
  const ParsedLine* line = nullptr;
};

/// The needs in the order of the text. The lines must outlive the result.
[[nodiscard]] std::vector<Need> find_needs(const std::vector<ParsedLine>& lines);

}  // namespace relata::english
