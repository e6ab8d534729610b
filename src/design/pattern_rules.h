#pragma once

#include <string_view>
#include <vector>

namespace relata::design {

/// A pattern that expand() applies, for people (`relata explain pattern/tenancy`).
struct PatternRule {
  std::string_view id;      ///< Without the room: "tenancy".
  std::string_view what;    ///< One sentence.
  std::string_view why;     ///< One or two sentences.
  std::string_view change;  ///< Where design.yaml switches it.
};

/// All patterns, in the order of pattern_rules.def.
[[nodiscard]] const std::vector<PatternRule>& pattern_rules();
/// The pattern with that id; null for an unknown one.
[[nodiscard]] const PatternRule* find_pattern_rule(std::string_view id);

}  // namespace relata::design
