#include "app/cli/unified_diff.h"

#include <dtl/dtl.hpp>
#include <sstream>
#include <vector>

#include "base/text.h"

namespace relata::cli {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  if (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  if (text.empty()) return lines;
  for (const std::string_view line : split(text, '\n')) lines.emplace_back(line);
  return lines;
}

std::string shown(std::string_view path) { return path.empty() ? "/dev/null" : std::string(path); }

}  // namespace

std::string unified_diff(std::string_view from, std::string_view to, std::string_view from_path,
                         std::string_view to_path) {
  if (from == to) return {};
  dtl::Diff<std::string> diff(lines_of(from), lines_of(to));
  diff.onHuge();
  diff.compose();
  diff.composeUnifiedHunks();
  std::ostringstream out;
  diff.printUnifiedFormat(out);
  std::string hunks = out.str();
  // The library counts from line 1 where there is no line at all; patch(1) wants 0.
  if (from.empty()) hunks = replace_all(hunks, "@@ -1,0 ", "@@ -0,0 ");
  if (to.empty()) hunks = replace_all(hunks, " +1,0 @@", " +0,0 @@");
  return "--- " + shown(from_path) + "\n+++ " + shown(to_path) + "\n" + hunks;
}

}  // namespace relata::cli
