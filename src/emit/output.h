#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/file.h"
#include "dialect/dialect.h"
#include "model/schema.h"

namespace relata::emit {

/// A file that a target writes.
struct OutputFile {
  std::string path;  ///< Below the output folder, with forward slashes: "drizzle/schema.ts".
  std::string content;
  /// A beginning that is the user's from then on (a first migration, a configuration): written
  /// where it is not there yet and never again.
  bool once = false;
};

/// What write_files() takes; `files` must stay.
[[nodiscard]] inline std::vector<FileText> texts_of(const std::vector<OutputFile>& files) {
  std::vector<FileText> texts;
  for (const OutputFile& file : files) texts.push_back({file.path, file.content});
  return texts;
}

/// What a target writes from.
struct TargetInput {
  const Schema& schema;  ///< As it came: neutral, or in the dialect that it was read in.
  /// The same in one dialect's own terms (Schema::dialect is set), as its server would hold it:
  /// triggers, policies and functions are written out, names and types are the catalog's. It has
  /// the intents of `schema`.
  const Schema& native;
  const Dialect& dialect;  ///< The dialect of `native`.
  /// The statements that make the whole of `native` in an empty database, in order, without
  /// semicolons at their ends and without BEGIN and COMMIT.
  const std::vector<std::string>& create;
  /// The statements that take it all down again, in order.
  const std::vector<std::string>& drop;
};

}  // namespace relata::emit
