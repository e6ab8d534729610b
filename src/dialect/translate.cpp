// SQL of one engine in the words of another, token by token. What is not known to mean the same on
// both sides is refused: a text that is left out with a message is better than one that fails, or
// means something else.

#include "dialect/translate.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "dialect/convert_meaning.h"
#include "dialect/translate_words.h"
#include "model/questions.h"

namespace relata {
namespace {

constexpr int deepest_nesting = 100;

struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

class Translator {
 public:
  Translator(std::vector<Token> tokens, const SqlDialect& source, const SqlDialect& target,
             const KnownNames& names)
      : tokens_(std::move(tokens)), source_(source), target_(target), names_(names) {
    find_aliases();
  }

  Translation run() {
    std::string text = translate({0, tokens_.size()}, 0, false);
    if (!obstacle_.empty()) return {{}, obstacle_};
    return {std::move(text), {}};
  }

 private:
  struct State {
    bool in_from = false;             ///< Between FROM and the next clause.
    bool wants_relation = false;      ///< The next name is a table's.
    bool wants_condition = false;     ///< A truth value begins here.
    std::size_t operand = 0;          ///< Where the last operand begins in the output.
    std::optional<ValueClass> left;   ///< Of the operand before a comparison.
    std::optional<ValueClass> last;   ///< Of the last operand.
    bool compares = false;            ///< A comparison stands in front of the next operand.
    bool calculates = false;          ///< An arithmetic operator does.
    std::optional<ValueClass> whole;  ///< Of all operands together, while it is plain.
    std::size_t operands = 0;
    std::vector<std::size_t> cases;  ///< Where each CASE that is open begins in the output.
  };

  void refuse(std::string what) {
    if (obstacle_.empty()) obstacle_ = std::move(what);
  }

  [[nodiscard]] bool is(std::size_t at, std::string_view symbol) const {
    return at < tokens_.size() && tokens_[at].kind == TokenKind::symbol &&
           tokens_[at].text == symbol;
  }
  [[nodiscard]] std::string word(std::size_t at) const {
    return at < tokens_.size() && tokens_[at].kind == TokenKind::word ? to_lower(tokens_[at].text)
                                                                      : std::string{};
  }
  [[nodiscard]] bool is_name(std::size_t at) const {
    if (at >= tokens_.size()) return false;
    if (tokens_[at].kind == TokenKind::quoted_name) return true;
    return tokens_[at].kind == TokenKind::word && !is_common_word(word(at)) && !is_own_word(at);
  }

  /// Whether the word begins what some engine understands in its own way, rather than naming a
  /// table or column of the schema.
  [[nodiscard]] bool is_own_word(std::size_t at) const {
    const std::string lower = word(at);
    if (!is_word_of_some(lower)) return false;
    return is(at + 1, "(") || word(at + 1) == "join" || word(at + 1) == "outer" ||
           (names_.column(lower).empty() && names_.relation({}, lower).empty());
  }

  /// Aliases of tables and columns, wherever they are introduced.
  void find_aliases() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const bool after_as = i > 0 && word(i - 1) == "as" && is_name(i);
      const bool behind =
          i > 0 && is_name(i) && !is(i + 1, ".") && !is(i + 1, "(") &&
          (is_name(i - 1) || is(i - 1, ")") || tokens_[i - 1].kind == TokenKind::number ||
           tokens_[i - 1].kind == TokenKind::string || word(i - 1) == "end");
      const bool common_table = is_name(i) && word(i + 1) == "as" && is(i + 2, "(");
      if (after_as || behind || common_table) {
        aliases_.emplace(to_lower(tokens_[i].text), tokens_[i].text);
      }
      if (common_table) common_tables_.insert(to_lower(tokens_[i].text));
    }
  }

  /// The place of the parenthesis that closes the one at `open`.
  [[nodiscard]] std::size_t closing(std::size_t open, std::size_t end) const {
    int depth = 0;
    for (std::size_t i = open; i < end; ++i) {
      if (is(i, "(")) ++depth;
      if (is(i, ")") && --depth == 0) return i;
    }
    return end;
  }

  [[nodiscard]] std::vector<Range> arguments(Range range) const {
    std::vector<Range> list;
    if (range.begin >= range.end) return list;
    int depth = 0;
    std::size_t start = range.begin;
    for (std::size_t i = range.begin; i < range.end; ++i) {
      if (is(i, "(")) ++depth;
      if (is(i, ")")) --depth;
      if (depth == 0 && is(i, ",")) {
        list.push_back({start, i});
        start = i + 1;
      }
    }
    list.push_back({start, range.end});
    return list;
  }

  /// `joined`: the range is a part of FROM in parentheses.
  std::string translate(Range range, int depth, bool joined) {
    if (depth > deepest_nesting) refuse("its depth");
    std::string out;
    State state;
    state.wants_condition = depth > 0;
    state.in_from = state.wants_relation = joined && word(range.begin) != "select";
    if (word(range.begin) == "select" && strictly()) check_grouping(range);
    std::size_t i = range.begin;
    while (i < range.end && obstacle_.empty()) {
      const Token& token = tokens_[i];
      const std::string before = i == range.begin ? "" : token.before;
      switch (token.kind) {
        case TokenKind::string:
          operand(out, before, target_.string_literal(token.text), ValueClass::text, state, true);
          if (token.text.find('\0') != std::string::npos) refuse("a zero byte");
          ++i;
          break;
        case TokenKind::number:
          if (token.text.find_first_not_of("0123456789.eE+-") != std::string::npos) {
            refuse("the number " + token.text);
          }
          operand(out, before, token.text, ValueClass::number, state, true);
          ++i;
          break;
        case TokenKind::symbol:
          i = symbol(i, range.end, out, before, state, depth);
          break;
        case TokenKind::word:
        case TokenKind::quoted_name:
          i = name_or_word(i, range.end, out, before, state, depth);
          break;
      }
    }
    result_ = state.whole;
    return out;
  }

  /// Adds an operand; with the comparison in front of it the two must be of one class.
  void operand(std::string& out, const std::string& before, const std::string& text,
               std::optional<ValueClass> kind, State& state, bool literal) {
    out += before;
    state.operand = out.size();
    std::string spelled = text;
    if (state.compares && strictly()) {
      if (literal && state.left == ValueClass::boolean && (text == "1" || text == "0")) {
        spelled = text == "1" ? "true" : "false";
      } else if (!state.left || !kind || !alike(*state.left, *kind, literal)) {
        refuse("a comparison whose types are not known to be alike");
      }
    }
    if (state.calculates && strictly() && kind != ValueClass::number) {
      refuse("arithmetic on what is not known to be a number");
    }
    state.whole = state.operands == 0 || (state.calculates && kind == state.whole)
                      ? kind
                      : std::optional<ValueClass>{};
    if (state.compares && state.operands == 1) state.whole = ValueClass::boolean;
    ++state.operands;
    state.compares = state.calculates = false;
    state.wants_relation = false;
    state.last = kind;
    out += spelled;
  }

  /// Whether the target minds types that the source does not.
  [[nodiscard]] bool strictly() const {
    return target_.compares_strictly() && !source_.compares_strictly();
  }

  static bool alike(ValueClass left, ValueClass right, bool literal) {
    if (left == right) return true;
    // A string literal takes the type of what it is compared with.
    return literal && right == ValueClass::text &&
           (left == ValueClass::moment || left == ValueClass::time || left == ValueClass::json ||
            left == ValueClass::other);
  }

  std::size_t symbol(std::size_t i, std::size_t end, std::string& out, const std::string& before,
                     State& state, int depth) {
    const std::string& text = tokens_[i].text;
    if (text == "(") {
      const std::size_t close = closing(i, end);
      if (close == end) refuse("a parenthesis that is not closed");
      std::string inner = translate({i + 1, close}, depth + 1, state.wants_relation);
      if (state.in_from) state.wants_relation = false;
      operand(out, before,
              "(" + (i + 1 < close ? tokens_[i + 1].before : "") + inner +
                  (close < tokens_.size() ? tokens_[close].before : "") + ")",
              result_, state, false);
      return close + 1;
    }
    if (text == "::") return cast_behind(i, end, out, state);
    if (text == "||") return concatenation(i, out, before, state);
    if (text == "*" && i > 0 && is(i - 1, ",") && !target_.selects_star_anywhere()) {
      refuse("* behind other columns");
    }
    if (text == "/" && !divides_alike()) refuse("the division of whole numbers");
    const std::string spelled = text == "!=" || text == "==" ? (text == "==" ? "=" : "<>") : text;
    if (!is_common_symbol(spelled)) refuse("the operator " + text);
    out += before + spelled;
    if (is_comparison(spelled)) {
      state.left = state.last;
      state.compares = true;
    } else if (is_arithmetic(spelled) && state.last) {
      if (strictly() && state.last != ValueClass::number) {
        refuse("arithmetic on what is not known to be a number");
      }
      state.calculates = true;
    } else if (is_arithmetic(spelled) && strictly() && i > 0 &&
               (is(i - 1, ")") || word(i - 1) == "end")) {
      refuse("arithmetic on what is not known to be a number");
    } else if (text == "," && state.in_from) {
      state.wants_relation = true;
    }
    state.last.reset();
    return i + 1;
  }

  /// MySQL divides whole numbers into fractions.
  [[nodiscard]] bool divides_alike() const {
    return source_.counts_without_sign() == target_.counts_without_sign();
  }

  /// Only where || joins texts on both sides.
  std::size_t concatenation(std::size_t i, std::string& out, const std::string& before,
                            State& state) {
    if (source_.counts_without_sign() || target_.counts_without_sign()) refuse("the operator ||");
    out += before + "||";
    state.last.reset();
    return i + 1;
  }

  /// operand::type, PostgreSQL's own form of CAST.
  std::size_t cast_behind(std::size_t i, std::size_t end, std::string& out, State& state) {
    std::size_t at = i + 1;
    std::string type;
    while (at < end && (tokens_[at].kind == TokenKind::word ||
                        tokens_[at].kind == TokenKind::quoted_name || is(at, "."))) {
      const std::string part = to_lower(tokens_[at].text);
      const bool goes_on = type.empty() || type.back() == '.' || part == "." || part == "varying" ||
                           part == "precision" || part == "time" || part == "zone" ||
                           part == "with" || part == "without";
      if (!goes_on) break;
      type += (type.empty() || type.back() == '.' || part == "." ? "" : " ") + part;
      ++at;
    }
    if (is(at, "(")) at = closing(at, end) + 1;
    if (is(at, "[")) refuse("an array");
    const std::string operand_text = out.substr(std::min(state.operand, out.size()));
    const bool literal = !operand_text.empty() &&
                         (operand_text.front() == '\'' || is_ascii_digit(operand_text.front()));
    const CastRow* row = find_cast(type);
    if ((literal && !is_read_in_own_way(type)) || operand_text == "NULL" ||
        operand_text == "null") {
      return at;
    }
    if (row == nullptr) {
      refuse("the type " + type);
      return at;
    }
    const std::string_view name = name_in(*row, target_);
    if (name.empty()) refuse("the type " + type);
    // Text is compared as it is.
    if (row->postgres == "text") return at;
    out = out.substr(0, state.operand) + "CAST(" + operand_text + " AS " + std::string(name) + ")";
    return at;
  }

  std::size_t name_or_word(std::size_t i, std::size_t end, std::string& out,
                           const std::string& before, State& state, int depth) {
    const Token& token = tokens_[i];
    const std::string lower = token.kind == TokenKind::word ? to_lower(token.text) : std::string{};
    // A character set in front of a string: _utf8mb4'x'.
    if (!lower.empty() && lower.front() == '_' && i + 1 < end &&
        tokens_[i + 1].kind == TokenKind::string) {
      return i + 1;
    }
    const bool qualified = i > 0 && is(i - 1, ".");
    if (!lower.empty() && !qualified) {
      if (is(i + 1, "(") && !is_common_word(lower)) {
        return call(i, end, out, before, state, depth);
      }
      if (is_common_word(lower)) {
        keyword(lower, i, end, state);
        out += before;
        mark_operand(lower, out, state);
        out += token.text;
        return i + 1;
      }
      if (lower == "current_timestamp" || lower == "current_date") {
        if (is(i + 1, "(")) refuse("the function " + lower);
        operand(out, before, token.text, ValueClass::moment, state, false);
        return i + 1;
      }
      if (is_own_word(i)) {
        refuse("the word " + to_upper(lower));
        return i + 1;
      }
    }
    return name(i, end, out, before, state);
  }

  /// Words that are an operand, or begin one, that a cast may stand behind.
  static void mark_operand(const std::string& lower, const std::string& out, State& state) {
    if (lower == "null" || lower == "true" || lower == "false") state.operand = out.size();
    if (lower == "case") state.cases.push_back(out.size());
    if (lower == "end" && !state.cases.empty()) {
      state.operand = state.cases.back();
      state.cases.pop_back();
    }
  }

  void keyword(const std::string& lower, std::size_t i, std::size_t end, State& state) {
    static const std::set<std::string> clauses{"where", "group",  "order",     "having", "limit",
                                               "union", "except", "intersect", "select"};
    if (lower == "from" || lower == "join") {
      state.in_from = true;
      state.wants_relation = true;
    }
    if (clauses.count(lower) > 0) state.in_from = false;
    if (lower == "limit" && is(i + 2, ",")) refuse("LIMIT with two numbers");
    if (lower == "distinct" && word(i + 1) == "on") refuse("DISTINCT ON");
    if (lower == "with" && word(i + 1) == "recursive") refuse("WITH RECURSIVE");
    if ((lower == "true" || lower == "false") && i < end) state.last = ValueClass::boolean;
    if (lower == "in" || lower == "between" || lower == "like") {
      if (strictly() && (!state.last || *state.last == ValueClass::boolean)) {
        refuse("a comparison whose types are not known to be alike");
      }
    }
    state.wants_condition = lower == "where" || lower == "and" || lower == "or" || lower == "not" ||
                            lower == "on" || lower == "having" || lower == "when";
  }

  std::size_t call(std::size_t i, std::size_t end, std::string& out, const std::string& before,
                   State& state, int depth) {
    const std::string function = to_lower(tokens_[i].text);
    const std::size_t close = closing(i + 1, end);
    if (close == end) {
      refuse("a parenthesis that is not closed");
      return end;
    }
    const std::vector<Range> ranges = arguments({i + 2, close});
    if (function == "cast") {
      operand(out, before, cast(i + 2, close, depth), {}, state, false);
      return close + 1;
    }
    if (function == "concat" && source_.counts_without_sign()) {
      std::vector<std::string> parts;
      for (const Range& range : ranges) parts.push_back(part(range, depth));
      operand(out, before, "(" + join(parts, " || ") + ")", ValueClass::text, state, false);
      return close + 1;
    }
    if ((function == "if" || function == "iif") && ranges.size() == 3) {
      const std::string condition = part(ranges[0], depth);
      if (strictly() && result_ != ValueClass::boolean) {
        refuse("a condition that is not known to be a truth value");
      }
      const std::string value = part(ranges[1], depth);
      operand(
          out, before,
          "CASE WHEN " + condition + " THEN " + value + " ELSE " + part(ranges[2], depth) + " END",
          {}, state, false);
      return close + 1;
    }
    const FunctionRow* row = find_function(function, source_, ranges.size());
    const std::string_view name = row == nullptr ? std::string_view{} : name_in(*row, target_);
    if (name.empty()) {
      refuse("the function " + function);
      return close + 1;
    }
    std::vector<std::string> parts;
    for (const Range& range : ranges) parts.push_back(part(range, depth));
    // The least, the greatest and the first value are what their arguments are.
    std::optional<ValueClass> value = class_of(*row);
    if (!value && !parts.empty() && passes_on(*row)) value = result_;
    operand(out, before, std::string(name) + "(" + join(parts, ", ") + ")", value, state, false);
    return close + 1;
  }

  static std::optional<ValueClass> class_of(const FunctionRow& row) {
    static const std::set<std::string_view> numbers{"count", "sum",    "avg",        "abs",
                                                    "round", "length", "char_length"};
    static const std::set<std::string_view> texts{"lower", "upper", "trim", "replace", "substr"};
    if (numbers.count(row.postgres) > 0) return ValueClass::number;
    if (texts.count(row.postgres) > 0) return ValueClass::text;
    return {};
  }

  static bool passes_on(const FunctionRow& row) {
    return row.postgres == "min" || row.postgres == "max" || row.postgres == "coalesce" ||
           row.postgres == "nullif";
  }

  std::string part(Range range, int depth) {
    return std::string(trim(translate(range, depth + 1, false)));
  }

  std::string cast(std::size_t begin, std::size_t end, int depth) {
    std::size_t as = end;
    int nesting = 0;
    for (std::size_t i = begin; i < end; ++i) {
      if (is(i, "(")) ++nesting;
      if (is(i, ")")) --nesting;
      if (nesting == 0 && word(i) == "as") as = i;
    }
    std::string type;
    for (std::size_t i = as + 1; i < end && !is(i, "("); ++i) {
      type += (type.empty() ? "" : " ") + word(i);
    }
    const CastRow* row = find_cast(type);
    const std::string_view name = row == nullptr ? std::string_view{} : name_in(*row, target_);
    if (name.empty()) refuse("the type " + type);
    return "CAST(" + part({begin, as}, depth) + " AS " + std::string(name) + ")";
  }

  /// A table, a column or an alias, with what stands in front of its dots.
  std::size_t name(std::size_t i, std::size_t end, std::string& out, const std::string& before,
                   State& state) {
    std::vector<std::string> parts{spelled(i)};
    bool star = false;
    ++i;
    while (i + 1 < end && is(i, ".")) {
      if (is(i + 1, "*")) {
        star = true;
      } else {
        parts.push_back(spelled(i + 1));
      }
      i += 2;
    }
    if (state.wants_relation) {
      const std::string relation = relation_of(parts);
      if (relation.empty()) refuse("the table " + join(parts, "."));
      out += before + target_.identifier(relation);
      state.wants_relation = false;
      return i;
    }
    std::string text;
    std::string column;
    if (!star) {
      column = column_of(parts.back(), parts.size() > 1);
      parts.pop_back();
      text = target_.identifier(column);
    } else {
      text = "*";
    }
    if (!parts.empty()) text = qualifier_of(parts) + "." + text;
    const bool alias = i >= 2 && parts.empty() && word(i - 2) == "as";
    const std::optional<TypeKind> kind = names_.kind_of(column);
    std::optional<ValueClass> value;
    if (kind && !alias) {
      Type type = simple_type(*kind);
      value = value_class(type);
    }
    if (state.wants_condition && target_.compares_strictly() && !source_.compares_strictly() &&
        value != ValueClass::boolean && ends_condition(i, end)) {
      refuse("a condition that is not known to be a truth value");
    }
    state.wants_condition = false;
    operand(out, before, text, value, state, false);
    return i;
  }

  [[nodiscard]] bool ends_condition(std::size_t i, std::size_t end) const {
    static const std::set<std::string> words{"and", "or", "then", "group", "order", "limit"};
    return i >= end ? false : words.count(word(i)) > 0;
  }

  /// A name as its engine understands it: PostgreSQL folds what is not in quotes.
  [[nodiscard]] std::string spelled(std::size_t i) const {
    const Token& token = tokens_[i];
    return token.kind == TokenKind::word && source_.compares_strictly() ? to_lower(token.text)
                                                                        : token.text;
  }

  std::string relation_of(const std::vector<std::string>& parts) const {
    if (parts.size() == 1 && common_tables_.count(to_lower(parts[0])) > 0) {
      return aliases_.at(to_lower(parts[0]));
    }
    return names_.relation(parts.size() > 1 ? parts[parts.size() - 2] : std::string{},
                           parts.back());
  }

  std::string qualifier_of(const std::vector<std::string>& parts) {
    if (parts.size() == 1) {
      const auto alias = aliases_.find(to_lower(parts[0]));
      if (alias != aliases_.end()) return target_.identifier(alias->second);
    }
    const std::string relation = relation_of(parts);
    if (relation.empty()) refuse("the name " + join(parts, "."));
    return target_.identifier(relation);
  }

  std::string column_of(const std::string& name, bool qualified) {
    const std::string column = names_.column(name);
    if (!column.empty()) return column;
    const auto alias = aliases_.find(to_lower(name));
    if (alias != aliases_.end()) return alias->second;
    refuse("the name " + name + (qualified ? "" : ", which no table has"));
    return name;
  }

  /// PostgreSQL wants every selected value to be grouped by or aggregated.
  void check_grouping(Range range) {
    std::size_t from = range.end;
    std::size_t group = range.end;
    int depth = 0;
    for (std::size_t i = range.begin; i < range.end; ++i) {
      if (is(i, "(")) ++depth;
      if (is(i, ")")) --depth;
      if (depth != 0) continue;
      if (word(i) == "from" && from == range.end) from = i;
      if (word(i) == "group") group = i;
    }
    bool aggregates = false;
    const std::vector<Range> selected = arguments({range.begin + 1, from});
    for (const Range& item : selected) aggregates = aggregates || has_aggregate(item);
    if (group == range.end && !aggregates) return;
    std::set<std::string> grouped;
    if (group != range.end) {
      std::size_t stop = group;
      while (stop < range.end && word(stop) != "having" && word(stop) != "order" &&
             word(stop) != "limit" && word(stop) != "union") {
        ++stop;
      }
      for (const Range& item : arguments({group + 2, stop})) grouped.insert(text_of(item));
    }
    for (Range item : selected) {
      if (has_aggregate(item)) continue;
      for (std::size_t i = item.begin; i < item.end; ++i) {
        if (word(i) == "as") item.end = i;
      }
      if (grouped.count(text_of(item)) == 0) refuse("GROUP BY without all that is selected");
    }
  }

  [[nodiscard]] bool has_aggregate(Range range) const {
    for (std::size_t i = range.begin; i < range.end; ++i) {
      if (is_aggregate(word(i)) && is(i + 1, "(")) return true;
    }
    return false;
  }

  [[nodiscard]] std::string text_of(Range range) const {
    std::string text;
    for (std::size_t i = range.begin; i < range.end; ++i) text += to_lower(tokens_[i].text) + " ";
    return text;
  }

  std::vector<Token> tokens_;
  const SqlDialect& source_;
  const SqlDialect& target_;
  const KnownNames& names_;
  std::unordered_map<std::string, std::string> aliases_;
  std::set<std::string> common_tables_;
  std::optional<ValueClass> result_;  ///< Of what was translated last.
  std::string obstacle_;
};

}  // namespace

Translation translated(std::string_view sql, const SqlDialect& source, const SqlDialect& target,
                       const KnownNames& names) {
  auto tokens = tokens_of(sql, source.lexis());
  if (!tokens) return {{}, "a quote that is not closed"};
  while (!tokens->empty() && tokens->back().text == ";") tokens->pop_back();
  if (tokens->empty()) return {{}, "its text, which is not known"};
  return Translator(std::move(*tokens), source, target, names).run();
}

}  // namespace relata
