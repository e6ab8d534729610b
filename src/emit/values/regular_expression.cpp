#include "emit/values/regular_expression.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"

namespace relata::emit {
namespace {

constexpr std::string_view dialect_of_patterns = "regular expression";
constexpr std::string_view syntax = "^$\\.*+?()[]{}|/";
constexpr std::string_view blanks = " \\t\\n\\v\\f\\r";

bool is_plain(char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '\x7f'; }

class Translator {
 public:
  Translator(std::string_view pattern, std::string_view end) : pattern_(pattern), end_(end) {}

  std::optional<std::string> run() {
    if (pattern_.starts_with("***")) return std::nullopt;
    while (place_ < pattern_.size()) {
      if (!atom()) return std::nullopt;
    }
    if (depth_ != 0) return std::nullopt;
    return std::move(out_);
  }

 private:
  bool at(std::string_view text) const { return pattern_.substr(place_, text.size()) == text; }

  void literal(char c) {
    if (syntax.find(c) != std::string_view::npos) out_ += '\\';
    out_ += c;
  }

  bool atom() {
    const char c = pattern_[place_];
    const bool after_atom = std::exchange(after_atom_, true);
    switch (c) {
      case '\\':
        return escape();
      case '[':
        return bracket();
      case '(':
        after_atom_ = false;
        return group();
      case ')':
        ++place_;
        out_ += ')';
        return depth_-- > 0;
      case '*':
      case '+':
      case '?':
        return after_atom && quantifier(std::string(1, c));
      case '{':
        return after_atom && bounds();
      case '^':
      case '|':
        after_atom_ = false;
        out_ += c;
        ++place_;
        return true;
      case '$':
        after_atom_ = false;
        out_ += end_;
        ++place_;
        return true;
      case '.':
        out_ += c;
        ++place_;
        return true;
      default:
        if (!is_plain(c)) return false;
        literal(c);
        ++place_;
        return true;
    }
  }

  /// What stands behind an atom, which may ask for as few as possible: a text matches or not all
  /// the same.
  bool quantifier(const std::string& text) {
    place_ += text.size();
    out_ += text;
    if (at("?")) {
      ++place_;
      out_ += '?';
    }
    after_atom_ = false;
    return true;
  }

  bool bounds() {
    const std::size_t close = pattern_.find('}', place_);
    if (close == std::string_view::npos) return false;
    const std::string text(pattern_.substr(place_, close + 1 - place_));
    const bool digits = text.size() > 2 && is_ascii_digit(text[1]) &&
                        text.find_first_not_of("0123456789,{}") == std::string::npos &&
                        std::count(text.begin(), text.end(), ',') <= 1;
    return digits && quantifier(text);
  }

  bool group() {
    ++place_;
    ++depth_;
    out_ += '(';
    if (!at("?")) return true;
    for (const std::string_view kind : {"?:", "?=", "?!"}) {
      if (!at(kind)) continue;
      out_ += kind;
      place_ += kind.size();
      return true;
    }
    return false;
  }

  bool escape() {
    if (++place_ >= pattern_.size()) return false;
    const char c = pattern_[place_++];
    switch (c) {
      case 'd':
        out_ += "[0-9]";
        return true;
      case 'D':
        out_ += "[^0-9]";
        return true;
      case 's':
        out_ += "[" + std::string(blanks) + "]";
        return true;
      case 'S':
        out_ += "[^" + std::string(blanks) + "]";
        return true;
      case 't':
      case 'n':
      case 'r':
        out_ += {'\\', c};
        return true;
      default:
        if (is_ascii_letter(c) || is_ascii_digit(c) || !is_plain(c)) return false;
        literal(c);
        return true;
    }
  }

  /// A character in brackets.
  void member(char c) {
    if (std::string_view("\\]^-[").find(c) != std::string_view::npos) out_ += '\\';
    out_ += c;
  }

  bool bracket() {
    out_ += '[';
    ++place_;
    if (at("^")) {
      out_ += '^';
      ++place_;
    }
    bool first = true;
    bool range_may_follow = false;
    for (; place_ < pattern_.size(); first = false) {
      const char c = pattern_[place_];
      if (c == ']' && !first) {
        ++place_;
        out_ += ']';
        return true;
      }
      if (at("[:digit:]") || at("[:space:]")) {
        out_ += at("[:digit:]") ? std::string_view("0-9") : blanks;
        place_ += std::string_view("[:digit:]").size();
        range_may_follow = false;
        continue;
      }
      if (at("[:") || at("[.") || at("[=") || at("&&") || at("||") || at("~~")) return false;
      if (c == '\\') {
        if (!bracket_escape()) return false;
        range_may_follow = false;
        continue;
      }
      if (!is_plain(c)) return false;
      const bool last = place_ + 1 < pattern_.size() && pattern_[place_ + 1] == ']';
      if (c == '-' && !first && !last) {
        if (!range_may_follow) return false;
        out_ += '-';
        range_may_follow = false;
        ++place_;
        if (place_ >= pattern_.size() || pattern_[place_] == '[' || pattern_[place_] == '\\' ||
            !is_plain(pattern_[place_])) {
          return false;
        }
        member(pattern_[place_++]);
        continue;
      }
      member(c);
      // Letters of several bytes make no ranges here.
      range_may_follow = static_cast<unsigned char>(c) < 0x80;
      ++place_;
    }
    return false;
  }

  bool bracket_escape() {
    if (++place_ >= pattern_.size()) return false;
    const char c = pattern_[place_++];
    if (c == 'd') {
      out_ += "0-9";
    } else if (c == 's') {
      out_ += blanks;
    } else if (c == 't' || c == 'n' || c == 'r') {
      out_ += {'\\', c};
    } else if (is_ascii_letter(c) || is_ascii_digit(c) || !is_plain(c)) {
      return false;
    } else {
      member(c);
    }
    return true;
  }

  std::string_view pattern_;
  std::string_view end_;
  std::size_t place_ = 0;
  std::string out_;
  int depth_ = 0;
  bool after_atom_ = false;
};

/// Reads "((a ~ 'x') AND (b IS NULL))".
class CheckReader {
 public:
  explicit CheckReader(std::string_view text) : text_(text) {}

  std::optional<Expression> run() {
    std::optional<Expression> whole = condition();
    if (!whole || !text_.empty()) return std::nullopt;
    return whole;
  }

 private:
  bool eat(std::string_view word) {
    if (!text_.starts_with(word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }

  std::optional<std::string> quoted(char quote) {
    std::string out;
    if (!eat(std::string_view(&quote, 1))) return std::nullopt;
    while (!text_.empty()) {
      const char c = text_.front();
      text_.remove_prefix(1);
      if (c != quote) {
        out += c;
      } else if (text_.starts_with(quote)) {
        out += quote;
        text_.remove_prefix(1);
      } else {
        return out;
      }
    }
    return std::nullopt;
  }

  std::optional<std::string> name() {
    if (text_.starts_with('"')) return quoted('"');
    std::size_t size = 0;
    while (size < text_.size() &&
           (is_ascii_letter(text_[size]) || is_ascii_digit(text_[size]) || text_[size] == '_')) {
      ++size;
    }
    std::string out(text_.substr(0, size));
    text_.remove_prefix(size);
    if (out.empty()) return std::nullopt;
    return out;
  }

  std::optional<Expression> condition() {
    if (depth_ > 50 || !eat("(")) return std::nullopt;
    ++depth_;
    std::optional<Expression> result = inner();
    --depth_;
    if (!result || !eat(")")) return std::nullopt;
    return result;
  }

  std::optional<Expression> inner() {
    if (eat("NOT ")) {
      std::optional<Expression> negated = condition();
      if (!negated) return std::nullopt;
      return expression::call(Operation::negate, {*std::move(negated)});
    }
    if (text_.starts_with("(")) return joined();
    return atom();
  }

  std::optional<Expression> joined() {
    std::vector<Expression> parts;
    std::string_view word;
    do {
      std::optional<Expression> part = condition();
      if (!part) return std::nullopt;
      parts.push_back(*std::move(part));
      if (word.empty()) word = text_.starts_with(" OR ") ? " OR " : " AND ";
    } while (eat(word));
    if (parts.size() == 1) return std::move(parts.front());
    return expression::call(word == " OR " ? Operation::any_of : Operation::all_of,
                            std::move(parts));
  }

  std::optional<Expression> atom() {
    std::optional<std::string> column = name();
    if (!column || !eat(" ")) return std::nullopt;
    Expression operand = expression::column(*std::move(column));
    if (eat("IS NULL")) return expression::call(Operation::is_null, {std::move(operand)});
    if (eat("IS NOT NULL")) return expression::call(Operation::is_not_null, {std::move(operand)});
    const bool negative = eat("!");
    if (!eat("~")) return std::nullopt;
    const bool any_case = eat("*");
    if (!eat(" ")) return std::nullopt;
    std::optional<std::string> pattern = quoted('\'');
    if (!pattern || !portable_regular_expression(*pattern, "$")) return std::nullopt;
    Expression result{Operation::sql,
                      *std::move(pattern),
                      std::string(dialect_of_patterns),
                      {std::move(operand)},
                      any_case ? "i" : ""};
    if (!negative) return result;
    return expression::call(Operation::negate, {std::move(result)});
  }

  std::string_view text_;
  int depth_ = 0;
};

}  // namespace

std::optional<std::string> portable_regular_expression(std::string_view pattern,
                                                       std::string_view end) {
  return Translator(pattern, end).run();
}

bool is_regular_expression(const Expression& expression) {
  return expression.operation == Operation::sql && expression.dialect == dialect_of_patterns;
}

std::optional<Expression> regular_expression_check(std::string_view canonical) {
  return CheckReader(canonical).run();
}

}  // namespace relata::emit
