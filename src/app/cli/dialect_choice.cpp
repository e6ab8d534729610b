#include "app/cli/dialect_choice.h"

#include <charconv>
#include <string>
#include <system_error>

namespace relata::cli {

std::optional<DialectChoice> dialect_choice(const Invocation& invocation, Console& console) {
  if (!invocation.has("--dialect")) return DialectChoice{};
  const std::string text = invocation.value("--dialect");
  const std::size_t at = text.find('@');
  const std::string id = text.substr(0, at);
  DialectChoice choice{find_dialect(id), {}};
  if (choice.dialect == nullptr) {
    console.error("unknown dialect '" + id + "'", choice_help(id, Completes::dialect));
    return std::nullopt;
  }
  if (at == std::string::npos) return choice;
  const std::string version = text.substr(at + 1);
  const char* end = version.data() + version.size();
  const auto read = std::from_chars(version.data(), end, choice.options.server_version);
  if (read.ec != std::errc() || read.ptr != end || choice.options.server_version < 1) {
    console.error("'" + version + "' is not a version of " + id,
                  "give the major version as a number, such as postgres@18");
    return std::nullopt;
  }
  return choice;
}

}  // namespace relata::cli
