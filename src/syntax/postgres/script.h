#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/span.h"

namespace relata::syntax {

/// One statement of a script, before any grammar has seen it.
struct ScriptStatement {
  std::size_t begin = 0;   ///< Of its first token.
  std::size_t end = 0;     ///< Behind its last token; the semicolon is not part of it.
  std::size_t depth = 0;   ///< How deep its tree can become (NestingDepth).
  bool rows_only = false;  ///< INSERT, UPDATE, COPY and the like: nothing that the schema keeps.
  /// The statement with the values of psql's variables in it, where it has any.
  std::optional<std::string> replaced;
};

/// A file as psql would send it to the server.
struct Script {
  /// The file's text, byte for byte in the same place, with blanks instead of psql's own lines and
  /// of the rows behind COPY ... FROM stdin.
  std::string text;
  std::vector<ScriptStatement> statements;
};

/// Splits a file into statements the way psql does: at semicolons outside of brackets, quotes and
/// the body of a routine (BEGIN ATOMIC ... END). psql's lines that name another file are a
/// diagnostic, since nothing of it is read.
/// https://www.postgresql.org/docs/current/app-psql.html
[[nodiscard]] Script prepare_script(const SourceFile& file, DiagnosticSink& sink);

}  // namespace relata::syntax
