#pragma once

#include <string>

#include "base/diagnostic.h"
#include "model/schema.h"

namespace relata::emit {

/// The schema as a Mermaid erDiagram, with a line end.
[[nodiscard]] std::string write_mermaid(const Schema& schema, DiagnosticSink& sink);

}  // namespace relata::emit
