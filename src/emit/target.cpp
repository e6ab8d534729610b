#include "emit/target.h"

#include <algorithm>

namespace relata::emit {

#define RELATA_TARGET(id, file, summary, function) \
  std::string function(const Schema& schema, DiagnosticSink& sink);
#define RELATA_CODE_TARGET(id, file, summary, function) \
  std::vector<OutputFile> function(const TargetInput& input, DiagnosticSink& sink);
#include "emit/targets.def"
#undef RELATA_TARGET
#undef RELATA_CODE_TARGET

const std::vector<Target>& targets() {
  static const std::vector<Target> all{
#define RELATA_TARGET(id, file, summary, function) Target{id, file, summary, function, nullptr},
#define RELATA_CODE_TARGET(id, file, summary, function) \
  Target{id, file, summary, nullptr, function},
#include "emit/targets.def"
#undef RELATA_TARGET
#undef RELATA_CODE_TARGET
  };
  return all;
}

const Target* find_target(std::string_view id) {
  const auto found = std::find_if(targets().begin(), targets().end(),
                                  [&](const Target& target) { return target.id == id; });
  return found == targets().end() ? nullptr : &*found;
}

}  // namespace relata::emit
