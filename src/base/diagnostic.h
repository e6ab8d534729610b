#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace relata {

enum class Severity { note, warning, error };

/// A second place that a diagnostic speaks of ("first defined here").
struct RelatedSpan {
  Span span;
  std::string message;
};

/// A mechanical repair: replace the bytes of `span` with `replacement`.
struct Fix {
  Span span;
  std::string replacement;
};

/// One thing to tell the user about an input. Line and column are computed when printing.
struct Diagnostic {
  std::string code;  ///< Kebab-case id, stable for users: "yaml-unknown-key".
  Severity severity = Severity::error;
  std::string message;       ///< What is wrong, one sentence without a full stop.
  std::string source;        ///< Name of the source file, as in SourceFile::name; may be empty.
  std::optional<Span> span;  ///< Where; nothing when the whole input is meant.
  std::vector<RelatedSpan> related;
  std::string help;  ///< Why it matters and what to do.
  std::optional<Fix> fix;
};

/// Collects diagnostics in the order in which they were found.
class DiagnosticSink {
 public:
  void add(Diagnostic diagnostic);
  void error(std::string code, std::string message, std::string source = {},
             std::optional<Span> span = {}, std::string help = {});
  void warning(std::string code, std::string message, std::string source = {},
               std::optional<Span> span = {}, std::string help = {});
  void note(std::string code, std::string message, std::string source = {},
            std::optional<Span> span = {}, std::string help = {});

  [[nodiscard]] const std::vector<Diagnostic>& all() const { return diagnostics_; }
  [[nodiscard]] bool has_errors() const;

 private:
  std::vector<Diagnostic> diagnostics_;
};

/// Line and column, both from 1; the column counts code points, not bytes.
struct Position {
  std::size_t line = 1;
  std::size_t column = 1;
};

/// Position of a byte offset in a text; an offset past the end gives the end's position.
[[nodiscard]] Position position_of(std::string_view text, std::size_t offset);

/// The line of `text` in which a span begins, indented, and under it a caret with a tilde for every
/// further code point; long lines are cut around the span.
[[nodiscard]] std::string excerpt(std::string_view text, Span span, bool colour);

}  // namespace relata
