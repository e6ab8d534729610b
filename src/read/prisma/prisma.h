#pragma once

#include <optional>
#include <vector>

#include "base/diagnostic.h"
#include "base/span.h"
#include "model/schema.h"

namespace relata::prisma {

/// The schema that Prisma's own migrations would make of these files, in the dialect of their
/// datasource (Schema::dialect; PostgreSQL when the provider is not among Relata's). Gives nothing
/// when the text cannot be read as a Prisma schema at all; every other trouble is a diagnostic.
[[nodiscard]] std::optional<Schema> read_prisma(const std::vector<SourceFile>& files,
                                                DiagnosticSink& sink);

}  // namespace relata::prisma
