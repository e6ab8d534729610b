#pragma once

#include <optional>
#include <string>

#include "app/cli/console.h"
#include "base/diagnostic.h"
#include "base/span.h"
#include "design/design.h"
#include "design/merge.h"

namespace relata::cli {

enum class SourceKind { requirements, design };

/// A SOURCE that was read.
struct Source {
  SourceKind kind = SourceKind::requirements;
  SourceFile file;
  design::Design design;
  design::Base base;        ///< What the requirements gave, to tell edits from it later.
  std::string design_yaml;  ///< The design as it is to be written.
  DiagnosticSink sink;      ///< What the reader said; already shown.
};

/// Reads any SOURCE: a file's kind is told by its name, standard input's (`-`) by its content.
/// Shows what the reader has to say, in the console, and gives nothing when the source cannot be
/// read, is of a kind that cannot be read, or has errors.
[[nodiscard]] std::optional<Source> load_source(const std::string& path, Console& console);

/// Shows diagnostics about a source; whether it is free of errors.
bool show(const DiagnosticSink& sink, const SourceFile& file, Console& console);

}  // namespace relata::cli
