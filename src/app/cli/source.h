#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/cli/console.h"
#include "app/cli/invocation.h"
#include "base/diagnostic.h"
#include "base/span.h"
#include "design/design.h"
#include "design/merge.h"
#include "model/schema.h"
#include "read/sql/sql.h"

namespace relata::cli {

enum class SourceKind { requirements, design, sql, prisma, dbml, database };

/// How a SOURCE is to be read.
struct SourceOptions {
  std::string from;  ///< Id of the dialect of SQL text; empty: it is detected.
  /// Id of the one dialect that the source is written in, and nothing else done with it; else
  /// empty.
  std::string written_in = {};
  /// How SQL that asks its session is read.
  sql::Reading reading = sql::Reading::portable;
  bool bare = false;  ///< Leave out the standard conventions when a design is expanded.
};

/// What --from and --bare say; nothing after a message about an unknown dialect.
[[nodiscard]] std::optional<SourceOptions> source_options(const Invocation& invocation,
                                                          Console& console);

/// A SOURCE that was read.
struct Source {
  SourceKind kind = SourceKind::requirements;
  std::vector<SourceFile> files;  ///< What was read, in order; a database has none.
  design::Design design;          ///< Of requirements and designs.
  design::Base base;              ///< What the requirements gave, to tell edits from it later.
  std::string design_yaml;        ///< The design as it is to be written.
  Schema schema;                  ///< In its own dialect; of a design once schema_of() was asked.
  DiagnosticSink sink;            ///< What the reader said; already shown.

  /// Whether it says what a person means (requirements, a design) rather than what a database
  /// holds.
  [[nodiscard]] bool is_design() const {
    return kind == SourceKind::requirements || kind == SourceKind::design;
  }
  /// The file that messages without another name are about.
  [[nodiscard]] const SourceFile& file() const;
};

/// Reads any SOURCE: a URL is a database; a folder holds migrations or Prisma schemas; a file's
/// kind is told by its name, standard input's (`-`) by its content. Shows what the reader has to
/// say, in the console, and gives nothing when the source cannot be read or has errors.
[[nodiscard]] std::optional<Source> load_source(const std::string& path,
                                                const SourceOptions& options, Console& console);

/// The schema behind a source, which keeps it: read, or expanded from its design.
const Schema& schema_of(Source& source, const SourceOptions& options, DiagnosticSink& sink);

/// The source as a design: its own, or the one behind the schema that was read.
[[nodiscard]] design::Design design_of(const Source& source, DiagnosticSink& sink);
/// The text of design.yaml for a source.
[[nodiscard]] std::string design_yaml_of(const Source& source, DiagnosticSink& sink);

/// Shows diagnostics about a source; whether it is free of errors.
bool show(const DiagnosticSink& sink, const std::vector<SourceFile>& files, Console& console);

}  // namespace relata::cli
