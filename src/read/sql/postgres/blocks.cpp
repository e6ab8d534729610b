// DO blocks: the DDL in them, as far as it is plain to see that it is run.
#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "read/sql/postgres/evaluate.h"
#include "read/sql/postgres/statements.h"

namespace relata::sql::postgres {
namespace {

using syntax::Token;
using syntax::TokenKind;

// First words of statements that may change the schema.
constexpr auto schema_words = std::to_array<std::string_view>(
    {"create", "alter", "drop", "comment", "grant", "revoke", "set"});
// Those that change nothing in it.
constexpr auto harmless_words = std::to_array<std::string_view>(
    {"null", "raise", "perform", "return", "insert", "update", "delete", "select", "with", "assert",
     "get", "exit", "continue", "lock", "truncate", "analyze", "refresh", "call", "notify"});

template <class Words>
bool is_any(std::string_view text, const Words& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return syntax::is_word(text, word); });
}

/// The value of a plain string constant; nothing for any other expression.
std::optional<std::string> constant(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  if (text.front() == '\'') return replace_all(text.substr(1, text.size() - 2), "''", "'");
  if (text.front() != '$') return std::nullopt;
  const std::size_t tag = text.find('$', 1) + 1;
  return text.size() >= 2 * tag
             ? std::optional(std::string(text.substr(tag, text.size() - 2 * tag)))
             : std::nullopt;
}

class Block {
 public:
  /// `parameters`: what the body's parameters stand for, by name and as $1.
  Block(Reader& reader, std::string body, std::map<std::string, std::string> parameters = {})
      : reader_(reader), body_(std::move(body)), parameters_(std::move(parameters)) {
    syntax::Tokens tokens(body_);
    for (Token token = tokens.next(); token.kind != TokenKind::end; token = tokens.next())
      tokens_.push_back(token);
  }

  /// Whether a statement that may change the schema stands in a body.
  [[nodiscard]] static bool changes_schema(std::string_view body) {
    constexpr auto openers =
        std::to_array<std::string_view>({";", "begin", "then", "else", "loop"});
    syntax::Tokens tokens(body);
    std::string_view before = ";";
    for (Token token = tokens.next(); token.kind != TokenKind::end; token = tokens.next()) {
      const std::string_view word = tokens.text(token);
      if (is_any(before, openers) &&
          (is_any(word, schema_words) || syntax::is_word(word, "execute")))
        return true;
      before = word;
    }
    return false;
  }

  void read() {
    if (word("declare"))
      while (at_ < tokens_.size() && !word("begin")) ++at_;
    if (word("begin")) ++at_;
    statements();
    if (!followed_)
      reader_.warning("postgres-block", "not all of this DO block is followed",
                      "only statements that are run in any case, or guarded by EXISTS, are read");
  }

 private:
  [[nodiscard]] std::string_view text(std::size_t index) const {
    if (index >= tokens_.size()) return {};
    return std::string_view(body_).substr(tokens_[index].begin,
                                          tokens_[index].end - tokens_[index].begin);
  }
  [[nodiscard]] bool word(std::string_view expected) const {
    return syntax::is_word(text(at_), expected);
  }

  /// Behind the semicolon that ends the statement at hand.
  void skip_statement() {
    std::size_t depth = 0;
    for (; at_ < tokens_.size(); ++at_) {
      if (text(at_) == "(") ++depth;
      if (text(at_) == ")" && depth > 0) --depth;
      if (text(at_) == ";" && depth == 0) {
        ++at_;
        return;
      }
    }
  }

  /// Behind END IF or END LOOP of what has just been opened.
  void skip_to_end(std::string_view kind) {
    std::size_t depth = 1;
    for (; at_ < tokens_.size(); ++at_) {
      const bool end = word("end") && syntax::is_word(text(at_ + 1), kind);
      const bool opens = word(kind) && (at_ == 0 || !syntax::is_word(text(at_ - 1), "end"));
      // IF [NOT] EXISTS of a statement opens nothing.
      const bool exists =
          syntax::is_word(text(at_ + 1), "exists") || syntax::is_word(text(at_ + 1), "not");
      if (end && --depth == 0) break;
      if (opens &&
          !(exists && at_ > 0 && text(at_ - 1) != ";" && !syntax::is_word(text(at_ - 1), "then") &&
            !syntax::is_word(text(at_ - 1), "begin")))
        ++depth;
    }
    skip_statement();
  }

  /// What has been skipped matters only when it may change the schema.
  void note_skipped(std::size_t from) {
    for (std::size_t i = from; i < at_; ++i)
      if (is_any(text(i), schema_words) || syntax::is_word(text(i), "execute")) followed_ = false;
  }

  void condition() {
    ++at_;
    const std::size_t begin = at_;
    std::size_t depth = 0;
    for (; at_ < tokens_.size(); ++at_) {
      if (text(at_) == "(") ++depth;
      if (text(at_) == ")" && depth > 0) --depth;
      if (depth == 0 && word("then")) break;
    }
    ++at_;
    std::size_t first = begin;
    while (text(first) == "(" || syntax::is_word(text(first), "not")) ++first;
    if (!syntax::is_word(text(first), "exists")) {
      const std::size_t body = at_;
      skip_to_end("if");
      note_skipped(body);
      return;
    }
    // The condition asks whether the statement can be run; so does reading it quietly.
    const bool before = reader_.quiet;
    reader_.quiet = true;
    statements();
    reader_.quiet = before;
    if (word("else") || word("elsif") || word("elseif")) {
      skip_to_end("if");
      return;
    }
    skip_statement();
  }

  /// The tokens of a statement, from one on up to its semicolon.
  [[nodiscard]] std::string text_between(std::size_t first, std::size_t last) const {
    return body_.substr(tokens_[first].begin, tokens_[last - 1].end - tokens_[first].begin);
  }

  void execute() {
    const std::size_t begin = ++at_;
    skip_statement();
    const std::size_t last = at_ > begin && text(at_ - 1) == ";" ? at_ - 1 : at_;
    std::optional<std::string> sql;
    if (last > begin) {
      const auto parameter =
          last == begin + 1 ? parameters_.find(to_lower(text(begin))) : parameters_.end();
      sql = parameter != parameters_.end() ? parameter->second
                                           : evaluated_text(reader_, text_between(begin, last));
    }
    if (sql) {
      read_sql(*sql);
    } else {
      followed_ = false;
    }
  }

  /// A setting of the session that others ask for.
  void perform() {
    const std::size_t begin = at_ + 1;
    skip_statement();
    const bool sets = syntax::is_word(text(begin), "set_config") ||
                      (text(begin + 1) == "." && syntax::is_word(text(begin + 2), "set_config"));
    if (sets && at_ > begin + 1) read_sql("SELECT " + text_between(begin, at_ - 1));
  }

  /// Statements up to END, ELSE or EXCEPTION.
  void statements() {
    while (at_ < tokens_.size()) {
      if (word("end") || word("else") || word("elsif") || word("elseif")) return;
      const std::size_t begin = at_;
      if (word("exception")) {
        // Handlers run only when something fails.
        while (at_ < tokens_.size() &&
               !(word("end") && (text(at_ + 1) == ";" || at_ + 1 == tokens_.size())))
          ++at_;
        return;
      }
      if (word("begin")) {
        ++at_;
        statements();
        skip_statement();
      } else if (word("if")) {
        condition();
      } else if (word("execute")) {
        execute();
      } else if (word("perform")) {
        perform();
      } else if (word("for") || word("foreach") || word("while") || word("loop")) {
        while (at_ < tokens_.size() && !word("loop")) ++at_;
        ++at_;
        skip_to_end("loop");
        note_skipped(begin);
      } else if (is_any(text(at_), schema_words)) {
        skip_statement();
        const std::size_t last = at_ > begin && text(at_ - 1) == ";" ? at_ - 1 : at_;
        if (last > begin) read_sql(text_between(begin, last));
      } else {
        const bool assigns = text(at_ + 1) == ":=" || text(at_ + 1) == "=";
        if (!assigns && !is_any(text(at_), harmless_words)) followed_ = false;
        skip_statement();
      }
      if (at_ == begin) ++at_;
    }
  }

  void read_sql(const std::string& sql) {
    if (syntax::nesting_depth(sql) > syntax::deepest_nesting) {
      followed_ = false;
      return;
    }
    const syntax::ParsedSql parsed = syntax::ParsedSql::parse(sql);
    if (!parsed.message().empty()) {
      followed_ = false;
      return;
    }
    // Places are those of the whole block.
    const syntax::Statement& whole = *reader_.statement;
    const SourceFile& file = *reader_.file;
    const bool before = reader_.quiet;
    for (std::size_t at = 0; at < parsed.trees().size(); ++at) {
      const syntax::ParsedSql::Tree& tree = parsed.trees()[at];
      const bool last = at + 1 == parsed.trees().size();
      std::size_t end = last ? parsed.text().size() : parsed.trees()[at + 1].location;
      while (end > tree.location &&
             std::string_view("; \t\r\n").find(parsed.text()[end - 1]) != std::string_view::npos) {
        --end;
      }
      syntax::Statement statement = whole;
      statement.node = tree.node;
      statement.text = parsed.text();
      statement.begin = tree.location;
      statement.end = end;
      statement.replaced = true;
      reader_.begin(file, statement);
      // A block that catches errors expects them.
      reader_.quiet = true;
      read_node(reader_, *tree.node);
    }
    reader_.quiet = before;
    reader_.begin(file, whole);
  }

  Reader& reader_;
  std::string body_;
  std::map<std::string, std::string> parameters_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  bool followed_ = true;
};

}  // namespace

namespace {

/// The string behind AS.
std::optional<std::string> body_of(const Routine& routine) {
  syntax::Tokens tokens(routine.sql.text);
  for (Token token = tokens.next(); token.kind != TokenKind::end; token = tokens.next()) {
    if (!syntax::is_word(tokens.text(token), "as")) continue;
    const Token next = tokens.next();
    if (next.kind == TokenKind::string) return constant(tokens.text(next));
  }
  return std::nullopt;
}

/// The names of the parameters, in lower case; empty for one without a name.
std::vector<std::string> parameters_of(const Routine& routine) {
  std::vector<std::string> names;
  syntax::Tokens tokens(routine.sql.text);
  std::size_t depth = 0;
  std::vector<std::string_view> words;
  const auto finish = [&] {
    if (!words.empty() &&
        (syntax::is_word(words.front(), "in") || syntax::is_word(words.front(), "variadic"))) {
      words.erase(words.begin());
    }
    // A type alone is one word, or "double precision" and the like, which no parameter is called.
    names.push_back(words.size() > 1 ? to_lower(words.front()) : std::string());
    words.clear();
  };
  for (Token token = tokens.next(); token.kind != TokenKind::end; token = tokens.next()) {
    const std::string_view word = tokens.text(token);
    if (word == ")" && --depth == 0) {
      finish();
      break;
    }
    if (depth == 1 && word == ",") {
      finish();
    } else if (depth == 1 && word != "(") {
      words.push_back(word);
    }
    if (word == "(") ++depth;
  }
  return names;
}

}  // namespace

bool changes_schema(const Routine& routine) {
  const std::optional<std::string> body = body_of(routine);
  return body && Block::changes_schema(*body);
}

void read_routine_call(Reader& reader, const Routine& routine,
                       const std::vector<std::string>& arguments) {
  const std::optional<std::string> body = body_of(routine);
  if (!body || !Block::changes_schema(*body)) return;
  std::map<std::string, std::string> parameters;
  const std::vector<std::string> names = parameters_of(routine);
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    if (arguments[at].empty()) continue;
    parameters.emplace("$" + std::to_string(at + 1), arguments[at]);
    if (at < names.size() && !names[at].empty()) parameters.emplace(names[at], arguments[at]);
  }
  Block(reader, *body, std::move(parameters)).read();
}

void read_block(Reader& reader, const PgQuery__DoStmt& statement) {
  for (const PgQuery__Node* node : nodes(statement.n_args, statement.args)) {
    if (node->node_case != PG_QUERY__NODE__NODE_DEF_ELEM || view(node->def_elem->defname) != "as")
      continue;
    Block(reader, constant_text(node->def_elem->arg)).read();
  }
}

}  // namespace relata::sql::postgres
