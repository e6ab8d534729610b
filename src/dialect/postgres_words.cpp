#include "dialect/postgres_words.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/text.h"

namespace relata {
namespace {

bool starts_name(char c) {
  return is_ascii_letter(c) || c == '_' || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

bool continues_name(char c) { return starts_name(c) || is_ascii_digit(c) || c == '$'; }

bool is_operator_sign(char c) {
  return std::string_view("+-*/<>=~!@#%^&|`?").find(c) != std::string_view::npos;
}

/// Walks over a text and cuts off one token after the other.
class Tokenizer {
 public:
  explicit Tokenizer(std::string_view sql) : sql_(sql) {}

  std::vector<SqlToken> run() {
    while (skip_space()) next();
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < sql_.size() ? sql_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool sees(std::string_view text) const {
    return sql_.substr(at_).starts_with(text);
  }

  bool skip_space() {
    while (at_ < sql_.size() &&
           std::string_view(" \t\r\n\f\v").find(sql_[at_]) != std::string_view::npos) {
      ++at_;
    }
    return at_ < sql_.size();
  }

  void add(SqlTokenKind kind, std::size_t end, std::string text = {}) {
    end = std::min(end, sql_.size());
    tokens_.push_back({kind, std::move(text), at_, end});
    at_ = end;
  }

  void next() {
    const char c = peek();
    if (sees("--")) {
      const std::size_t end = sql_.find('\n', at_);
      add(SqlTokenKind::comment, end == std::string_view::npos ? sql_.size() : end);
    } else if (sees("/*")) {
      block_comment();
    } else if (c == '\'') {
      literal(at_ + 1, false);
    } else if (c == '"') {
      quoted_name();
    } else if (peek(1) == '\'' && std::string_view("eEbBxXnN").find(c) != std::string_view::npos) {
      literal(at_ + 2, c == 'e' || c == 'E');
    } else if ((c == 'u' || c == 'U') && peek(1) == '&' && peek(2) == '\'') {
      literal(at_ + 3, false);
    } else if (c == '$' && dollar_quote()) {
    } else if (starts_name(c)) {
      plain_name();
    } else if (is_ascii_digit(c)) {
      std::size_t end = at_;
      while (end < sql_.size() && (continues_name(sql_[end]) || sql_[end] == '.')) ++end;
      add(SqlTokenKind::number, end);
    } else if (sees("::")) {
      add(SqlTokenKind::sign, at_ + 2, "::");
    } else if (is_operator_sign(c)) {
      operation();
    } else {
      add(SqlTokenKind::sign, at_ + 1, std::string(1, c));
    }
  }

  void block_comment() {
    int depth = 0;
    std::size_t end = at_;
    while (end < sql_.size()) {
      if (sql_.substr(end).starts_with("/*")) {
        ++depth;
        end += 2;
      } else if (sql_.substr(end).starts_with("*/")) {
        end += 2;
        if (--depth == 0) break;
      } else {
        ++end;
      }
    }
    add(SqlTokenKind::comment, end);
  }

  void literal(std::size_t from, bool escapes) {
    std::string value;
    std::size_t end = from;
    for (; end < sql_.size(); ++end) {
      if (escapes && sql_[end] == '\\') {
        ++end;
      } else if (sql_[end] == '\'') {
        if (end + 1 >= sql_.size() || sql_[end + 1] != '\'') break;
        ++end;
      }
      if (end < sql_.size()) value += sql_[end];
    }
    add(SqlTokenKind::text, end + 1, std::move(value));
  }

  void quoted_name() {
    std::string value;
    std::size_t end = at_ + 1;
    for (; end < sql_.size(); ++end) {
      if (sql_[end] == '"') {
        if (end + 1 >= sql_.size() || sql_[end + 1] != '"') break;
        ++end;
      }
      value += sql_[end];
    }
    add(SqlTokenKind::quoted_name, end + 1, std::move(value));
  }

  void plain_name() {
    std::size_t end = at_;
    while (end < sql_.size() && continues_name(sql_[end])) ++end;
    add(SqlTokenKind::name, end, to_lower(sql_.substr(at_, end - at_)));
  }

  bool dollar_quote() {
    std::size_t end = at_ + 1;
    if (is_ascii_digit(peek(1))) return false;
    while (end < sql_.size() && sql_[end] != '$' && continues_name(sql_[end])) ++end;
    if (end >= sql_.size() || sql_[end] != '$') return false;
    const std::string_view mark = sql_.substr(at_, end + 1 - at_);
    const std::size_t close = sql_.find(mark, end + 1);
    const std::string_view value = sql_.substr(end + 1, close - std::min(end + 1, close));
    add(SqlTokenKind::text, close == std::string_view::npos ? sql_.size() : close + mark.size(),
        std::string(value));
    return true;
  }

  void operation() {
    std::size_t end = at_;
    while (end < sql_.size() && is_operator_sign(sql_[end]) &&
           !sql_.substr(end).starts_with("--") && !sql_.substr(end).starts_with("/*")) {
      ++end;
    }
    add(SqlTokenKind::sign, end, std::string(sql_.substr(at_, end - at_)));
  }

  std::string_view sql_;
  std::size_t at_ = 0;
  std::vector<SqlToken> tokens_;
};

template <std::size_t N>
bool is_one_of(const SqlToken& token, const std::array<std::string_view, N>& words) {
  return token.kind == SqlTokenKind::name &&
         std::find(words.begin(), words.end(), token.text) != words.end();
}

constexpr std::array<std::string_view, 7> before_relations{"from", "join",  "into",      "update",
                                                           "only", "table", "references"};
/// Functions whose first argument names something.
constexpr std::array<std::string_view, 12> naming_functions{
    "nextval",          "currval",
    "setval",           "to_regclass",
    "to_tsvector",      "to_tsquery",
    "plainto_tsquery",  "pg_get_serial_sequence",
    "phraseto_tsquery", "websearch_to_tsquery",
    "ts_headline",      "ts_lexize"};
/// Types whose literals do.
constexpr std::array<std::string_view, 5> naming_types{"regclass", "regconfig", "regdictionary",
                                                       "regcollation", "regtype"};

bool is_name(const SqlToken& token) {
  return token.kind == SqlTokenKind::name || token.kind == SqlTokenKind::quoted_name;
}

/// Finds the names among tokens without comments.
class WordFinder {
 public:
  explicit WordFinder(std::vector<SqlToken> tokens) : tokens_(std::move(tokens)) {}

  std::vector<SqlWord> run() {
    while (at_ < tokens_.size()) {
      const SqlToken& token = tokens_[at_];
      if (is_name(token)) {
        chain();
        continue;
      }
      if (token.kind == SqlTokenKind::text && names_something()) {
        for (SqlWord& word : postgres_words(token.text)) {
          word.place = WordPlace::relation;
          words_.push_back(std::move(word));
        }
      } else if (token.kind == SqlTokenKind::sign) {
        sign(token.text);
      }
      ++at_;
    }
    return std::move(words_);
  }

 private:
  [[nodiscard]] const SqlToken& token(std::size_t place) const {
    static const SqlToken none;
    return place < tokens_.size() ? tokens_[place] : none;
  }
  [[nodiscard]] const SqlToken& before(std::size_t count) const {
    return token(at_ >= count ? at_ - count : tokens_.size());
  }

  void sign(const std::string& text) {
    if (text == "(") {
      casts_.push_back(before(1).is(SqlTokenKind::name, "cast"));
    } else if (text == ")") {
      if (!casts_.empty()) casts_.pop_back();
    } else if (is_operator_sign(text.front())) {
      words_.push_back({{}, text, WordPlace::operation});
    }
  }

  [[nodiscard]] bool names_something() const {
    if (token(at_ + 1).is(SqlTokenKind::sign, "::")) {
      return is_one_of(token(at_ + 2), naming_types);
    }
    return before(1).is(SqlTokenKind::sign, "(") && is_one_of(before(2), naming_functions);
  }

  [[nodiscard]] WordPlace place_of(std::size_t begin, std::size_t end) const {
    std::size_t previous = begin;
    while (previous > 0 && tokens_[previous - 1].is(SqlTokenKind::sign, "(")) --previous;
    const bool has_previous = previous > 0;
    if (has_previous && is_one_of(tokens_[previous - 1], before_relations)) {
      return WordPlace::relation;
    }
    if (begin > 0 && tokens_[begin - 1].is(SqlTokenKind::sign, "::")) return WordPlace::type;
    if (begin > 0 && tokens_[begin - 1].is(SqlTokenKind::name, "as") && !casts_.empty() &&
        casts_.back()) {
      return WordPlace::type;
    }
    if (token(end).is(SqlTokenKind::sign, "(")) return WordPlace::call;
    if (token(end).kind == SqlTokenKind::text) return WordPlace::type;
    return WordPlace::plain;
  }

  void chain() {
    const std::size_t begin = at_;
    std::vector<std::string> names{tokens_[at_++].text};
    while (token(at_).is(SqlTokenKind::sign, ".") && is_name(token(at_ + 1))) {
      names.push_back(tokens_[at_ + 1].text);
      at_ += 2;
    }
    SqlWord word{{}, names.front(), place_of(begin, at_)};
    if (names.size() > 1) {
      word.schema = names[0];
      word.name = names[1];
    }
    words_.push_back(std::move(word));
  }

  std::vector<SqlToken> tokens_;
  std::size_t at_ = 0;
  std::vector<bool> casts_;  ///< For each open parenthesis, whether it is CAST's.
  std::vector<SqlWord> words_;
};

/// What the grammar does not take in DEFAULT without parentheses.
constexpr std::array<std::string_view, 14> loose_words{
    "and",     "or",     "not",     "is",      "in",      "like", "ilike",
    "between", "isnull", "notnull", "similar", "collate", "at",   "overlaps"};

}  // namespace

std::vector<SqlToken> postgres_tokens(std::string_view sql) { return Tokenizer(sql).run(); }

std::vector<SqlWord> postgres_words(std::string_view sql) {
  std::vector<SqlToken> tokens = postgres_tokens(sql);
  std::erase_if(tokens, [](const SqlToken& t) { return t.kind == SqlTokenKind::comment; });
  return WordFinder(std::move(tokens)).run();
}

std::string closed_text(std::string_view sql) {
  std::string text(trim(sql));
  if (text.find("--") == std::string::npos) return text;
  const std::vector<SqlToken> tokens = postgres_tokens(text);
  if (!tokens.empty() && tokens.back().kind == SqlTokenKind::comment) text += '\n';
  return text;
}

std::string in_parentheses(std::string_view sql) {
  const std::string text = closed_text(sql);
  if (text.starts_with('(')) {
    const std::vector<SqlToken> tokens = postgres_tokens(text);
    int depth = 0;
    std::size_t place = 0;
    for (; place < tokens.size(); ++place) {
      if (tokens[place].is(SqlTokenKind::sign, "(")) ++depth;
      if (tokens[place].is(SqlTokenKind::sign, ")") && --depth == 0) break;
    }
    if (place + 1 == tokens.size()) return text;
  }
  return "(" + text + ")";
}

std::string default_text(std::string_view sql) {
  std::string text = closed_text(sql);
  int depth = 0;
  for (const SqlToken& token : postgres_tokens(text)) {
    if (token.kind == SqlTokenKind::sign && (token.text == "(" || token.text == "[")) ++depth;
    if (token.kind == SqlTokenKind::sign && (token.text == ")" || token.text == "]")) --depth;
    if (depth == 0 && is_one_of(token, loose_words)) return "(" + text + ")";
  }
  return text;
}

}  // namespace relata
