#include "read/sql/flyway.h"

#include <algorithm>

#include "base/text.h"
#include "read/sql/migration_layout.h"

namespace relata::sql {
namespace {

struct Step {
  FlywayName name;
  std::string path;
};

/// "1.10" after "1.9", "1.0" like "1".
bool earlier(std::string_view a, std::string_view b) {
  const auto without_zeros = [](std::string_view version) {
    while (version.ends_with(".0")) version.remove_suffix(2);
    return version;
  };
  const std::vector<std::string_view> left = split(without_zeros(a), '.');
  const std::vector<std::string_view> right = split(without_zeros(b), '.');
  return std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end(),
                                      natural_less);
}

}  // namespace

std::optional<FlywayName> flyway_version(std::string_view file_name) {
  if (file_name.size() < 4 || !to_lower(file_name).ends_with(".sql")) return {};
  const char kind = file_name.front();
  if (kind != 'V' && kind != 'U' && kind != 'B' && kind != 'R') return {};
  const std::size_t separator = file_name.find("__");
  if (separator == std::string_view::npos) return {};
  const std::string version = replace_all(file_name.substr(1, separator - 1), "_", ".");
  const bool numbers = !version.empty() && is_ascii_digit(version.front()) &&
                       version.find_first_not_of("0123456789.") == std::string::npos;
  if (kind == 'R' ? !version.empty() : !numbers) return {};
  return FlywayName{kind, version,
                    std::string(file_name.substr(separator + 2, file_name.size() - separator - 6))};
}

std::vector<std::string> flyway_order(const std::vector<std::string>& paths) {
  std::vector<Step> steps;
  std::vector<Step> repeatable;
  std::optional<std::string> baseline;
  for (const std::string& path : paths) {
    auto name = flyway_version(std::string_view(path).substr(path.rfind('/') + 1));
    if (!name || name->kind == 'U') continue;
    if (name->kind == 'B' && (!baseline || earlier(*baseline, name->version))) {
      baseline = name->version;
    }
    (name->kind == 'R' ? repeatable : steps).push_back({std::move(*name), path});
  }
  std::erase_if(steps, [&](const Step& step) {
    if (!baseline) return false;
    if (step.name.kind == 'B') return earlier(step.name.version, *baseline);
    return !earlier(*baseline, step.name.version);
  });
  std::sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) {
    if (earlier(a.name.version, b.name.version)) return true;
    if (earlier(b.name.version, a.name.version)) return false;
    return a.path < b.path;
  });
  std::sort(repeatable.begin(), repeatable.end(), [](const Step& a, const Step& b) {
    return a.name.description != b.name.description ? a.name.description < b.name.description
                                                    : a.path < b.path;
  });
  std::vector<std::string> result;
  for (Step& step : steps) result.push_back(std::move(step.path));
  for (Step& step : repeatable) result.push_back(std::move(step.path));
  return result;
}

}  // namespace relata::sql
