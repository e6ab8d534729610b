#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <vector>

#include "base/text.h"
#include "dialect/reserved_words.h"
#include "syntax/mysql/canonical_forms.h"
#include "syntax/mysql/normalize_tree.h"
#include "syntax/mysql/parser.h"
#include "syntax/mysql/partitions.h"
#include "syntax/mysql/tokens.h"
#include "syntax/mysql/types.h"

namespace relata::syntax::mysql {

namespace {

/// Reads the head of a program's statement and gives it back in one order.
class ProgramReader {
 public:
  explicit ProgramReader(std::string_view sql) : tokens_(tokenize(sql)) {}

  std::string read() {
    accept("create");
    if (accept("aggregate")) add("aggregate");
    if (accept("trigger")) return read_trigger();
    if (accept("event")) return read_event();
    if (at("procedure") || at("function")) return read_routine();
    return {};
  }

 private:
  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const {
    return tokens_[std::min(position_ + ahead, tokens_.size() - 1)];
  }
  [[nodiscard]] bool at_end() const { return peek().kind == TokenKind::end; }
  [[nodiscard]] bool at(std::string_view word, std::size_t ahead = 0) const {
    return is_word(peek(ahead), word);
  }
  bool accept(std::string_view word) {
    if (!at(word)) return false;
    ++position_;
    return true;
  }
  void add(std::string_view text) {
    if (!result_.empty()) result_ += ' ';
    result_ += text;
  }
  void add_name() {
    // The database's own name is not part of it.
    std::string name = identifier_value(peek());
    ++position_;
    if (is_symbol(peek(), ".")) {
      ++position_;
      name = identifier_value(peek());
      ++position_;
    }
    add(quoted_identifier(name));
  }

  std::string read_trigger() {
    add("trigger");
    add_name();
    for (int i = 0; i < 3 && !at_end(); ++i) add(to_lower(tokens_[position_++].text));
    add_name();
    for (const char* word : {"for", "each", "row"}) accept(word);
    if (at("follows") || at("precedes")) {
      position_ += 2;
      if (is_symbol(peek(), ".")) position_ += 2;
    }
    return body();
  }

  std::string read_routine() {
    add(to_lower(tokens_[position_++].text));
    add_name();
    read_parameters();
    if (accept("returns")) add("returns " + type(false));
    read_characteristics();
    return body();
  }

  void read_parameters() {
    if (!is_symbol(peek(), "(")) return;
    ++position_;
    std::vector<std::string> parameters;
    while (!at_end() && !is_symbol(peek(), ")")) {
      std::string mode = "in";
      if ((at("in") || at("out") || at("inout")) && !is_symbol(peek(1), ",")) {
        mode = to_lower(tokens_[position_++].text);
      }
      const std::string name = to_lower(identifier_value(peek()));
      ++position_;
      parameters.push_back(mode + " " + name + " " + type(true));
      if (is_symbol(peek(), ",")) ++position_;
    }
    ++position_;
    add("(" + join(parameters, ", ") + ")");
  }

  /// A type up to the end of the parameter or the words that follow a RETURNS. Its character set is
  /// left out: the server shows the database's where none was said.
  std::string type(bool parameter) {
    std::string text;
    std::size_t depth = 0;
    while (!at_end()) {
      if (is_symbol(peek(), "(")) ++depth;
      if (is_symbol(peek(), ")")) {
        if (depth == 0) break;
        --depth;
      }
      if (depth == 0 && parameter && is_symbol(peek(), ",")) break;
      if (depth == 0 && (at("charset") || at("collate"))) {
        position_ += 2;
        continue;
      }
      if (depth == 0 && at("character") && at("set", 1)) {
        position_ += 3;
        continue;
      }
      if (depth == 0 && !text.empty() && !parameter && !continues_type()) break;
      text += (text.empty() ? "" : " ") + std::string(peek().text);
      ++position_;
    }
    return column_type(text).spelling;
  }

  [[nodiscard]] bool continues_type() const {
    if (peek().kind == TokenKind::symbol) return is_symbol(peek(), "(") || is_symbol(peek(), ")");
    static constexpr std::string_view words[] = {"unsigned",  "signed",  "zerofill",
                                                 "precision", "varying", "character",
                                                 "char",      "varchar", "binary"};
    return std::ranges::any_of(words, [&](std::string_view word) { return at(word); });
  }

  void read_characteristics() {
    std::vector<std::string> said;
    for (;;) {
      if (at("contains") && at("sql", 1)) {
        position_ += 2;
      } else if (at("no") && at("sql", 1)) {
        position_ += 2;
        said.emplace_back("no sql");
      } else if ((at("reads") || at("modifies")) && at("sql", 1)) {
        said.push_back(to_lower(peek().text) + " sql data");
        position_ += 3;
      } else if (at("not") && at("deterministic", 1)) {
        position_ += 2;
      } else if (accept("deterministic")) {
        said.emplace_back("deterministic");
      } else if (at("language") && at("sql", 1)) {
        position_ += 2;
      } else if (at("sql") && at("security", 1)) {
        if (at("invoker", 2)) said.emplace_back("sql security invoker");
        position_ += 3;
      } else if (accept("comment")) {
        const std::string comment = string_value(peek().text);
        ++position_;
        if (!comment.empty()) said.push_back("comment " + quoted_string(comment));
      } else {
        break;
      }
    }
    std::ranges::sort(said);
    for (const std::string& characteristic : said) add(characteristic);
  }

  std::string read_event() {
    add("event");
    add_name();
    while (!at_end() && !at("do")) {
      if (at("on") && at("completion", 1)) {
        const bool negated = at("not", 2);
        if (!negated) add("on completion preserve");
        position_ += negated ? 4 : 3;
      } else if (at("enable")) {
        ++position_;
      } else if (at("comment") && peek(1).kind == TokenKind::string) {
        const std::string comment = string_value(peek(1).text);
        if (!comment.empty()) add("comment " + quoted_string(comment));
        position_ += 2;
      } else if ((at("starts") || at("ends")) && peek(1).kind != TokenKind::string) {
        // A moment that is computed is known only to the server.
        ++position_;
        while (!at_end() && !at("ends") && !at("on") && !at("do") && !at("enable") &&
               !at("disable") && !at("comment")) {
          ++position_;
        }
      } else {
        const Token& token = peek();
        const bool amount = token.kind == TokenKind::string &&
                            token.text.find_first_not_of("'\"0123456789") == std::string::npos;
        add(amount ? string_value(token.text) : to_lower(token.text));
        ++position_;
      }
    }
    accept("do");
    return body();
  }

  /// The rest by its tokens, as they are: white space and comments do not matter, nor does the case
  /// of key words.
  std::string body() {
    while (!at_end()) {
      const Token& token = peek();
      if (is_key_word(token)) {
        add(to_lower(token.text));
      } else if (!(is_symbol(token, ";") && peek(1).kind == TokenKind::end)) {
        add(token.text);
      }
      ++position_;
    }
    return std::move(result_);
  }

  /// What names nothing of the database unless it is quoted; of the words that are not reserved,
  /// those of which programs are full.
  static bool is_key_word(const Token& token) {
    static constexpr std::string_view others[] = {"begin", "end", "new", "old"};
    return token.kind == TokenKind::word &&
           (is_mysql_reserved(to_lower(token.text)) ||
            std::ranges::any_of(others,
                                [&](std::string_view word) { return is_word(token, word); }));
  }

  std::vector<Token> tokens_;
  std::size_t position_ = 0;
  std::string result_;
};

/// TO_DAYS(date): days since the year 0 (the days of the Gregorian calendar before 1970-01-01 are
/// 719528).
std::optional<std::int64_t> days_of(std::string_view date) {
  int parts[3] = {0, 0, 0};
  const char* next = date.data();
  const char* end = date.data() + date.size();
  for (int& part : parts) {
    const auto parsed = std::from_chars(next, end, part);
    if (parsed.ec != std::errc()) return std::nullopt;
    next = parsed.ptr == end ? end : parsed.ptr + 1;
  }
  const std::chrono::year_month_day day{std::chrono::year(parts[0]),
                                        std::chrono::month(static_cast<unsigned>(parts[1])),
                                        std::chrono::day(static_cast<unsigned>(parts[2]))};
  if (!day.ok()) return std::nullopt;
  return std::chrono::sys_days(day).time_since_epoch().count() + 719528;
}

std::optional<std::int64_t> integer_of(const Node& node) {
  std::int64_t value = 0;
  const char* end = node.text.data() + node.text.size();
  const auto parsed = std::from_chars(node.text.data(), end, value);
  if (node.kind != NodeKind::number || parsed.ptr != end || parsed.ec != std::errc()) {
    return std::nullopt;
  }
  return value;
}

/// The server keeps the bounds of partitions as the values that they come to: sums, and days and
/// years of dates.
Node folded(Node node) {
  for (Node& argument : node.arguments) argument = folded(std::move(argument));
  const std::vector<Node>& arguments = node.arguments;
  std::optional<std::int64_t> value;
  if (node.kind == NodeKind::call && arguments.size() == 1 &&
      arguments[0].kind == NodeKind::string) {
    if (node.text == "to_days") value = days_of(arguments[0].text);
    const std::string_view date = arguments[0].text;
    if (node.text == "year") {
      value = integer_of(make_node(NodeKind::number, std::string(date.substr(0, date.find('-')))));
    }
  } else if (node.kind == NodeKind::binary && arguments.size() == 2) {
    const auto left = integer_of(arguments[0]);
    const auto right = integer_of(arguments[1]);
    std::int64_t result = 0;
    const bool fits = left && right &&
                      ((node.text == "+" && !__builtin_add_overflow(*left, *right, &result)) ||
                       (node.text == "-" && !__builtin_sub_overflow(*left, *right, &result)) ||
                       (node.text == "*" && !__builtin_mul_overflow(*left, *right, &result)));
    if (fits) value = result;
  }
  return value ? make_node(NodeKind::number, std::to_string(*value)) : std::move(node);
}

/// An expression, or a list of them, in one spelling.
std::string canonical_list(const std::string& sql, bool bounds = false) {
  if (sql.empty()) return {};
  const std::string list = "(" + sql + ")";
  Parser parser(list);
  Node node = parser.expression();
  if (parser.failed() || !parser.at_end()) return canonical_tokens(sql);
  node = normalized(std::move(node), false);
  if (!bounds) return canonical_text(node);
  return canonical_text(folded(std::move(node)));
}

/// Values whose order does not matter.
std::string canonical_set(const std::string& sql) {
  const std::string list = "(" + sql + ")";
  Parser parser(list);
  Node node = parser.expression();
  if (parser.failed() || !parser.at_end()) return canonical_tokens(sql);
  node = folded(normalized(std::move(node), false));
  if (node.kind != NodeKind::row) return canonical_text(node);
  std::vector<std::string> values;
  for (const Node& value : node.arguments) values.push_back(canonical_text(value));
  std::ranges::sort(values);
  return join(values, ", ");
}

void settle(Partition& partition) {
  const std::size_t open = partition.values.find('(');
  if (open != std::string::npos) {
    const std::string inner = partition.values.substr(open + 1, partition.values.size() - open - 2);
    const std::string kind = partition.values.substr(0, open);
    partition.values =
        kind + "(" + (kind == "in " ? canonical_set(inner) : canonical_list(inner, true)) + ")";
  }
  for (Partition& inner : partition.subpartitions) settle(inner);
}

}  // namespace

std::string canonical_tokens(std::string_view sql) {
  std::string result;
  for (const Token& token : tokenize(sql)) {
    if (token.kind == TokenKind::end) break;
    if (!result.empty()) result += ' ';
    if (token.kind == TokenKind::word || token.kind == TokenKind::identifier) {
      result += to_lower(identifier_value(token));
    } else if (token.kind == TokenKind::string) {
      result += quoted_string(string_value(token.text));
    } else {
      result += token.text;
    }
  }
  return result;
}

std::string canonical_program(std::string_view sql) { return ProgramReader(sql).read(); }

std::string canonical_partitions(std::string_view sql) {
  const std::vector<Token> tokens = tokenize(sql);
  std::size_t position = 0;
  std::optional<Partitions> partitions = read_partitions(tokens, position);
  if (!partitions) return canonical_tokens(sql);
  partitions->expression = canonical_list(partitions->expression);
  partitions->subexpression = canonical_list(partitions->subexpression);
  for (Partition& partition : partitions->partitions) settle(partition);
  // Partitions that are only counted have the names p0, p1 ... and are shown by their number.
  if (partitions->partitions.empty() && partitions->count == 0) partitions->count = 1;
  std::string result = partition_clause(*partitions);
  if (partitions->count == 1) result += "\nPARTITIONS 1";
  return result;
}

}  // namespace relata::syntax::mysql
