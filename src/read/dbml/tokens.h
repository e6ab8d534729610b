#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/span.h"

namespace relata::dbml {

enum class TokenKind { word, quoted_name, string, expression, symbol, line_end, end };

/// A piece of DBML text (https://dbml.dbdiagram.io/docs). Words are names, numbers and keywords.
struct Token {
  TokenKind kind = TokenKind::end;
  std::string text;  ///< Without quotes; the character of a symbol.
  Span span;

  [[nodiscard]] bool is(char symbol) const {
    return kind == TokenKind::symbol && text.size() == 1 && text[0] == symbol;
  }
  [[nodiscard]] bool is_name() const {
    return kind == TokenKind::word || kind == TokenKind::quoted_name;
  }
};

/// The tokens of a text without its comments; the last is `end`. A string that is not closed is an
/// error at its begin, and ends with the text.
[[nodiscard]] std::vector<Token> tokenize(const SourceFile& file, DiagnosticSink& sink);

}  // namespace relata::dbml
