#include "app/cli/source.h"

#include <array>
#include <filesystem>
#include <string_view>
#include <utility>

#include "base/file.h"
#include "base/text.h"
#include "design/keys.h"
#include "emit/design_yaml.h"
#include "read/english/english.h"
#include "read/yaml/yaml.h"

namespace relata::cli {
namespace {

/// Kinds of source that are known but not read: beginning or ending of the name, and what it is.
struct Unreadable {
  std::string_view prefix;
  std::string_view suffix;
  std::string_view what;
};

constexpr std::array unreadable{
    Unreadable{"postgres://", "", "a database URL"},
    Unreadable{"postgresql://", "", "a database URL"},
    Unreadable{"mysql://", "", "a database URL"},
    Unreadable{"mariadb://", "", "a database URL"},
    Unreadable{"sqlite:", "", "a database URL"},
    Unreadable{"", ".sql", "an SQL file"},
    Unreadable{"", ".prisma", "a Prisma schema"},
    Unreadable{"", ".dbml", "a DBML schema"},
    Unreadable{"", ".docx", "a word processor's document"},
    Unreadable{"", ".odt", "a word processor's document"},
    Unreadable{"", ".pdf", "a PDF document"},
};

constexpr std::string_view readable_kinds =
    "give a requirements text (.md, .txt) or a design (.yaml, .yml)";

const Unreadable* find_unreadable(std::string_view path) {
  for (const Unreadable& kind : unreadable) {
    if (path.starts_with(kind.prefix) && path.ends_with(kind.suffix)) return &kind;
  }
  return nullptr;
}

/// A design begins with a mapping of one of its top-level keys; prose does not.
bool looks_like_design(std::string_view text) {
  for (std::string_view line : split(text, '\n')) {
    if (trim(line).empty() || line.starts_with('#') || line.starts_with("---") ||
        line.starts_with('%'))
      continue;
    const std::string_view key = line.substr(0, line.find(':'));
    return key.size() < line.size() && design::find_key(design::Section::design, key) != nullptr;
  }
  return false;
}

SourceKind kind_of(const std::string& path, const SourceFile& file) {
  const std::string extension = to_lower(std::filesystem::path(path).extension().string());
  if (extension == ".yaml" || extension == ".yml") return SourceKind::design;
  if (path == "-" && looks_like_design(file.text)) return SourceKind::design;
  return SourceKind::requirements;
}

}  // namespace

std::optional<Source> load_source(const std::string& path, Console& console) {
  if (const Unreadable* kind = find_unreadable(to_lower(path))) {
    console.error("'" + path + "' is " + std::string(kind->what) + ", which cannot be read",
                  readable_kinds);
    return std::nullopt;
  }
  auto file = path == "-" ? read_standard_input() : read_source(path);
  if (!file) {
    console.error(file.error().message, file.error().help);
    return std::nullopt;
  }
  Source source;
  source.kind = kind_of(path, *file);
  source.file = std::move(*file);
  bool understood = true;
  if (source.kind == SourceKind::design) {
    auto design = yaml::read_design(source.file, source.sink);
    understood = design.has_value();
    if (design) source.design = std::move(*design);
    source.design_yaml = source.file.text;
  } else {
    source.design = english::read_requirements(source.file, source.sink);
  }
  const bool fine = show(source.sink, source.file, console);
  if (!understood || !fine) return std::nullopt;
  if (source.kind == SourceKind::requirements) {
    source.base = design::Base(source.design);
    source.design_yaml = emit::design_yaml(source.design, &source.file, source.base);
  }
  return source;
}

bool show(const DiagnosticSink& sink, const SourceFile& file, Console& console) {
  for (const Diagnostic& diagnostic : sink.all()) console.diagnostic(diagnostic, &file);
  return !sink.has_errors();
}

}  // namespace relata::cli
