#include <algorithm>

#include "base/text.h"
#include "read/sql/mysql/script.h"

namespace relata::sql::mysql {

namespace {

using syntax::mysql::Token;
using syntax::mysql::TokenKind;

/// Statements of a procedure that change the schema: their text, cut out of the body.
class SchemaStatements {
 public:
  SchemaStatements(std::string_view sql, const syntax::mysql::LexicalMode& mode)
      : sql_(sql), tokens_(syntax::mysql::tokenize(sql, mode)) {}

  std::vector<std::string_view> find() {
    std::vector<std::string_view> found;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].kind == TokenKind::end) break;
      if (!begins_statement(i) || !changes_schema(i)) continue;
      const std::size_t end = end_of_statement(i);
      if (!in_otherwise_) {
        found.push_back(
            sql_.substr(tokens_[i].span.begin, tokens_[end].span.begin - tokens_[i].span.begin));
      }
      i = end;
    }
    return found;
  }

  [[nodiscard]] bool prepares() const {
    return std::ranges::any_of(
        tokens_, [](const Token& token) { return syntax::mysql::is_word(token, "prepare"); });
  }

 private:
  [[nodiscard]] bool word(std::size_t i, std::string_view lower) const {
    return syntax::mysql::is_word(tokens_[i], lower);
  }

  /// Behind a semicolon, or a word that opens a block. What stands behind ELSE is left out: it is
  /// done where the condition, which is not known, does not hold.
  bool begins_statement(std::size_t i) {
    if (word(i, "else")) in_otherwise_ = true;
    if (word(i, "end") || word(i, "then")) in_otherwise_ = false;
    if (i == 0) return false;
    const Token& before = tokens_[i - 1];
    return syntax::mysql::is_symbol(before, ";") || word(i - 1, "begin") || word(i - 1, "then") ||
           word(i - 1, "else") || word(i - 1, "do") || word(i - 1, "loop");
  }

  [[nodiscard]] bool changes_schema(std::size_t i) const {
    const bool table = word(i + 1, "table") || word(i + 1, "view") || word(i + 1, "index") ||
                       word(i + 1, "trigger") || word(i + 1, "unique") || word(i + 1, "or");
    return (word(i, "create") || word(i, "drop") || word(i, "alter") || word(i, "rename")) && table;
  }

  [[nodiscard]] std::size_t end_of_statement(std::size_t i) const {
    while (tokens_[i].kind != TokenKind::end && !syntax::mysql::is_symbol(tokens_[i], ";")) ++i;
    return i;
  }

  std::string_view sql_;
  std::vector<Token> tokens_;
  bool in_otherwise_ = false;
};

}  // namespace

void call_procedure(Script& script, Cursor& cursor) {
  const std::size_t begin = cursor.position();
  const QualifiedName name = script.resolve(cursor.qualified_name());
  const Span span = cursor.span_from(begin);
  if (cursor.failed()) return;
  const auto found = script.database.routines.find({"procedure", name});
  if (found == script.database.routines.end()) {
    script.warn("mysql-call-not-followed",
                "what the procedure '" + name.name + "' does to the schema is not known", span,
                "It is not created before this place.");
    return;
  }
  const std::string body = found->second.sql.text;
  SchemaStatements statements(body, script.session.mode);
  const std::vector<std::string_view> changes = statements.find();
  if (statements.prepares()) {
    script.warn("mysql-call-not-followed",
                "the procedure '" + name.name +
                    "' runs SQL that it puts together, which is not "
                    "followed",
                span, "Read the database that the script leaves behind instead.");
  }
  constexpr std::size_t deepest_call = 8;
  if (changes.empty() || script.call_depth >= deepest_call) return;
  script.warn("mysql-call-conditions",
              "the procedure '" + name.name +
                  "' changes the schema; its conditions are taken to "
                  "hold where a change can be made",
              span,
              "Read the database that the script leaves behind where that is not what it does.");
  // A change that cannot be made is one whose condition does not hold: nothing is said about it.
  DiagnosticSink ignored;
  Script inner{std::move(script.database),
               script.session,
               ignored,
               script.file,
               script.call_depth + 1,
               script.rows_noted,
               script.grants_noted,
               0,
               0};
  for (const std::string_view change : changes) run_statement(inner, change, span);
  script.database = std::move(inner.database);
}

}  // namespace relata::sql::mysql
