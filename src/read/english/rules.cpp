#include "read/english/rules.h"

#include <algorithm>

namespace relata::english {

const std::vector<RuleDescription>& rules() {
  static const std::vector<RuleDescription> table = {
#define RULE(id, weight, confidence, what) {id, weight, confidence, what},
#include "read/english/rules.def"
#undef RULE
  };
  return table;
}

const RuleDescription* find_rule(std::string_view id) {
  const auto it = std::find_if(rules().begin(), rules().end(),
                               [&](const RuleDescription& rule) { return rule.id == id; });
  return it == rules().end() ? nullptr : &*it;
}

}  // namespace relata::english
