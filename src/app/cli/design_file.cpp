#include "app/cli/design_file.h"

#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "base/file.h"
#include "design/merge.h"
#include "emit/design_schema.h"
#include "emit/design_yaml.h"
#include "read/yaml/yaml.h"

namespace relata::cli {

namespace {

void show_changes(const std::string& path, const std::vector<design::Change>& changes,
                  Console& console) {
  if (changes.empty()) return;
  std::string text = "Since " + path + " was written:\n";
  for (const design::Change& change : changes) text += "  " + design::describe(change) + "\n";
  console.message(text + "\n");
}

}  // namespace

std::string design_file_beside(const std::string& requirements) {
  if (requirements == "-") return {};
  const auto path = std::filesystem::path(requirements).parent_path() / design_file_name;
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored) ? path.string() : std::string();
}

bool keep_edits(const std::string& path, Source& source, Console& console) {
  std::error_code ignored;
  if (source.kind != SourceKind::requirements || !std::filesystem::exists(path, ignored))
    return true;
  const auto file = read_source(path);
  if (!file) {
    console.error(file.error().message, file.error().help);
    return false;
  }
  DiagnosticSink sink;
  const auto edited = yaml::read_design(*file, sink);
  if (!show(sink, {*file}, console) || !edited) return false;
  const design::Base base = design::Base::in(file->text);
  design::Merged merged = design::merge(base, *edited, source.design);
  show_changes(path, merged.changes, console);
  source.design = std::move(merged.design);
  const bool same = source.design == *edited && base.comment() == source.base.comment();
  source.design_yaml =
      same ? file->text : emit::design_yaml(source.design, &source.file(), source.base);
  return true;
}

bool write_design(const std::string& path, const std::string& yaml, Console& console) {
  const std::filesystem::path file(path);
  const auto written = write_files(
      file.parent_path().string(),
      {{file.filename().string(), yaml}, {emit::design_schema_file, emit::design_schema()}});
  if (!written) console.error(written.error().message, written.error().help);
  return written.has_value();
}

}  // namespace relata::cli
