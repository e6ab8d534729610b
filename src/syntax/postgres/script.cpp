#include "syntax/postgres/script.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "syntax/postgres/tokens.h"

namespace relata::syntax {
namespace {

// Statements that leave the schema as it is. SELECT and WITH are looked at: they may create a
// table.
constexpr auto row_words = std::to_array<std::string_view>(
    {"insert", "update",   "delete",     "merge",   "copy",    "truncate", "values", "analyze",
     "vacuum", "explain",  "lock",       "fetch",   "move",    "declare",  "close",  "listen",
     "notify", "unlisten", "checkpoint", "reindex", "refresh", "show"});

Span span_of(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

class Preparation {
 public:
  Preparation(const SourceFile& file, DiagnosticSink& sink)
      : file_(file), sink_(sink), tokens_(file.text) {
    script_.text = file.text;
  }

  Script run() {
    for (Token token = tokens_.next(); token.kind != TokenKind::end; token = tokens_.next())
      take(token);
    finish();
    return std::move(script_);
  }

 private:
  struct Replacement {
    std::size_t begin, end;
    std::string value;
  };

  void take(const Token& token) {
    const std::string_view text = tokens_.text(token);
    if (token.kind == TokenKind::backslash) {
      take_psql_line(token);
      return;
    }
    if (token.kind == TokenKind::punctuation && text == ";" && brackets_ == 0 && blocks_ == 0) {
      const bool copies = copy_ && from_standard_input_;
      finish();
      if (copies) skip_rows();
      return;
    }
    if (token.kind == TokenKind::punctuation && text == ":" && take_variable(token)) return;
    if (words_ == 0 && !open_) {
      open_ = true;
      current_.begin = token.begin;
    }
    current_.end = token.end;
    depth_.add(token, text);
    if (token.kind == TokenKind::punctuation) {
      if (text == "(") ++brackets_;
      if (text == ")" && brackets_ > 0) --brackets_;
    }
    if (token.kind == TokenKind::word) take_word(text);
  }

  void take_word(std::string_view text) {
    if (words_ == 0) {
      current_.rows_only = std::any_of(row_words.begin(), row_words.end(),
                                       [&](std::string_view word) { return is_word(text, word); });
      copy_ = is_word(text, "copy");
      creates_ = is_word(text, "create");
    } else if (words_ <= 3 && creates_ &&
               (is_word(text, "function") || is_word(text, "procedure"))) {
      routine_ = true;
    }
    // The body of a routine in SQL's own form holds semicolons (psqlscan.l tells it the same way).
    if (routine_ && brackets_ == 0) {
      if (is_word(text, "begin")) ++blocks_;
      if (is_word(text, "case") && blocks_ > 0) ++blocks_;
      if (is_word(text, "end") && blocks_ > 0) --blocks_;
    }
    if (copy_ && is_word(text, "stdin")) from_standard_input_ = true;
    ++words_;
  }

  /// Closes the statement at hand.
  void finish() {
    if (open_) {
      current_.depth = depth_.deepest();
      if (!replacements_.empty()) current_.replaced = replaced();
      script_.statements.push_back(std::move(current_));
    }
    current_ = {};
    replacements_.clear();
    depth_ = {};
    open_ = copy_ = creates_ = routine_ = from_standard_input_ = false;
    words_ = brackets_ = blocks_ = 0;
  }

  [[nodiscard]] std::string replaced() const {
    std::string text;
    std::size_t from = current_.begin;
    for (const Replacement& replacement : replacements_) {
      text += script_.text.substr(from, replacement.begin - from);
      text += replacement.value;
      from = replacement.end;
    }
    text += script_.text.substr(from, current_.end - from);
    return text;
  }

  void blank(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      if (script_.text[i] != '\n') script_.text[i] = ' ';
  }

  [[nodiscard]] std::size_t line_end(std::size_t from) const {
    return std::min(file_.text.find('\n', from), file_.text.size());
  }

  /// The rows behind COPY ... FROM stdin, up to the line "\.".
  void skip_rows() {
    std::size_t at = line_end(tokens_.position());
    const std::size_t begin = at;
    while (at < file_.text.size()) {
      const std::size_t line = at + 1;
      at = line_end(line);
      if (trim(std::string_view(file_.text).substr(line, at - line)) == "\\.") break;
    }
    blank(begin, at);
    tokens_.seek(at);
  }

  /// One of psql's own lines: \set is kept, \g ends the statement, the others do nothing to it.
  void take_psql_line(const Token& token) {
    const std::size_t end = line_end(token.begin);
    const std::string_view line =
        trim(std::string_view(file_.text).substr(token.begin, end - token.begin));
    const std::size_t blank_at = line.find_first_of(" \t");
    const std::string_view command = line.substr(0, blank_at);
    const std::string_view rest =
        blank_at == std::string_view::npos ? std::string_view() : trim(line.substr(blank_at));
    if (command == "\\set") set_variable(rest);
    if (command == "\\unset") variables_.erase(std::string(rest));
    if (command == "\\i" || command == "\\ir" || command == "\\include" ||
        command == "\\include_relative")
      sink_.warning("psql-other-file", "the file '" + std::string(rest) + "' is not read along",
                    file_.name, span_of(token.begin, token.begin + line.size()),
                    "give it beside this one, in the order in which they are run");
    if (command.starts_with("\\g")) finish();
    blank(token.begin, end);
    tokens_.seek(end);
  }

  void set_variable(std::string_view rest) {
    const std::size_t blank_at = rest.find_first_of(" \t");
    std::string value;
    if (blank_at != std::string_view::npos) {
      // psql puts the arguments together without blanks; quotes go.
      Tokens words(rest, blank_at);
      for (Token token = words.next(); token.kind != TokenKind::end; token = words.next()) {
        std::string_view word = words.text(token);
        const bool quoted = word.size() >= 2 && word.front() == '\'' && word.back() == '\'';
        value +=
            quoted ? replace_all(word.substr(1, word.size() - 2), "''", "'") : std::string(word);
      }
    }
    variables_[std::string(rest.substr(0, blank_at))] = value;
  }

  /// :name, :'name', :"name" of a variable that \set has set.
  bool take_variable(const Token& colon) {
    if (variables_.empty() || colon.end >= file_.text.size()) return false;
    Tokens ahead(file_.text, colon.end);
    const Token token = ahead.next();
    if (token.begin != colon.end) return false;
    const std::string_view text = ahead.text(token);
    const bool literal = token.kind == TokenKind::string && text.front() == '\'';
    const bool quoted = token.kind == TokenKind::quoted && text.front() == '"';
    if (!literal && !quoted && token.kind != TokenKind::word) return false;
    const auto found =
        variables_.find(std::string(literal || quoted ? text.substr(1, text.size() - 2) : text));
    if (found == variables_.end()) return false;
    std::string value = found->second;
    if (literal) value = "'" + replace_all(value, "'", "''") + "'";
    if (quoted) value = "\"" + replace_all(value, "\"", "\"\"") + "\"";
    if (!open_) {
      open_ = true;
      current_.begin = colon.begin;
    }
    replacements_.push_back({colon.begin, token.end, std::move(value)});
    current_.end = token.end;
    tokens_.seek(token.end);
    return true;
  }

  const SourceFile& file_;
  DiagnosticSink& sink_;
  Tokens tokens_;
  Script script_;
  std::map<std::string, std::string> variables_;

  ScriptStatement current_;
  std::vector<Replacement> replacements_;
  NestingDepth depth_;
  bool open_ = false;
  bool copy_ = false;
  bool creates_ = false;
  bool routine_ = false;
  bool from_standard_input_ = false;
  std::size_t words_ = 0;
  std::size_t brackets_ = 0;
  std::size_t blocks_ = 0;
};

}  // namespace

Script prepare_script(const SourceFile& file, DiagnosticSink& sink) {
  return Preparation(file, sink).run();
}

}  // namespace relata::syntax
