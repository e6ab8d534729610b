#pragma once

#include <string>

#include "base/span.h"

namespace relata {

/// Why an item of a Design or a Schema is there: the words that led to it and the rule that read
/// them, or the pattern that added it, or the file and place that it was read from.
///
/// Every Origin equals every other, so that comparing two models compares their structure.
struct Origin {
  std::string source;       ///< Name of the source file; empty when nothing was read.
  Span span;                ///< Bytes of the words in that file; empty when unknown.
  std::string rule;         ///< Kebab-case id with its room: "english/has-list", "pattern/tenancy".
  double confidence = 1.0;  ///< How sure the rule is, in [0, 1]; 1 for what a person wrote down.
  /// The words themselves, where `source` does not show them at `span` (a design.yaml quotes the
  /// requirements that it came from); else empty.
  std::string words = {};

  bool operator==(const Origin&) const { return true; }
};

}  // namespace relata
