#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/span.h"
#include "syntax/mysql/tokens.h"

namespace relata::sql::mysql {

/// One statement of a script.
struct Statement {
  /// As the server reads it: without the marks of versioned comments, which are blanks here, so
  /// that offsets in it are offsets in the file less `span.begin`.
  std::string text;
  Span span;
};

/// Cuts a script into statements as the command-line client does: DELIMITER, lines that are
/// commands of the client, quotes and comments. Where a script has no DELIMITER, a statement that
/// creates a program ends behind its outermost END.
class StatementReader {
 public:
  StatementReader(const SourceFile& file, DiagnosticSink& sink) : file_(file), sink_(sink) {}

  /// The next statement, empty ones left out; nothing at the end of the file. The mode is that of
  /// the session at this point.
  [[nodiscard]] std::optional<Statement> next(const syntax::mysql::LexicalMode& mode);

 private:
  [[nodiscard]] bool read_client_command();
  [[nodiscard]] std::size_t find_end(const syntax::mysql::LexicalMode& mode);
  [[nodiscard]] std::string_view line_at(std::size_t position) const;
  [[nodiscard]] Statement statement(std::size_t begin, std::size_t end,
                                    const syntax::mysql::LexicalMode& mode) const;
  void set_aside(std::string_view line, std::string_view what);

  const SourceFile& file_;
  DiagnosticSink& sink_;
  std::size_t position_ = 0;
  std::string delimiter_ = ";";
  std::string use_;  ///< Text of a USE without semicolon.
};

}  // namespace relata::sql::mysql
