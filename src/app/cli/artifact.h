#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/dialect_choice.h"
#include "app/cli/native_schema.h"
#include "app/cli/source.h"
#include "base/diagnostic.h"
#include "dialect/dialect.h"
#include "emit/output.h"
#include "model/schema.h"

namespace relata::cli {

/// Something that `relata emit` prints and `relata build` writes to a file: the design itself, its
/// JSON Schema or a target of emit/. A new target needs no line here.
struct Artifact {
  std::string_view id;        ///< As on the command line: "postgres".
  std::string file;           ///< The main file in the output folder: "schema.postgres.sql".
  std::string_view summary;   ///< One line.
  std::string_view versions;  ///< Of the tool that it was tested with; may be empty.
};

/// All artifacts, in the order of their tables: the design first.
[[nodiscard]] const std::vector<Artifact>& artifacts();
[[nodiscard]] const Artifact* find_artifact(std::string_view id);

/// Writes artifacts of one source, `schema` being the source's.
class ArtifactWriter {
 public:
  /// `choice`: the dialect that code and DDL are written for; without one, the schema's own or
  /// PostgreSQL. What an artifact cannot hold goes to the sink.
  ArtifactWriter(const Source& source, const Schema& schema, const DialectChoice& choice,
                 DiagnosticSink& sink);

  /// The artifact's files, paths relative to the output folder.
  [[nodiscard]] std::vector<emit::OutputFile> write(const Artifact& artifact);
  /// The files of each artifact, in order, written on as many threads as there are processors; what
  /// goes to the sink is in the order of the artifacts, too.
  [[nodiscard]] std::vector<std::vector<emit::OutputFile>> write_all(
      const std::vector<const Artifact*>& chosen);

 private:
  [[nodiscard]] std::vector<emit::OutputFile> write(const Artifact& artifact,
                                                    DiagnosticSink& sink) const;
  /// Makes ready what the artifact needs.
  void prepare(const Artifact& artifact);

  const Source& source_;
  const Schema& schema_;
  DialectChoice choice_;
  DiagnosticSink& sink_;
  std::optional<NativeSchema> native_;  ///< Once a target asked for it.
};

}  // namespace relata::cli
