#include "read/english/rules.h"

#include <unordered_map>

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
  static const auto by_id = [] {
    std::unordered_map<std::string_view, const RuleDescription*> map;
    for (const RuleDescription& rule : rules()) map.emplace(rule.id, &rule);
    return map;
  }();
  const auto it = by_id.find(id);
  return it == by_id.end() ? nullptr : it->second;
}

}  // namespace relata::english
