#include "syntax/mysql/tokens.h"

#include <array>

#include "base/text.h"

namespace relata::syntax::mysql {

namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

bool is_word_byte(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Longest first.
constexpr std::array<std::string_view, 17> long_symbols{"<=>", "->>", "||", "&&", "<=", ">=",
                                                        "<>",  "!=",  ":=", "<<", ">>", "->",
                                                        "=>",  "..",  "::", "**", "*/"};

constexpr std::string_view single_symbols = "(),;.=<>+-*/%!~^&|:?{}[]@\\";

char at(std::string_view text, std::size_t position) {
  return position < text.size() ? text[position] : '\0';
}

/// Behind a quoted text; npos when it is never closed. A doubled quote stands for itself.
std::size_t quote_end(std::string_view text, std::size_t begin, bool escapes) {
  const char quote = text[begin];
  for (std::size_t i = begin + 1; i < text.size(); ++i) {
    if (escapes && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (at(text, i + 1) != quote) return i + 1;
      ++i;
    }
  }
  return std::string_view::npos;
}

bool is_line_comment(std::string_view text, std::size_t position) {
  if (text[position] == '#') return true;
  // "--" begins a comment only before white space or the end, so that 5--1 is a subtraction.
  if (text[position] != '-' || at(text, position + 1) != '-') return false;
  return position + 2 >= text.size() || is_space(text[position + 2]);
}

std::size_t line_end(std::string_view text, std::size_t position) {
  const std::size_t end = text.find('\n', position);
  return end == std::string_view::npos ? text.size() : end;
}

std::size_t block_end(std::string_view text, std::size_t position) {
  const std::size_t end = text.find("*/", position + 2);
  return end == std::string_view::npos ? text.size() : end + 2;
}

/// The beginning of a versioned comment: "/*!" or "/*M!" with up to six digits.
struct VersionMark {
  std::size_t size = 0;  ///< 0: there is none.
  bool read = false;
};

VersionMark version_mark(std::string_view text, std::size_t position) {
  std::size_t end = position + 2;
  bool own = false;
  if (at(text, end) == 'M') {
    own = true;
    ++end;
  }
  if (at(text, end) != '!') return {};
  ++end;
  std::size_t digits = 0;
  int version = 0;
  while (digits < 6 && is_ascii_digit(at(text, end + digits))) {
    version = version * 10 + (text[end + digits] - '0');
    ++digits;
  }
  if (digits < 5) {
    digits = 0;
    version = 0;
  }
  // MariaDB: "MariaDB ignores MySQL-style executable comments that have a version number in the
  // interval 50700..99999"; and it is 10.11 that is read for.
  constexpr int last_version_read = 101199;
  const bool of_mysql_only = !own && version >= 50700 && version <= 99999;
  return {end + digits - position, !of_mysql_only && version <= last_version_read};
}

/// Behind the end of the versioned comment at `position`, comments inside it counted.
std::size_t skipped_version_end(std::string_view text, std::size_t position,
                                const LexicalMode& mode) {
  std::size_t depth = 0;
  std::size_t i = position;
  while (i < text.size()) {
    if (text.substr(i, 2) == "/*") {
      ++depth;
      i += 2;
    } else if (text.substr(i, 2) == "*/") {
      i += 2;
      if (--depth == 0) return i;
    } else if (text[i] == '\'' || text[i] == '"' || text[i] == '`') {
      i = skip_token(text, i, mode);
    } else {
      ++i;
    }
  }
  return text.size();
}

/// A backslash outside of quotes before white space: the client takes it away.
bool is_lone_backslash(std::string_view text, std::size_t position) {
  return text[position] == '\\' && (position + 1 == text.size() || is_space(text[position + 1]));
}

class Tokenizer {
 public:
  Tokenizer(std::string_view text, const LexicalMode& mode, std::size_t offset)
      : text_(text), mode_(mode), offset_(offset) {}

  std::vector<Token> run() {
    tokens_.reserve(text_.size() / 5 + 4);
    while (skip_space_and_comments()) read_token();
    add(TokenKind::end, text_.size());
    return std::move(tokens_);
  }

 private:
  bool skip_space_and_comments() {
    while (position_ < text_.size()) {
      const char c = text_[position_];
      if (is_space(c) || is_lone_backslash(text_, position_)) {
        ++position_;
      } else if (is_line_comment(text_, position_)) {
        position_ = line_end(text_, position_);
      } else if (c == '/' && at(text_, position_ + 1) == '*') {
        skip_block_comment();
      } else if (open_versions_ > 0 && text_.substr(position_, 2) == "*/") {
        --open_versions_;
        position_ += 2;
      } else {
        return true;
      }
    }
    return false;
  }

  void skip_block_comment() {
    const VersionMark mark = version_mark(text_, position_);
    if (mark.size == 0) {
      position_ = block_end(text_, position_);
    } else if (mark.read) {
      ++open_versions_;
      position_ += mark.size;
    } else {
      position_ = skipped_version_end(text_, position_, mode_);
    }
  }

  void add(TokenKind kind, std::size_t end) {
    const auto begin = static_cast<std::uint32_t>(position_ + offset_);
    tokens_.push_back({kind, text_.substr(position_, end - position_),
                       Span{begin, static_cast<std::uint32_t>(end + offset_)}});
    position_ = end;
  }

  void read_token() {
    const char c = text_[position_];
    if (c == '\'' || c == '"' || c == '`') {
      read_quoted(c);
    } else if (is_ascii_digit(c) ||
               (c == '.' && is_ascii_digit(at(text_, position_ + 1)) && !follows_name())) {
      read_number();
    } else if (is_prefixed_literal(c)) {
      const std::size_t end = quote_end(text_, position_ + 1, false);
      const TokenKind kind = c == 'n' || c == 'N'   ? TokenKind::string
                             : c == 'b' || c == 'B' ? TokenKind::bits
                                                    : TokenKind::bytes;
      finish_quoted(kind, end);
    } else if (is_word_byte(c)) {
      add(TokenKind::word, word_end(position_));
    } else if (c == '@') {
      read_variable();
    } else {
      read_symbol(c);
    }
  }

  /// Whether the token before ends right here and is a name: "t.1a" has no number in it.
  [[nodiscard]] bool follows_name() const {
    if (tokens_.empty()) return false;
    const Token& last = tokens_.back();
    return (last.kind == TokenKind::word || last.kind == TokenKind::identifier) &&
           last.span.end == position_ + offset_;
  }

  [[nodiscard]] bool is_prefixed_literal(char c) const {
    return std::string_view("xXbBnN").find(c) != std::string_view::npos &&
           at(text_, position_ + 1) == '\'';
  }

  void read_quoted(char quote) {
    const bool identifier = quote == '`' || (quote == '"' && mode_.ansi_quotes);
    const bool escapes = !identifier && !mode_.no_backslash_escapes;
    finish_quoted(identifier ? TokenKind::identifier : TokenKind::string,
                  quote_end(text_, position_, escapes));
  }

  void finish_quoted(TokenKind kind, std::size_t end) {
    if (end == std::string_view::npos) {
      add(TokenKind::unknown, text_.size());
    } else {
      add(kind, end);
    }
  }

  [[nodiscard]] std::size_t word_end(std::size_t position) const {
    while (position < text_.size() && is_word_byte(text_[position])) ++position;
    return position;
  }

  void read_number() {
    const std::size_t whole = word_end(position_);
    const std::string_view word = text_.substr(position_, whole - position_);
    const auto only = [&](std::size_t from, std::string_view allowed) {
      return word.size() > from && word.find_first_not_of(allowed, from) == std::string_view::npos;
    };
    if (word.starts_with("0x") && only(2, "0123456789abcdefABCDEF")) {
      add(TokenKind::bytes, whole);
      return;
    }
    if (word.starts_with("0b") && only(2, "01")) {
      add(TokenKind::bits, whole);
      return;
    }
    std::size_t end = position_;
    while (is_ascii_digit(at(text_, end))) ++end;
    const bool plain = at(text_, end) != '.';
    if (!plain) {
      ++end;
      while (is_ascii_digit(at(text_, end))) ++end;
    }
    std::size_t exponent = end;
    if (at(text_, exponent) == 'e' || at(text_, exponent) == 'E') {
      ++exponent;
      if (at(text_, exponent) == '+' || at(text_, exponent) == '-') ++exponent;
      if (is_ascii_digit(at(text_, exponent))) {
        while (is_ascii_digit(at(text_, exponent))) ++exponent;
        end = exponent;
      }
    }
    // Names may begin with a digit ("2fa_codes").
    if (plain && end < whole) {
      add(TokenKind::word, whole);
    } else {
      add(TokenKind::number, end);
    }
  }

  void read_variable() {
    std::size_t end = position_ + 1;
    if (at(text_, end) == '@') ++end;
    const char quote = at(text_, end);
    if (quote == '\'' || quote == '"' || quote == '`') {
      const std::size_t closed = quote_end(text_, end, quote != '`');
      finish_quoted(TokenKind::variable, closed);
      return;
    }
    end = word_end(end);
    while (at(text_, end) == '.' && is_word_byte(at(text_, end + 1))) end = word_end(end + 1);
    add(TokenKind::variable, end);
  }

  void read_symbol(char c) {
    for (const std::string_view symbol : long_symbols) {
      if (text_.substr(position_, symbol.size()) == symbol) {
        add(TokenKind::symbol, position_ + symbol.size());
        return;
      }
    }
    add(single_symbols.find(c) == std::string_view::npos ? TokenKind::unknown : TokenKind::symbol,
        position_ + 1);
  }

  std::string_view text_;
  LexicalMode mode_;
  std::size_t offset_;
  std::size_t position_ = 0;
  std::size_t open_versions_ = 0;
  std::vector<Token> tokens_;
};

void append_escape(std::string& value, char c) {
  switch (c) {
    case '0':
      value += '\0';
      break;
    case 'b':
      value += '\b';
      break;
    case 'n':
      value += '\n';
      break;
    case 'r':
      value += '\r';
      break;
    case 't':
      value += '\t';
      break;
    case 'Z':
      value += '\x1a';
      break;
    case '%':
    case '_':
      // These keep their backslash, which LIKE reads.
      value += '\\';
      value += c;
      break;
    default:
      value += c;
  }
}

}  // namespace

std::vector<Token> tokenize(std::string_view text, const LexicalMode& mode, std::size_t offset) {
  return Tokenizer(text, mode, offset).run();
}

std::string string_value(std::string_view token, const LexicalMode& mode) {
  std::string value;
  if (token.size() > 1 && (token[0] == 'n' || token[0] == 'N')) token.remove_prefix(1);
  if (token.size() < 2) return value;
  const char quote = token[0];
  const std::string_view inner = token.substr(1, token.size() - 2);
  value.reserve(inner.size());
  for (std::size_t i = 0; i < inner.size(); ++i) {
    if (inner[i] == '\\' && !mode.no_backslash_escapes && i + 1 < inner.size()) {
      append_escape(value, inner[++i]);
    } else {
      value += inner[i];
      if (inner[i] == quote) ++i;
    }
  }
  return value;
}

std::string identifier_value(const Token& token) {
  if (token.kind != TokenKind::identifier || token.text.size() < 2) return std::string(token.text);
  const std::string quote(1, token.text[0]);
  return replace_all(token.text.substr(1, token.text.size() - 2), quote + quote, quote);
}

std::string hexadecimal_value(const Token& token) {
  std::string_view digits = token.text;
  if (digits.size() < 2) return {};
  if (digits[0] == '0') {
    digits.remove_prefix(2);
  } else {
    if (digits.size() < 3) return {};
    digits = digits.substr(2, digits.size() - 3);
  }
  if (token.kind == TokenKind::bytes) {
    std::string value = to_lower(digits);
    if (value.size() % 2 == 1) value.insert(0, "0");
    return value;
  }
  std::string bits((8 - digits.size() % 8) % 8, '0');
  bits += digits;
  std::string value;
  for (std::size_t i = 0; i < bits.size(); i += 4) {
    int nibble = 0;
    for (std::size_t j = i; j < i + 4; ++j) nibble = nibble * 2 + (bits[j] == '1' ? 1 : 0);
    value += "0123456789abcdef"[nibble];
  }
  return value;
}

bool is_word(const Token& token, std::string_view lower) {
  if (token.kind != TokenKind::word || token.text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const char c = token.text[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != lower[i]) return false;
  }
  return true;
}

bool is_symbol(const Token& token, std::string_view text) {
  return token.kind == TokenKind::symbol && token.text == text;
}

std::size_t skip_token(std::string_view text, std::size_t position, const LexicalMode& mode) {
  const char c = text[position];
  if (c == '\'' || c == '"' || c == '`') {
    const bool identifier = c == '`' || (c == '"' && mode.ansi_quotes);
    const std::size_t end = quote_end(text, position, !identifier && !mode.no_backslash_escapes);
    return end == std::string_view::npos ? text.size() : end;
  }
  if (is_line_comment(text, position)) return line_end(text, position);
  if (c == '/' && at(text, position + 1) == '*') {
    return version_mark(text, position).size == 0 ? block_end(text, position)
                                                  : skipped_version_end(text, position, mode);
  }
  return position + 1;
}

std::string without_version_marks(std::string_view text, const LexicalMode& mode) {
  std::string result(text);
  const auto blank = [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (result[i] != '\n') result[i] = ' ';
    }
  };
  std::size_t open = 0;
  std::size_t i = 0;
  while (i < text.size()) {
    if (text.substr(i, 2) == "/*") {
      const VersionMark mark = version_mark(text, i);
      if (mark.size == 0) {
        i = block_end(text, i);
      } else if (mark.read) {
        blank(i, i + mark.size);
        i += mark.size;
        ++open;
      } else {
        const std::size_t end = skipped_version_end(text, i, mode);
        blank(i, end);
        i = end;
      }
    } else if (open > 0 && text.substr(i, 2) == "*/") {
      blank(i, i + 2);
      i += 2;
      --open;
    } else {
      i = skip_token(text, i, mode);
    }
  }
  return result;
}

std::string without_line_backslashes(std::string_view text, const LexicalMode& mode) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t next = skip_token(text, i, mode);
    if (!is_lone_backslash(text, i)) result += text.substr(i, next - i);
    i = next;
  }
  return result;
}

std::string quoted_string(std::string_view value) {
  std::string literal = "'";
  for (const char c : value) {
    if (c == '\'') literal += '\'';
    if (c == '\\') literal += '\\';
    literal += c;
  }
  return literal + "'";
}

std::string quoted_identifier(std::string_view name) {
  return "`" + replace_all(name, "`", "``") + "`";
}

}  // namespace relata::syntax::mysql
