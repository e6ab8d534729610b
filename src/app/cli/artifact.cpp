#include "app/cli/artifact.h"

#include <algorithm>

#include "emit/design_schema.h"
#include "emit/target.h"

namespace relata::cli {
namespace {

constexpr std::string_view design_id = "design";
constexpr std::string_view design_schema_id = "design-schema";

std::vector<Artifact> make_artifacts() {
  std::vector<Artifact> all;
  all.push_back({design_id, "design.yaml", "The design, to read and edit"});
  all.push_back(
      {design_schema_id, emit::design_schema_file, "JSON Schema of design.yaml, for editors"});
  for (const emit::Target& target : emit::targets()) {
    all.push_back({target.id, std::string(target.file), target.summary});
  }
  return all;
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

std::string write_artifact(const Artifact& artifact, const Source& source, const Schema& schema,
                           const DdlOptions& options, DiagnosticSink& sink) {
  if (artifact.id == design_id) return design_yaml_of(source, sink);
  if (artifact.id == design_schema_id) return emit::design_schema();
  // The target of a dialect's DDL has the dialect's id and takes no options.
  if (const Dialect* dialect = find_dialect(artifact.id))
    return dialect->ddl(schema, options, sink);
  return emit::find_target(artifact.id)->write(schema, sink);
}

}  // namespace relata::cli
