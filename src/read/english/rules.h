#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace relata::english {

/// A rule of the reader, for people (`relata explain english/has-list`).
struct RuleDescription {
  std::string_view id;    ///< Without the room: "has-list".
  double weight;          ///< How much it speaks for an entity; 0 for rules about other things.
  double confidence;      ///< How sure its decision is, in [0, 1].
  std::string_view what;  ///< One sentence.
};

/// All rules, in the order of rules.def.
[[nodiscard]] const std::vector<RuleDescription>& rules();

/// The description of a rule; null for an unknown id.
[[nodiscard]] const RuleDescription* find_rule(std::string_view id);

}  // namespace relata::english
