#include "app/cli/design_file.h"

#include <filesystem>
#include <system_error>

#include "base/file.h"
#include "read/yaml/yaml.h"

namespace relata::cli {

std::string design_file_beside(const std::string& requirements) {
  if (requirements == "-") return {};
  const auto path = std::filesystem::path(requirements).parent_path() / design_file_name;
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored) ? path.string() : std::string();
}

bool keep_edits(const std::string& path, design::Design& design, Console& console) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return true;
  const auto file = read_source(path);
  if (!file) {
    console.error(file.error().message, file.error().help);
    return false;
  }
  DiagnosticSink sink;
  auto edited = yaml::read_design(*file, sink);
  for (const Diagnostic& diagnostic : sink.all()) console.diagnostic(diagnostic, &*file);
  if (!edited || sink.has_errors()) return false;
  design = std::move(*edited);
  return true;
}

}  // namespace relata::cli
