#include "read/dbml/tokens.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"

namespace relata::dbml {
namespace {

bool is_word_character(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

class Tokenizer {
 public:
  Tokenizer(const SourceFile& file, DiagnosticSink& sink)
      : file_(file), text_(file.text), sink_(sink) {}

  std::vector<Token> run() {
    while (skip_blanks(), at_ < text_.size()) next();
    add(TokenKind::end, {}, at_);
    return std::move(tokens_);
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size()) {
      const std::string_view rest = text_.substr(at_);
      if (rest[0] == ' ' || rest[0] == '\t' || rest[0] == '\r') {
        ++at_;
      } else if (rest.starts_with("//")) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (rest.starts_with("/*")) {
        const std::size_t end = text_.find("*/", at_ + 2);
        at_ = end == std::string_view::npos ? text_.size() : end + 2;
      } else {
        return;
      }
    }
  }

  void next() {
    const std::size_t begin = at_;
    const char c = text_[at_];
    if (c == '\n') {
      ++at_;
      add(TokenKind::line_end, "\n", begin);
    } else if (text_.substr(at_).starts_with("'''")) {
      at_ += 3;
      add(TokenKind::string, without_indentation(until("'''", begin)), begin);
    } else if (c == '\'') {
      ++at_;
      add(TokenKind::string, until("'", begin), begin);
    } else if (c == '"') {
      ++at_;
      add(TokenKind::quoted_name, until("\"", begin), begin);
    } else if (c == '`') {
      ++at_;
      add(TokenKind::expression, until("`", begin, false), begin);
    } else if (is_word_character(c)) {
      while (at_ < text_.size() && is_word_character(text_[at_])) ++at_;
      add(TokenKind::word, std::string(text_.substr(begin, at_ - begin)), begin);
    } else {
      ++at_;
      add(TokenKind::symbol, std::string(1, c), begin);
    }
  }

  /// Up to and with the closing mark; a backslash takes the next character as it is, where it
  /// escapes.
  std::string until(std::string_view mark, std::size_t begin, bool escapes = true) {
    std::string out;
    while (at_ < text_.size()) {
      if (text_.substr(at_).starts_with(mark)) {
        at_ += mark.size();
        return out;
      }
      if (escapes && text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      out += text_[at_++];
    }
    sink_.error("dbml-open-string", "this text is not closed", file_.name,
                Span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + 1)},
                "Add " + std::string(mark) + " at its end.");
    return out;
  }

  /// A text over several lines without the blanks that all of them begin with.
  static std::string without_indentation(const std::string& text) {
    const auto lines = split(text, '\n');
    std::size_t common = std::string::npos;
    for (const std::string_view line : lines) {
      if (!trim(line).empty()) common = std::min(common, line.find_first_not_of(" \t"));
    }
    std::string out;
    for (const std::string_view line : lines) {
      if (!out.empty()) out += '\n';
      if (!trim(line).empty()) out += line.substr(common);
    }
    return std::string(trim(out));
  }

  void add(TokenKind kind, std::string text, std::size_t begin) {
    tokens_.push_back({kind,
                       std::move(text),
                       {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)}});
  }

  const SourceFile& file_;
  std::string_view text_;
  DiagnosticSink& sink_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(const SourceFile& file, DiagnosticSink& sink) {
  return Tokenizer(file, sink).run();
}

}  // namespace relata::dbml
