#include "design/pattern_rules.h"

#include <algorithm>

namespace relata::design {

const std::vector<PatternRule>& pattern_rules() {
  static const std::vector<PatternRule> all{
#define RELATA_PATTERN_RULE(id, what, why, change) {id, what, why, change},
#include "design/pattern_rules.def"
#undef RELATA_PATTERN_RULE
  };
  return all;
}

const PatternRule* find_pattern_rule(std::string_view id) {
  const auto& all = pattern_rules();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const PatternRule& rule) { return rule.id == id; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace relata::design
