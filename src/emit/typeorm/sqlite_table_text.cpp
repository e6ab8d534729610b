#include "emit/typeorm/sqlite_table_text.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace relata::emit::typeorm {
namespace {

struct Token {
  std::string text;   ///< A name without its quotes; else as written.
  bool name = false;  ///< Quoted, or a word.
  bool quoted = false;
  bool blank_before = false;
  [[nodiscard]] bool is(std::string_view keyword) const {
    return name && !quoted && to_upper(text) == keyword;
  }
  [[nodiscard]] bool sign(char c) const { return !name && text.size() == 1 && text[0] == c; }
};

bool is_word(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Past a string or quoted name that begins here.
std::size_t past_quotes(std::string_view sql, std::size_t begin) {
  const char close = sql[begin] == '[' ? ']' : sql[begin];
  std::size_t place = begin + 1;
  for (; place < sql.size(); ++place) {
    if (sql[place] != close) continue;
    const bool twice = close != ']' && place + 1 < sql.size() && sql[place + 1] == close;
    if (!twice) return place + 1;
    ++place;
  }
  return place;
}

/// Past blanks and comments.
std::size_t past_blanks(std::string_view sql, std::size_t place) {
  while (place < sql.size()) {
    if (sql[place] == ' ' || sql[place] == '\n' || sql[place] == '\t' || sql[place] == '\r') {
      ++place;
    } else if (sql.substr(place, 2) == "--") {
      place = std::min(sql.find('\n', place), sql.size());
    } else if (sql.substr(place, 2) == "/*") {
      const std::size_t end = sql.find("*/", place + 2);
      place = end == std::string_view::npos ? sql.size() : end + 2;
    } else {
      break;
    }
  }
  return place;
}

std::vector<Token> tokens_of(std::string_view sql) {
  std::vector<Token> tokens;
  for (std::size_t place = 0;;) {
    const std::size_t begin = past_blanks(sql, place);
    if (begin >= sql.size()) return tokens;
    Token token;
    token.blank_before = begin > place;
    place = begin;
    const char c = sql[place];
    if (c == '"' || c == '`' || c == '[') {
      place = past_quotes(sql, place);
      const std::string_view inside = sql.substr(begin + 1, place - begin - 2);
      token.text = c == '[' ? std::string(inside)
                            : replace_all(inside, std::string(2, c), std::string(1, c));
      token.name = token.quoted = true;
    } else if (c == '\'') {
      place = past_quotes(sql, place);
      token.text = sql.substr(begin, place - begin);
    } else if (is_word(c)) {
      while (place < sql.size() && is_word(sql[place])) ++place;
      token.text = sql.substr(begin, place - begin);
      token.name = !is_ascii_digit(c);
    } else {
      token.text = c;
      ++place;
    }
    tokens.push_back(std::move(token));
  }
}

std::string quoted(const std::string& name) {
  return "\"" + replace_all(name, "\"", "\"\"") + "\"";
}

bool starts_constraint(const Token& token) {
  return token.is("CONSTRAINT") || token.is("PRIMARY") || token.is("UNIQUE") || token.is("CHECK") ||
         token.is("FOREIGN");
}

std::size_t past_token(std::string_view text, std::size_t place) {
  const char c = text[place];
  if (c == '"' || c == '`' || c == '[') return past_quotes(text, place);
  if (!is_word(c)) return place + 1;
  while (place < text.size() && is_word(text[place])) ++place;
  return place;
}

std::size_t past_parentheses(std::string_view text, std::size_t place) {
  for (int depth = 0; place < text.size();) {
    const char c = text[place];
    if (c == '"' || c == '`' || c == '[' || c == '\'') {
      place = past_quotes(text, place);
      continue;
    }
    if (const std::size_t next = past_blanks(text, place); next > place) {
      place = next;
      continue;
    }
    ++place;
    if (c == '(') ++depth;
    if (c == ')' && --depth == 0) break;
  }
  return place;
}

std::string on_one_line(std::string_view inside) {
  const bool comment =
      inside.find("--") != std::string_view::npos || inside.find("/*") != std::string_view::npos;
  if (comment) return std::string(inside);
  std::string out;
  for (std::size_t place = 0; place < inside.size();) {
    const char c = inside[place];
    if (c == '\'' || c == '"') {
      const std::size_t end = past_quotes(inside, place);
      out += inside.substr(place, end - place);
      place = end;
    } else {
      out += c == '\n' || c == '\r' ? ' ' : c;
      ++place;
    }
  }
  return out;
}

/// ("a", "b"), as TypeORM takes it apart.
std::string column_list(std::string_view inside, const std::string& kind,
                        SqliteTableText::Key& key) {
  const std::vector<Token> tokens = tokens_of(inside.substr(1, inside.size() - 2));
  std::string out = "(";
  bool begins = true;
  for (const Token& token : tokens) {
    if (token.sign(',')) {
      out += ", ";
      begins = true;
      continue;
    }
    if (begins && token.name) {
      out += quoted(token.text);
      const bool own = key.table.empty() || kind == "UNIQUE";
      if (own) key.columns.push_back(token.text);
    } else {
      out += (begins ? "" : " ") + token.text;
    }
    begins = false;
  }
  return out + ")";
}

/// One item of CREATE TABLE on one line. What stands in parentheses keeps its text, for that is
/// what SQLite shows of a default; only line ends become blanks where no comment hides behind them.
class Item {
 public:
  explicit Item(std::string_view item) : item_(item) {}

  std::string write() {
    while (skip_blanks()) {
      if (item_[place_] == '(') {
        parentheses();
      } else if (item_[place_] == '\'') {
        take(past_quotes(item_, place_));
      } else {
        token();
      }
    }
    return out_;
  }

  /// "FOREIGN", "UNIQUE" ...; empty for a column.
  [[nodiscard]] const std::string& kind() const { return kind_; }
  [[nodiscard]] const SqliteTableText::Key& key() const { return key_; }

 private:
  bool skip_blanks() {
    const std::size_t begin = past_blanks(item_, place_);
    if (begin >= item_.size()) return false;
    if (begin > place_ && !out_.empty()) out_ += ' ';
    place_ = begin;
    return true;
  }

  void take(std::size_t end) {
    out_ += item_.substr(place_, end - place_);
    place_ = end;
  }

  void parentheses() {
    const std::size_t end = past_parentheses(item_, place_);
    const std::string_view inside = item_.substr(place_, end - place_);
    out_ += list_next_ ? column_list(inside, kind_, key_) : on_one_line(inside);
    list_next_ = false;
    place_ = end;
  }

  void token() {
    const std::size_t end = past_token(item_, place_);
    const Token token = tokens_of(item_.substr(place_, end - place_)).front();
    place_ = end;
    // [a]NOT NULL and (a)REFERENCES need no blank in SQL, but here.
    if (token.name && !out_.empty() && (out_.back() == '"' || out_.back() == ')')) out_ += ' ';
    const bool first = !std::exchange(begun_, true);
    if (first && starts_constraint(token)) {
      kind_ = to_upper(token.text);
    } else if (first) {
      out_ += quoted(token.text);  // The column's name.
      return;
    }
    if (std::exchange(name_next_, false)) {
      name(token.text);
      return;
    }
    out_ += token.quoted ? quoted(token.text) : token.text;
    if (!token.quoted) keyword(to_upper(token.text));
  }

  /// What stands behind CONSTRAINT or REFERENCES.
  void name(const std::string& text) {
    out_ += quoted(text);
    if (kind_ == "CONSTRAINT") {
      key_.name = text;
    } else if (kind_ == "FOREIGN" && key_.table.empty()) {
      key_.table = text;
    }
  }

  void keyword(const std::string& word) {
    const bool of_table = !kind_.empty();
    if (word == "CONSTRAINT" || word == "REFERENCES") {
      name_next_ = true;
      list_next_ = word == "REFERENCES";
    } else if (of_table && (word == "FOREIGN" || word == "UNIQUE" || word == "PRIMARY")) {
      kind_ = word;
      list_next_ = true;
    }
  }

  std::string_view item_;
  std::size_t place_ = 0;
  std::string out_;
  std::string kind_;
  SqliteTableText::Key key_;
  bool begun_ = false;
  bool name_next_ = false;
  bool list_next_ = false;  ///< Of columns.
};

/// Takes the statement apart, token by token, and the text of parentheses as it stands.
class Reader {
 public:
  explicit Reader(std::string_view sql) : sql_(sql) {}

  SqliteTableText run() {
    place_ = past_blanks(sql_, 0);
    head_begin_ = place_;
    if (!read_head()) {
      out_.sql = std::string(sql_);
      return std::move(out_);
    }
    std::vector<std::string> lines;
    for (const std::string_view item : items()) lines.push_back("  " + respelled(item));
    out_.sql = head_ + " (\n" + join(lines, ",\n") + ")";
    const std::string rest(trim(sql_.substr(place_)));
    if (!rest.empty()) out_.sql += " " + rest;
    out_.read = true;
    see_checks();
    see_auto_increment();
    return std::move(out_);
  }

 private:
  /// CREATE [TEMP] TABLE [IF NOT EXISTS] name (
  bool read_head() {
    const std::size_t open = open_parenthesis();
    if (open == std::string_view::npos) return false;
    const std::vector<Token> tokens = tokens_of(sql_.substr(head_begin_, open - head_begin_));
    if (tokens.size() < 3 || !tokens[0].is("CREATE") || !tokens[1].is("TABLE")) return false;
    if (!tokens.back().name || tokens.back().is("AS")) return false;
    out_.table = tokens.back().text;
    head_ = "CREATE TABLE " + quoted(out_.table);
    place_ = open + 1;
    return true;
  }

  std::size_t open_parenthesis() const {
    for (std::size_t place = head_begin_; place < sql_.size();) {
      const char c = sql_[place];
      if (c == '(') return place;
      if (c == '"' || c == '`' || c == '[' || c == '\'') {
        place = past_quotes(sql_, place);
      } else {
        const std::size_t next = past_blanks(sql_, place);
        place = next > place ? next : place + 1;
      }
    }
    return std::string_view::npos;
  }

  /// The texts between the commas; afterwards the place is behind the closing parenthesis.
  std::vector<std::string_view> items() {
    std::vector<std::string_view> result;
    std::size_t begin = place_;
    for (int depth = 0; place_ < sql_.size();) {
      const char c = sql_[place_];
      if (c == '"' || c == '`' || c == '[' || c == '\'') {
        place_ = past_quotes(sql_, place_);
        continue;
      }
      if (const std::size_t next = past_blanks(sql_, place_); next > place_) {
        place_ = next;
        continue;
      }
      if (c == '(') ++depth;
      if (c == ')' && depth-- == 0) {
        result.push_back(sql_.substr(begin, place_ - begin));
        ++place_;
        break;
      }
      if (c == ',' && depth == 0) {
        result.push_back(sql_.substr(begin, place_ - begin));
        begin = place_ + 1;
      }
      ++place_;
    }
    return result;
  }

  std::string respelled(std::string_view text) {
    Item item(text);
    std::string out = item.write();
    if (item.kind() == "FOREIGN" && !item.key().name.empty()) {
      out_.foreign_keys.push_back(item.key());
    }
    if (item.kind() == "UNIQUE" && !item.key().name.empty()) out_.uniques.push_back(item.key());
    return out;
  }

  /// /CONSTRAINT "([^"]*)" CHECK ?(\(.*?\))([,]|[)]$)/g
  void see_checks() {
    constexpr std::string_view before = "CONSTRAINT \"";
    const std::string& text = out_.sql;
    for (std::size_t place = text.find(before); place != std::string::npos;
         place = text.find(before, place + 1)) {
      const std::size_t name = place + before.size();
      const std::size_t end = text.find('"', name);
      if (end == std::string::npos) return;
      std::size_t open = end + 1;
      if (text.compare(open, 6, " CHECK") != 0) continue;
      open += 6;
      if (open < text.size() && text[open] == ' ') ++open;
      if (open >= text.size() || text[open] != '(') continue;
      const std::size_t line_end = std::min(text.find('\n', open), text.size());
      for (std::size_t close = text.find(')', open); close < line_end;
           close = text.find(')', close + 1)) {
        const bool comma = close + 1 < text.size() && text[close + 1] == ',';
        const bool last = close + 2 == text.size() && text[close + 1] == ')';
        if (!comma && !last) continue;
        out_.checks.insert(text.substr(name, end - name));
        break;
      }
    }
  }

  /// What stands in quotes before AUTOINCREMENT and behind the comma or parenthesis before it.
  void see_auto_increment() {
    const std::size_t found = to_upper(out_.sql).find("AUTOINCREMENT");
    if (found == std::string::npos) return;
    std::string text = out_.sql.substr(0, found);
    std::size_t begin = text.rfind(',');
    if (begin == std::string::npos) begin = text.rfind('(');
    if (begin == std::string::npos) return;
    text = text.substr(begin);
    const std::size_t end = text.rfind('"');
    if (end == std::string::npos) return;
    text = text.substr(0, end);
    const std::size_t first = text.find('"');
    out_.auto_increment = first == std::string::npos ? text : text.substr(first + 1);
  }

  std::string_view sql_;
  std::size_t place_ = 0;
  std::size_t head_begin_ = 0;
  std::string head_;
  SqliteTableText out_;
};

/// Whether all of `part` is among `whole`.
bool within(const std::vector<std::string>& part, const std::vector<std::string>& whole) {
  return std::all_of(part.begin(), part.end(), [&](const std::string& one) {
    return std::find(whole.begin(), whole.end(), one) != whole.end();
  });
}

}  // namespace

std::string SqliteTableText::foreign_key_name(const std::vector<std::string>& columns,
                                              const std::string& referenced) const {
  for (const Key& key : foreign_keys) {
    if (key.table == referenced && within(key.columns, columns)) return key.name;
  }
  return {};
}

std::string SqliteTableText::unique_name(const std::vector<std::string>& columns) const {
  for (const Key& key : uniques) {
    if (within(key.columns, columns)) return key.name;
  }
  return {};
}

SqliteTableText sqlite_table_text(std::string_view statement) { return Reader(statement).run(); }

}  // namespace relata::emit::typeorm
