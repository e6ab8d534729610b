#include "app/cli/artifact.h"

#include <algorithm>
#include <utility>

#include "base/parallel.h"
#include "emit/code/names.h"
#include "emit/design_schema.h"
#include "emit/target.h"

namespace relata::cli {
namespace {

constexpr std::string_view design_id = "design";
constexpr std::string_view design_schema_id = "design-schema";

std::vector<Artifact> make_artifacts() {
  std::vector<Artifact> all;
  all.push_back({design_id, "design.yaml", "The design, to read and edit", ""});
  all.push_back(
      {design_schema_id, emit::design_schema_file, "JSON Schema of design.yaml, for editors", ""});
  for (const emit::Target& target : emit::targets()) {
    all.push_back({target.id, std::string(target.file), target.summary,
                   target.facts != nullptr ? target.facts->versions : std::string_view()});
  }
  return all;
}

/// What overrides in a design may be for.
std::vector<std::string_view> code_scopes() {
  std::vector<std::string_view> scopes{emit::typescript().id, emit::python().id, emit::prisma().id};
  for (const emit::Target& target : emit::targets()) scopes.push_back(target.id);
  return scopes;
}

}  // namespace

const std::vector<Artifact>& artifacts() {
  static const std::vector<Artifact> all = make_artifacts();
  return all;
}

const Artifact* find_artifact(std::string_view id) {
  const auto& all = artifacts();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Artifact& a) { return a.id == id; });
  return found == all.end() ? nullptr : &*found;
}

ArtifactWriter::ArtifactWriter(const Source& source, const Schema& schema,
                               const DialectChoice& choice, DiagnosticSink& sink)
    : source_(source), schema_(schema), choice_(choice), sink_(sink) {
  emit::check_overrides(schema, code_scopes(), sink);
}

void ArtifactWriter::prepare(const Artifact& artifact) {
  const emit::Target* target = emit::find_target(artifact.id);
  if (native_ || target == nullptr || target->write_files == nullptr) return;
  const Dialect& dialect = choice_.dialect ? *choice_.dialect : default_dialect(schema_);
  native_ = native_schema(schema_, dialect, choice_.options, sink_);
}

std::vector<emit::OutputFile> ArtifactWriter::write(const Artifact& artifact) {
  prepare(artifact);
  return write(artifact, sink_);
}

std::vector<emit::OutputFile> ArtifactWriter::write(const Artifact& artifact,
                                                    DiagnosticSink& sink) const {
  const auto only = [&](std::string text) {
    return std::vector<emit::OutputFile>{{artifact.file, std::move(text)}};
  };
  if (artifact.id == design_id) return only(design_yaml_of(source_, sink));
  if (artifact.id == design_schema_id) return only(emit::design_schema());
  // The target of a dialect's DDL has the dialect's id; the version asked for may be another's.
  if (const Dialect* dialect = find_dialect(artifact.id)) {
    const bool chosen = choice_.dialect == nullptr || choice_.dialect == dialect;
    return only(dialect->ddl(schema_, chosen ? choice_.options : DdlOptions{}, sink));
  }
  const emit::Target* target = emit::find_target(artifact.id);
  if (target->write != nullptr) return only(target->write(schema_, sink));
  const NativeSchema& in = *native_;
  return target->write_files({schema_, in.schema, *in.dialect, in.create, in.drop}, sink);
}

std::vector<std::vector<emit::OutputFile>> ArtifactWriter::write_all(
    const std::vector<const Artifact*>& chosen) {
  for (const Artifact* artifact : chosen) prepare(*artifact);
  std::vector<std::vector<emit::OutputFile>> files(chosen.size());
  std::vector<DiagnosticSink> sinks(chosen.size());
  for_each_index(chosen.size(), [&](std::size_t at) { files[at] = write(*chosen[at], sinks[at]); });
  for (const DiagnosticSink& sink : sinks) {
    for (const Diagnostic& diagnostic : sink.all()) sink_.add(diagnostic);
  }
  return files;
}

}  // namespace relata::cli
