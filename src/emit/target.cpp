#include "emit/target.h"

#include <algorithm>

namespace relata::emit {

#define RELATA_TARGET(id, file, summary, function) \
  std::string function(const Schema& schema, DiagnosticSink& sink);
#define RELATA_CODE_TARGET(id, file, summary, function) \
  std::vector<OutputFile> function(const TargetInput& input, DiagnosticSink& sink);
#define RELATA_TARGET_FACTS(id, function) const TargetFacts& function();
#include "emit/targets.def"
#undef RELATA_TARGET
#undef RELATA_CODE_TARGET
#undef RELATA_TARGET_FACTS

namespace {

std::vector<Target> make_targets() {
  std::vector<Target> all{
#define RELATA_TARGET(id, file, summary, function) \
  Target{id, file, summary, function, nullptr, nullptr},
#define RELATA_CODE_TARGET(id, file, summary, function) \
  Target{id, file, summary, nullptr, function, nullptr},
#define RELATA_TARGET_FACTS(id, function)
#include "emit/targets.def"
#undef RELATA_TARGET
#undef RELATA_CODE_TARGET
#undef RELATA_TARGET_FACTS
  };
  const auto set_facts = [&](std::string_view id, const TargetFacts& facts) {
    for (Target& target : all) {
      if (target.id == id) target.facts = &facts;
    }
  };
#define RELATA_TARGET(id, file, summary, function)
#define RELATA_CODE_TARGET(id, file, summary, function)
#define RELATA_TARGET_FACTS(id, function) set_facts(id, function());
#include "emit/targets.def"
#undef RELATA_TARGET
#undef RELATA_CODE_TARGET
#undef RELATA_TARGET_FACTS
  return all;
}

}  // namespace

const std::vector<Target>& targets() {
  static const std::vector<Target> all = make_targets();
  return all;
}

const Target* find_target(std::string_view id) {
  const auto found = std::find_if(targets().begin(), targets().end(),
                                  [&](const Target& target) { return target.id == id; });
  return found == targets().end() ? nullptr : &*found;
}

}  // namespace relata::emit
