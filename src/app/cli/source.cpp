#include "app/cli/source.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <string_view>
#include <utility>

#include "app/cli/source_kind.h"
#include "base/file.h"
#include "base/source_lines.h"
#include "base/text.h"
#include "design/expand.h"
#include "design/lift.h"
#include "dialect/dialect.h"
#include "emit/design_yaml.h"
#include "live/live.h"
#include "migrate/state.h"
#include "read/dbml/dbml.h"
#include "read/english/english.h"
#include "read/prisma/prisma.h"
#include "read/sql/sql.h"
#include "read/yaml/yaml.h"

namespace relata::cli {
namespace {

void read_design_source(Source& source, bool& understood) {
  auto design = yaml::read_design(source.file(), source.sink);
  understood = design.has_value();
  if (design) source.design = std::move(*design);
  source.design_yaml = source.file().text;
}

void read_sql_source(Source& source, const SourceOptions& options) {
  if (!options.from.empty()) {
    source.schema =
        sql::read_sql(source.files, options.from, source.sink, options.written_in, options.reading);
    return;
  }
  const sql::DetectedDialect detected = sql::detect_dialect(source.files);
  source.schema = sql::read_sql(source.files, detected.dialect, source.sink, options.written_in,
                                options.reading);
  if (!source.sink.has_errors()) return;
  source.sink.note("dialect-detected",
                   "this was read as " + detected.dialect +
                       (detected.reason.empty() ? "" : " because of " + detected.reason),
                   {}, {}, "--from DIALECT says otherwise.");
}

void keep(std::optional<Schema> schema, Source& source, bool& understood) {
  understood = schema.has_value();
  if (schema) source.schema = std::move(*schema);
}

/// Fills in what the files of a source mean; whether they could be understood at all.
bool read_files(Source& source, const SourceOptions& options) {
  bool understood = true;
  switch (source.kind) {
    case SourceKind::requirements:
      source.design = english::read_requirements(source.file(), source.sink);
      break;
    case SourceKind::design:
      read_design_source(source, understood);
      break;
    case SourceKind::sql:
      read_sql_source(source, options);
      break;
    case SourceKind::prisma:
      keep(prisma::read_prisma(source.files, source.sink), source, understood);
      break;
    case SourceKind::dbml:
      keep(dbml::read_dbml(source.file(), source.sink), source, understood);
      break;
    case SourceKind::database:
      break;
  }
  return understood;
}

std::optional<Source> load_database(const std::string& url, const SourceOptions& options,
                                    Console& console) {
  Source source;
  source.kind = SourceKind::database;
  auto schema = live::introspect(url, source.sink, options.written_in);
  if (!schema) {
    console.error(schema.error().message, schema.error().help);
    return std::nullopt;
  }
  source.schema = std::move(*schema);
  migrate::forget_state(source.schema);
  if (!show(source.sink, source.files, console)) return std::nullopt;
  return source;
}

}  // namespace

std::optional<SourceOptions> source_options(const Invocation& invocation, Console& console) {
  SourceOptions options;
  options.bare = invocation.has("--bare");
  if (!invocation.has("--from")) return options;
  options.from = invocation.value("--from");
  if (find_dialect(options.from) != nullptr) return options;
  console.error("unknown dialect '" + options.from + "'",
                choice_help(options.from, Completes::dialect));
  return std::nullopt;
}

const SourceFile& Source::file() const {
  static const SourceFile none;
  return files.empty() ? none : files.front();
}

std::optional<Source> load_source(const std::string& path, const SourceOptions& options,
                                  Console& console) {
  if (live::is_database_url(path)) return load_database(path, options, console);
  auto found = find_files(path);
  if (!found) {
    console.error(found.error().message, found.error().help);
    return std::nullopt;
  }
  Source source;
  source.kind = found->kind;
  source.files = std::move(found->files);
  SourceOptions how = options;
  if (how.from.empty()) how.from = std::move(found->dialect);
  const bool understood = read_files(source, how);
  const bool fine = show(source.sink, source.files, console);
  if (!understood || !fine) return std::nullopt;
  if (source.kind == SourceKind::requirements) {
    source.base = design::Base(source.design);
    source.design_yaml = emit::design_yaml(source.design, &source.file(), source.base);
  }
  return source;
}

const Schema& schema_of(Source& source, const SourceOptions& options, DiagnosticSink& sink) {
  if (source.is_design()) {
    source.schema = design::expand(source.design, {.bare = options.bare}, sink);
  }
  return source.schema;
}

design::Design design_of(const Source& source, DiagnosticSink& sink) {
  if (source.is_design()) return source.design;
  design::Design design = design::lift(source.schema, sink);
  if (design.name.empty()) {
    design.name = snake_case(std::filesystem::path(source.file().name).stem().string());
  }
  return design;
}

std::string design_yaml_of(const Source& source, DiagnosticSink& sink) {
  if (source.is_design()) return source.design_yaml;
  return emit::design_yaml(design_of(source, sink), nullptr, design::Base());
}

bool show(const DiagnosticSink& sink, const std::vector<SourceFile>& files, Console& console) {
  std::map<std::string_view, SourceLines> lines;
  std::string messages;
  for (const Diagnostic& diagnostic : sink.all()) {
    auto known = lines.find(diagnostic.source);
    if (known == lines.end()) {
      const auto file = std::find_if(files.begin(), files.end(), [&](const SourceFile& f) {
        return f.name == diagnostic.source;
      });
      if (file != files.end()) known = lines.emplace(file->name, *file).first;
    }
    messages += render(diagnostic, known == lines.end() ? nullptr : &known->second,
                       console.colours_messages());
  }
  if (!messages.empty()) console.message(messages);
  return !sink.has_errors();
}

}  // namespace relata::cli
