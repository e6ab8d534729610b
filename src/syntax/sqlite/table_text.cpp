#include "syntax/sqlite/table_text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "syntax/sqlite/cursor.h"
#include "syntax/sqlite/tokens.h"

namespace relata::syntax::sqlite {

std::string_view Cursor::take_parentheses() {
  if (!peek().is("(")) return {};
  const std::uint32_t begin = take().end();
  std::size_t depth = 1;
  while (!at_end()) {
    const Token& token = take();
    if (token.is("(")) ++depth;
    if (token.is(")") && --depth == 0) return trim(text_.substr(begin, token.begin - begin));
  }
  return trim(text_.substr(begin));
}

namespace {

/// Words that end a column's type and begin a constraint; none of them can be a name without
/// quotes, save GENERATED, which ends the type before ALWAYS AS only.
constexpr std::array<std::string_view, 11> constraint_words{
    "CONSTRAINT", "PRIMARY", "NOT",        "NULL", "UNIQUE",    "CHECK",
    "DEFAULT",    "COLLATE", "REFERENCES", "AS",   "DEFERRABLE"};

bool begins_constraint(const Cursor& cursor) {
  const Token& token = cursor.peek();
  if (token.kind != TokenKind::word) return false;
  if (token.is_word("GENERATED")) {
    return cursor.peek(1).is_word("ALWAYS") && cursor.peek(2).is_word("AS");
  }
  return std::any_of(constraint_words.begin(), constraint_words.end(),
                     [&](std::string_view word) { return token.is_word(word); });
}

bool is_at_end_of_item(const Cursor& cursor) {
  return cursor.at_end() || cursor.peek().is(",") || cursor.peek().is(")");
}

/// [ON CONFLICT word]
std::string take_conflict(Cursor& cursor) {
  if (!cursor.peek().is_word("ON") || !cursor.peek(1).is_word("CONFLICT")) return {};
  cursor.take();
  cursor.take();
  const std::string word = to_upper(cursor.take().text);
  return word == "ABORT" ? std::string() : word;
}

/// The items of a key or index, from the text between its parentheses.
std::vector<PartText> read_parts(std::string_view list) {
  std::vector<PartText> parts;
  Cursor cursor(list);
  while (!cursor.at_end()) {
    std::vector<Token> tokens;
    const std::uint32_t begin = cursor.peek().begin;
    while (!cursor.at_end() && !cursor.peek().is(",")) {
      if (cursor.peek().is("(")) {
        tokens.push_back(cursor.peek());
        cursor.take_parentheses();
      } else {
        tokens.push_back(cursor.take());
      }
    }
    std::uint32_t end = cursor.last_end();
    cursor.take_symbol(",");
    PartText part;
    const auto drop = [&](std::size_t count) {
      end = tokens[tokens.size() - count].begin;
      tokens.resize(tokens.size() - count);
    };
    if (!tokens.empty() && tokens.back().is_word("AUTOINCREMENT")) drop(1);
    if (!tokens.empty() && (tokens.back().is_word("ASC") || tokens.back().is_word("DESC"))) {
      part.descending = tokens.back().is_word("DESC");
      drop(1);
    }
    if (tokens.size() > 2 && tokens[tokens.size() - 2].is_word("COLLATE")) {
      part.collation = name_of(tokens.back());
      drop(2);
    }
    part.text = std::string(trim(list.substr(begin, end - begin)));
    if (tokens.size() == 1 && tokens.front().is_name()) part.name = name_of(tokens.front());
    parts.push_back(std::move(part));
  }
  return parts;
}

/// REFERENCES table [(columns)] and what follows of ON, MATCH; the actions are asked of the pragma.
void skip_reference(Cursor& cursor, ConstraintText& constraint) {
  cursor.take();  // the table
  cursor.take_parentheses();
  for (;;) {
    if (cursor.peek().is_word("ON")) {
      cursor.take();
      cursor.take();  // DELETE, UPDATE or INSERT
      if (cursor.take_word("SET") || cursor.take_word("NO")) {
        cursor.take();
      } else {
        cursor.take();
      }
    } else if (cursor.take_word("MATCH")) {
      constraint.match_full = to_upper(name_of(cursor.take())) == "FULL";
    } else {
      return;
    }
  }
}

/// [NOT] DEFERRABLE [INITIALLY DEFERRED | IMMEDIATE]; whether it was there.
bool take_deferrable(Cursor& cursor, ConstraintText* key) {
  const bool negated = cursor.peek().is_word("NOT") && cursor.peek(1).is_word("DEFERRABLE");
  if (!negated && !cursor.peek().is_word("DEFERRABLE")) return false;
  if (negated) cursor.take();
  cursor.take();
  bool deferred = false;
  if (cursor.take_word("INITIALLY")) deferred = cursor.take().is_word("DEFERRED");
  if (key != nullptr) {
    key->deferrable = !negated;
    key->initially_deferred = !negated && deferred;
  }
  return true;
}

/// DEFAULT (expression) | sign term | term
void skip_default(Cursor& cursor) {
  if (cursor.peek().is("(")) {
    cursor.take_parentheses();
    return;
  }
  if (cursor.peek().is("-") || cursor.peek().is("+")) cursor.take();
  cursor.take();
}

class TableReader {
 public:
  explicit TableReader(std::string_view sql) : sql_(sql), cursor_(sql) {}

  std::optional<TableText> read() {
    if (!cursor_.take_word("CREATE")) return {};
    if (!cursor_.take_word("TEMP")) cursor_.take_word("TEMPORARY");
    if (!cursor_.take_word("TABLE")) return {};
    if (cursor_.peek().is_word("IF") && cursor_.peek(1).is_word("NOT")) {
      for (int i = 0; i < 3; ++i) cursor_.take();
    }
    table_.name_span = cursor_.take().span();
    if (cursor_.take_symbol(".")) table_.name_span = cursor_.take().span();
    if (!cursor_.take_symbol("(")) return {};
    table_.comment = comment_after(cursor_.last_end());
    while (!cursor_.at_end() && !cursor_.peek().is(")")) {
      const std::uint32_t before = cursor_.peek().begin;
      if (begins_table_constraint()) {
        read_table_constraint();
      } else {
        read_column();
      }
      cursor_.take_symbol(",");
      if (cursor_.peek().begin == before && !cursor_.at_end()) cursor_.take();
    }
    return std::move(table_);
  }

 private:
  [[nodiscard]] bool begins_table_constraint() const {
    const Token& token = cursor_.peek();
    return token.is_word("CONSTRAINT") || token.is_word("PRIMARY") || token.is_word("UNIQUE") ||
           token.is_word("CHECK") || token.is_word("FOREIGN");
  }

  void read_column() {
    ColumnText column;
    column.name_span = cursor_.peek().span();
    column.name = name_of(cursor_.take());
    while (!is_at_end_of_item(cursor_) && !begins_constraint(cursor_)) {
      if (cursor_.peek().is("(")) {
        cursor_.take_parentheses();
      } else {
        cursor_.take();
      }
    }
    std::string name;
    while (!is_at_end_of_item(cursor_)) read_column_constraint(column, name);
    column.span = {column.name_span.begin, cursor_.last_end()};
    column.comment = comment_after(cursor_.last_end());
    if (column.comment.empty() && cursor_.peek().is(",")) {
      column.comment = comment_after(cursor_.peek().end());
    }
    table_.columns.push_back(std::move(column));
  }

  void read_column_constraint(ColumnText& column, std::string& name) {
    if (cursor_.take_word("CONSTRAINT")) {
      name = name_of(cursor_.take());
      return;
    }
    ConstraintText* key = last_foreign_key(column);
    if (take_deferrable(cursor_, key)) return;
    ConstraintText constraint{};
    constraint.name = std::exchange(name, {});
    if (cursor_.take_word("NULL")) {
      take_conflict(cursor_);
      return;
    }
    if (cursor_.take_word("NOT")) {
      cursor_.take_word("NULL");
      constraint.kind = ConstraintKind::not_null;
      constraint.conflict = take_conflict(cursor_);
    } else if (cursor_.take_word("PRIMARY")) {
      cursor_.take_word("KEY");
      constraint.kind = ConstraintKind::primary_key;
      constraint.descending = cursor_.take_word("DESC");
      cursor_.take_word("ASC");
      constraint.conflict = take_conflict(cursor_);
      constraint.autoincrement = cursor_.take_word("AUTOINCREMENT");
    } else if (cursor_.take_word("UNIQUE")) {
      constraint.kind = ConstraintKind::unique;
      constraint.conflict = take_conflict(cursor_);
    } else if (cursor_.take_word("CHECK")) {
      constraint.kind = ConstraintKind::check;
      constraint.expression = std::string(cursor_.take_parentheses());
    } else if (cursor_.take_word("DEFAULT")) {
      constraint.kind = ConstraintKind::default_value;
      skip_default(cursor_);
    } else if (cursor_.take_word("COLLATE")) {
      constraint.kind = ConstraintKind::collation;
      column.collation = name_of(cursor_.take());
    } else if (cursor_.take_word("REFERENCES")) {
      constraint.kind = ConstraintKind::foreign_key;
      skip_reference(cursor_, constraint);
    } else if (cursor_.peek().is_word("GENERATED") || cursor_.peek().is_word("AS")) {
      if (cursor_.take_word("GENERATED")) cursor_.take_word("ALWAYS");
      cursor_.take_word("AS");
      constraint.kind = ConstraintKind::generated;
      constraint.expression = std::string(cursor_.take_parentheses());
      constraint.stored = cursor_.take_word("STORED");
      cursor_.take_word("VIRTUAL");
    } else {
      cursor_.take();  // Nothing that SQLite's grammar has.
      return;
    }
    column.constraints.push_back(std::move(constraint));
  }

  static ConstraintText* last_foreign_key(ColumnText& column) {
    for (auto it = column.constraints.rbegin(); it != column.constraints.rend(); ++it) {
      if (it->kind == ConstraintKind::foreign_key) return &*it;
    }
    return nullptr;
  }

  void read_table_constraint() {
    ConstraintText constraint{};
    if (cursor_.take_word("CONSTRAINT")) constraint.name = name_of(cursor_.take());
    if (cursor_.take_word("PRIMARY")) {
      cursor_.take_word("KEY");
      constraint.kind = ConstraintKind::primary_key;
      const std::string_view list = cursor_.take_parentheses();
      constraint.parts = read_parts(list);
      const std::vector<Token> tokens = tokenize_without_comments(list);
      constraint.autoincrement = !tokens.empty() && tokens.back().is_word("AUTOINCREMENT");
      constraint.conflict = take_conflict(cursor_);
    } else if (cursor_.take_word("UNIQUE")) {
      constraint.kind = ConstraintKind::unique;
      constraint.parts = read_parts(cursor_.take_parentheses());
      constraint.conflict = take_conflict(cursor_);
    } else if (cursor_.take_word("CHECK")) {
      constraint.kind = ConstraintKind::check;
      constraint.expression = std::string(cursor_.take_parentheses());
      take_conflict(cursor_);  // Parsed by SQLite and not looked at.
    } else if (cursor_.take_word("FOREIGN")) {
      cursor_.take_word("KEY");
      constraint.kind = ConstraintKind::foreign_key;
      cursor_.take_parentheses();
      if (cursor_.take_word("REFERENCES")) skip_reference(cursor_, constraint);
      take_deferrable(cursor_, &constraint);
    } else {
      return;
    }
    table_.constraints.push_back(std::move(constraint));
  }

  /// Whether nothing follows that a comment before it could belong to: ADD COLUMN writes what comes
  /// next on the same line.
  static bool ends_item(std::string_view rest) {
    return rest.empty() || rest.front() == ',' || rest.front() == ')';
  }

  /// The comment that stands on the same line behind this place, with nothing but white space
  /// between; without its marks.
  [[nodiscard]] std::string comment_after(std::uint32_t place) const {
    const std::size_t line_end = std::min(sql_.find('\n', place), sql_.size());
    std::string_view rest = trim(sql_.substr(place, line_end - place));
    if (rest.starts_with("--")) {
      rest = trim(rest.substr(2));
      while (rest.starts_with('-')) rest = trim(rest.substr(1));
    } else if (const std::size_t end = rest.find("*/", 2); rest.starts_with("/*") &&
                                                           end != std::string_view::npos &&
                                                           ends_item(trim(rest.substr(end + 2)))) {
      rest = trim(rest.substr(2, end - 2));
    } else {
      return {};
    }
    std::string comment(rest);
    std::replace_if(
        comment.begin(), comment.end(), [](char c) { return c == '\t' || c == '\r'; }, ' ');
    return comment;
  }

  std::string_view sql_;
  Cursor cursor_;
  TableText table_;
};

}  // namespace

std::optional<TableText> read_table_text(std::string_view sql) { return TableReader(sql).read(); }

std::optional<IndexText> read_index_text(std::string_view sql) {
  Cursor cursor(sql);
  if (!cursor.take_word("CREATE")) return {};
  cursor.take_word("UNIQUE");
  if (!cursor.take_word("INDEX")) return {};
  while (!cursor.at_end() && !cursor.peek().is("(")) cursor.take();
  IndexText index;
  index.parts = read_parts(cursor.take_parentheses());
  if (cursor.take_word("WHERE")) index.where = std::string(trim(sql.substr(cursor.last_end())));
  return index;
}

std::optional<ViewText> read_view_text(std::string_view sql) {
  Cursor cursor(sql);
  if (!cursor.take_word("CREATE")) return {};
  if (!cursor.take_word("VIEW")) return {};
  cursor.take();
  ViewText view;
  if (cursor.peek().is("(")) {
    for (const PartText& part : read_parts(cursor.take_parentheses())) {
      view.columns.push_back(part.name);
    }
  }
  if (!cursor.take_word("AS")) return {};
  view.select = std::string(trim(sql.substr(cursor.last_end())));
  return view;
}

}  // namespace relata::syntax::sqlite
