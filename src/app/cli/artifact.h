#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/cli/source.h"
#include "base/diagnostic.h"
#include "dialect/dialect.h"
#include "model/schema.h"

namespace relata::cli {

/// Something that `relata emit` prints and `relata build` writes to a file: the design itself, its
/// JSON Schema or a target of emit/. A new target needs no line here.
struct Artifact {
  std::string_view id;       ///< As on the command line: "postgres".
  std::string file;          ///< Name in the output folder: "schema.postgres.sql".
  std::string_view summary;  ///< One line.
};

/// All artifacts, in the order of their tables: the design first.
[[nodiscard]] const std::vector<Artifact>& artifacts();
[[nodiscard]] const Artifact* find_artifact(std::string_view id);

/// The text of an artifact of a source, `schema` being the source's; what it cannot hold goes to
/// the sink. The options are for DDL only.
[[nodiscard]] std::string write_artifact(const Artifact& artifact, const Source& source,
                                         const Schema& schema, const DdlOptions& options,
                                         DiagnosticSink& sink);

}  // namespace relata::cli
