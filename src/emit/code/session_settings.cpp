#include "emit/code/session_settings.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"

namespace relata::emit {

std::vector<std::string> restored_settings(const Dialect& dialect,
                                           const std::vector<std::string>& statements) {
  constexpr std::size_t longest_name = 80;
  std::vector<std::string> restoring;
  for (const std::string& statement : statements) {
    std::string lower = to_lower(std::string_view(statement).substr(0, longest_name));
    if (!lower.starts_with("set ") || lower.starts_with("set local") ||
        lower.starts_with("set @")) {
      continue;
    }
    if (lower.starts_with("set session ")) lower.erase(4, 8);
    const std::string name = lower.substr(4, lower.find_first_of(" =", 4) - 4);
    std::string restored = dialect.id() == "postgres" ? "RESET " + name
                           : name == "names"          ? "SET NAMES utf8mb4"
                                                      : "SET " + name + " = DEFAULT";
    if (std::find(restoring.begin(), restoring.end(), restored) == restoring.end()) {
      restoring.push_back(std::move(restored));
    }
  }
  return restoring;
}

}  // namespace relata::emit
