#include "read/sql/sqlite/statements.h"

#include <algorithm>

#include "base/text.h"

namespace relata::sql::sqlite {
namespace {

using syntax::sqlite::Token;
using syntax::sqlite::TokenKind;

/// Tokens that are kept of each statement.
constexpr std::size_t head_size = 16;

bool begins_trigger(const std::vector<Token>& head) {
  if (head.size() < 2 || !head[0].is_word("CREATE")) return false;
  const bool temporary = head[1].is_word("TEMP") || head[1].is_word("TEMPORARY");
  const std::size_t place = temporary ? 2 : 1;
  return head.size() > place && head[place].is_word("TRIGGER");
}

}  // namespace

bool Statements::begins_line(std::uint32_t place) const {
  return place == 0 || text_[place - 1] == '\n';
}

bool Statements::is_alone_on_line(const Token& token) const {
  const std::size_t before = text_.rfind('\n', token.begin == 0 ? 0 : token.begin - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before;
  const std::size_t end = std::min(text_.find('\n', token.begin), text_.size());
  return trim(text_.substr(begin, end - begin)) == token.text;
}

Statement Statements::line_from(std::uint32_t begin) {
  const std::size_t end = std::min(text_.find('\n', begin), text_.size());
  scanner_.go_to(end);
  Statement statement;
  statement.begin = begin;
  statement.text = trim(text_.substr(begin, end - begin));
  statement.command = true;
  return statement;
}

std::size_t created_table(const Statement& statement) {
  const std::vector<Token>& head = statement.head;
  std::size_t place = 1;
  if (place < head.size() && (head[place].is_word("TEMP") || head[place].is_word("TEMPORARY"))) {
    ++place;
  }
  if (place >= head.size() || !head[0].is_word("CREATE") || !head[place].is_word("TABLE")) return 0;
  ++place;
  if (place < head.size() && head[place].is_word("IF")) place += 3;
  if (place + 2 < head.size() && head[place + 1].is(".")) place += 2;
  return place < head.size() ? place : 0;
}

std::optional<Statement> Statements::next() {
  Statement statement;
  std::uint32_t end = 0;
  bool trigger = false;
  bool after_semicolon = false;  // In a trigger's body.
  bool after_end = false;        // Behind "; END" in a trigger.
  while (const auto token = scanner_.next()) {
    if (token->kind == TokenKind::comment) {
      end = token->end();  // The catalog keeps the comments of a statement.
      continue;
    }
    if (statement.head.empty()) {
      if (token->is(";")) continue;
      const bool marked = token->text.front() == '.' || token->text.front() == '#';
      if (marked && begins_line(token->begin)) return line_from(token->begin);
      statement.begin = token->begin;
    } else if ((token->is("/") || token->is_word("GO")) && is_alone_on_line(*token)) {
      break;
    }
    if (statement.head.size() < head_size) {
      statement.head.push_back(*token);
      trigger = trigger || (statement.head.size() <= 3 && begins_trigger(statement.head));
    }
    if (token->is(";") && (!trigger || after_end)) {
      if (statement.head.back().begin == token->begin) statement.head.pop_back();
      break;
    }
    end = token->end();
    after_end = trigger && after_semicolon && token->is_word("END");
    after_semicolon = token->is(";");
  }
  if (statement.head.empty()) return {};
  statement.text = text_.substr(statement.begin, end - statement.begin);
  return statement;
}

}  // namespace relata::sql::sqlite
