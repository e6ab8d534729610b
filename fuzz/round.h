#pragma once

#include <cstdlib>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/source_lines.h"
#include "base/span.h"
#include "design/design.h"
#include "design/expand.h"
#include "dialect/dialect.h"
#include "emit/design_yaml.h"
#include "emit/target.h"
#include "read/yaml/yaml.h"

namespace relata::fuzz {

/// Stops the run with a finding.
inline void require(bool holds) {
  if (!holds) std::abort();
}

/// Every diagnostic must be printable and point into the text.
inline void check_diagnostics(const DiagnosticSink& sink, const SourceFile& file) {
  const SourceLines lines(file);
  for (const Diagnostic& diagnostic : sink.all()) {
    if (diagnostic.span) {
      require(diagnostic.span->begin <= diagnostic.span->end);
      require(diagnostic.span->end <= file.text.size());
    }
    require(!render(diagnostic, &lines, true).empty());
  }
}

/// What stands behind every reader must take whatever design it gives: a Schema, every dialect's
/// DDL and every target; and a written design reads back as the same design.
inline void check_design(const design::Design& design) {
  DiagnosticSink ignored;
  const Schema schema = design::expand(design, {}, ignored);
  for (const Dialect* dialect : dialects()) static_cast<void>(dialect->ddl(schema, {}, ignored));
  for (const emit::Target& target : emit::targets()) {
    if (target.write != nullptr) static_cast<void>(target.write(schema, ignored));
  }
  DiagnosticSink sink;
  const SourceFile file{"design.yaml", emit::design_yaml(design)};
  const auto again = yaml::read_design(file, sink);
  check_diagnostics(sink, file);
  require(again.has_value());
  require(*again == design);
}

}  // namespace relata::fuzz
