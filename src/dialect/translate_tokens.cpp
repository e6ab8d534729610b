#include "base/text.h"
#include "dialect/translate.h"

namespace relata {
namespace {

bool is_word_start(char c) {
  return is_ascii_letter(c) || c == '_' || (static_cast<unsigned char>(c) & 0x80U) != 0;
}
bool is_word_part(char c) { return is_word_start(c) || is_ascii_digit(c) || c == '$'; }

/// What a backslash and the character after it stand for.
char escaped(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    case 'b':
      return '\b';
    case '0':
      return '\0';
    case 'Z':
      return '\x1a';
    default:
      return c;
  }
}

class Scanner {
 public:
  Scanner(std::string_view text, const Lexis& lexis) : text_(text), lexis_(lexis) {}

  std::optional<std::vector<Token>> run() {
    std::vector<Token> tokens;
    for (;;) {
      std::string before = space();
      if (at_ >= text_.size()) return tokens;
      Token token = next();
      if (broken_) return {};
      token.before = std::move(before);
      tokens.push_back(std::move(token));
    }
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  /// Skips white space and comments.
  std::string space() {
    std::string blank;
    while (at_ < text_.size()) {
      const char c = peek();
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
        blank += c;
        ++at_;
      } else if ((c == '-' && peek(1) == '-') || (c == '#' && lexis_.hash_comments)) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (c == '/' && peek(1) == '*') {
        const std::size_t end = text_.find("*/", at_ + 2);
        at_ = end == std::string_view::npos ? text_.size() : end + 2;
        blank += ' ';
      } else {
        break;
      }
    }
    return blank;
  }

  Token next() {
    const char c = peek();
    if (c == '\'') return quoted(TokenKind::string, '\'', lexis_.backslash_escapes);
    if ((c == 'E' || c == 'e') && peek(1) == '\'' && lexis_.dollar_quotes) {
      ++at_;
      return quoted(TokenKind::string, '\'', true);
    }
    if (c == '"') {
      return lexis_.double_quotes_hold_strings
                 ? quoted(TokenKind::string, '"', lexis_.backslash_escapes)
                 : quoted(TokenKind::quoted_name, '"', false);
    }
    if (c == '`' && lexis_.backtick_names) return quoted(TokenKind::quoted_name, '`', false);
    if (c == '[' && lexis_.bracket_names) return quoted(TokenKind::quoted_name, ']', false);
    if (c == '$' && lexis_.dollar_quotes) return dollar_quoted();
    if (is_ascii_digit(c) || (c == '.' && is_ascii_digit(peek(1)))) return number();
    if (is_word_start(c)) return word();
    return symbol();
  }

  Token quoted(TokenKind kind, char quote, bool backslashes) {
    Token token{kind, {}, {}};
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = peek();
      if (c == '\\' && backslashes && at_ + 1 < text_.size()) {
        token.text += escaped(peek(1));
        ++at_;
      } else if (c != quote) {
        token.text += c;
      } else if (peek(1) == quote && quote != ']') {
        token.text += c;
        ++at_;
      } else {
        ++at_;
        return token;
      }
    }
    broken_ = true;
    return token;
  }

  Token dollar_quoted() {
    std::size_t tag_end = at_ + 1;
    while (tag_end < text_.size() && is_word_part(text_[tag_end]) && text_[tag_end] != '$') {
      ++tag_end;
    }
    if (tag_end >= text_.size() || text_[tag_end] != '$') return symbol();
    const std::string_view tag = text_.substr(at_, tag_end - at_ + 1);
    const std::size_t end = text_.find(tag, tag_end + 1);
    if (end == std::string_view::npos) {
      broken_ = true;
      return {};
    }
    Token token{TokenKind::string, std::string(text_.substr(tag_end + 1, end - tag_end - 1)), {}};
    at_ = end + tag.size();
    return token;
  }

  Token number() {
    const std::size_t start = at_;
    while (is_word_part(peek()) || peek() == '.' ||
           ((peek() == '+' || peek() == '-') && (text_[at_ - 1] == 'e' || text_[at_ - 1] == 'E'))) {
      ++at_;
    }
    return {TokenKind::number, std::string(text_.substr(start, at_ - start)), {}};
  }

  Token word() {
    const std::size_t start = at_;
    while (is_word_part(peek())) ++at_;
    return {TokenKind::word, std::string(text_.substr(start, at_ - start)), {}};
  }

  Token symbol() {
    for (const std::string_view longer : {"<=>", "->>", "::", "<>", "!=", "<=", ">=", "||", "->",
                                          "&&", ":=", "==", "~~", "!~", "@>", "<@", "<<", ">>"}) {
      if (text_.substr(at_, longer.size()) == longer) {
        at_ += longer.size();
        return {TokenKind::symbol, std::string(longer), {}};
      }
    }
    return {TokenKind::symbol, std::string(1, text_[at_++]), {}};
  }

  std::string_view text_;
  const Lexis& lexis_;
  std::size_t at_ = 0;
  bool broken_ = false;
};

}  // namespace

std::optional<std::vector<Token>> tokens_of(std::string_view sql, const Lexis& lexis) {
  return Scanner(sql, lexis).run();
}

std::string with_word_replaced(std::string_view sql, const Lexis& lexis, std::string_view word,
                               std::string_view replacement) {
  const auto tokens = tokens_of(sql, lexis);
  if (!tokens) return std::string(sql);
  std::string text;
  for (const Token& token : *tokens) {
    text += token.before;
    const bool qualified = !text.empty() && text.back() == '.';
    if (token.kind == TokenKind::word && to_lower(token.text) == word && !qualified) {
      text += replacement;
    } else if (token.kind == TokenKind::string) {
      text += (lexis.dollar_quotes && token.text.find('\\') != std::string::npos ? "E'" : "'") +
              replace_all(lexis.backslash_escapes || lexis.dollar_quotes
                              ? replace_all(token.text, "\\", "\\\\")
                              : token.text,
                          "'", "''") +
              "'";
    } else if (token.kind == TokenKind::quoted_name) {
      const char* quote = lexis.double_quotes_hold_strings ? "`" : "\"";
      text += quote + replace_all(token.text, quote, std::string(quote) + quote) + quote;
    } else {
      text += token.text;
    }
  }
  return text;
}

}  // namespace relata
