#include "app/cli/report.h"

#include <vector>

#include "base/text.h"
#include "emit/report.h"

namespace relata::cli {

std::string short_report(const design::Design& design, bool colour) {
  const std::string headline = emit::design_headline(design);
  std::vector<std::string> names;
  for (const design::Entity& entity : design.entities) names.push_back(entity.name);
  std::string out = (colour ? "\x1b[1m" + headline + "\x1b[0m" : headline) + "\n";
  out += "  " + join(names, ", ") + "\n";
  return out + "  " + join(emit::pattern_phrases(design), "; ") + "\n";
}

}  // namespace relata::cli
