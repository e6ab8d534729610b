#include "app/cli/explanation.h"
#include "design/pattern_rules.h"
#include "read/english/rules.h"

namespace relata::cli {
namespace {

constexpr std::string_view english_room = "english/";
constexpr std::string_view pattern_room = "pattern/";

const english::RuleDescription* english_rule(std::string_view id) {
  if (!id.starts_with(english_room)) return nullptr;
  return english::find_rule(id.substr(english_room.size()));
}

const design::PatternRule* pattern_rule(std::string_view id) {
  if (!id.starts_with(pattern_room)) return nullptr;
  return design::find_pattern_rule(id.substr(pattern_room.size()));
}

std::vector<std::string> make_rule_ids() {
  std::vector<std::string> ids;
  for (const auto& rule : english::rules())
    ids.push_back(std::string(english_room) + std::string(rule.id));
  for (const auto& rule : design::pattern_rules())
    ids.push_back(std::string(pattern_room) + std::string(rule.id));
  return ids;
}

}  // namespace

std::vector<std::string_view> rule_ids() {
  static const std::vector<std::string> ids = make_rule_ids();
  return {ids.begin(), ids.end()};
}

std::string rule_summary(std::string_view id) {
  if (const auto* rule = english_rule(id)) return std::string(rule->what);
  if (const auto* rule = pattern_rule(id)) return std::string(rule->what);
  return {};
}

std::string rule_text(std::string_view id) {
  const std::string summary = rule_summary(id);
  if (summary.empty()) return {};
  std::string out = std::string(id) + "\n  " + summary + "\n";
  if (const auto* rule = english_rule(id)) {
    out += "  How sure: " + percent(rule->confidence) + ".\n";
  } else if (const auto* pattern = pattern_rule(id)) {
    out += "  " + std::string(pattern->why) + "\n";
    out += "  In design.yaml: " + std::string(pattern->change) + "\n";
  }
  return out;
}

}  // namespace relata::cli
