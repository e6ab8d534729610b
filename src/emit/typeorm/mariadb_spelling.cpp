// How MariaDB 10.11 prints expressions: Item::print() and enum precedence in its sql/item.h.

#include "emit/typeorm/mariadb_spelling.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace relata::emit::typeorm {
namespace {

struct Operator {
  std::string_view canonical;
  std::string_view spelling;
  int precedence;
};
constexpr std::array operators{
    Operator{"|", "|", 1},   Operator{"&", "&", 2}, Operator{"<<", "<<", 3},
    Operator{">>", ">>", 3}, Operator{"+", "+", 4}, Operator{"-", "-", 4},
    Operator{"*", "*", 5},   Operator{"/", "/", 5}, Operator{"div", "DIV", 5},
    Operator{"%", "MOD", 5}, Operator{"^", "^", 6},
};
constexpr int highest = 9;

struct Renamed {
  std::string_view from;
  std::string_view to;
};
constexpr std::array renamed{Renamed{"lower", "lcase"}, Renamed{"upper", "ucase"}};

struct Printed {
  std::string text;
  int precedence = highest;
};

std::string within(const Printed& operand, int precedence) {
  return operand.precedence < precedence ? "(" + operand.text + ")" : operand.text;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::optional<std::string> run() {
    std::optional<Printed> printed = operand();
    if (!printed || place_ != text_.size()) return std::nullopt;
    return printed->text;
  }

 private:
  bool take(std::string_view expected) {
    if (text_.substr(place_, expected.size()) != expected) return false;
    place_ += expected.size();
    return true;
  }

  std::string word() {
    const std::size_t begin = place_;
    while (place_ < text_.size() &&
           (is_ascii_letter(text_[place_]) || is_ascii_digit(text_[place_]) ||
            text_[place_] == '_' || text_[place_] == '.')) {
      ++place_;
    }
    return std::string(text_.substr(begin, place_ - begin));
  }

  std::optional<Printed> operand() {
    if (depth_ > 100 || place_ >= text_.size()) return std::nullopt;
    if (text_[place_] == '\'') return literal();
    if (take("(")) {
      ++depth_;
      auto inside = operation();
      --depth_;
      return inside;
    }
    const std::string name = word();
    if (name.empty()) return std::nullopt;
    if (!take("(")) {
      if (is_ascii_digit(name.front())) return Printed{name};
      return std::nullopt;
    }
    ++depth_;
    auto call = arguments(name);
    --depth_;
    return call;
  }

  std::optional<Printed> literal() {
    const std::size_t begin = place_;
    for (++place_; place_ < text_.size(); ++place_) {
      if (text_[place_] != '\'') continue;
      if (place_ + 1 < text_.size() && text_[place_ + 1] == '\'') {
        ++place_;
        continue;
      }
      ++place_;
      return Printed{mariadb_literal(text_.substr(begin, place_ - begin))};
    }
    return std::nullopt;
  }

  std::optional<Printed> operation() {
    std::optional<Printed> left = operand();
    if (!left) return std::nullopt;
    while (!take(")")) {
      if (!take(" ")) return std::nullopt;
      const std::size_t end = text_.find(' ', place_);
      if (end == std::string_view::npos) return std::nullopt;
      const std::string_view sign = text_.substr(place_, end - place_);
      const auto found = std::find_if(operators.begin(), operators.end(),
                                      [&](const Operator& one) { return one.canonical == sign; });
      if (found == operators.end()) return std::nullopt;
      place_ = end + 1;
      const std::optional<Printed> right = operand();
      if (!right) return std::nullopt;
      std::string text = within(*left, found->precedence) + " ";
      text += found->spelling;
      text += " " + within(*right, found->precedence + 1);
      left = Printed{std::move(text), found->precedence};
    }
    return left;
  }

  /// The unit of time that some functions take first.
  std::optional<std::string> unit(const std::string& name) {
    if (name != "timestampdiff" && name != "timestampadd") return std::string();
    if (!take("`")) return std::nullopt;
    const std::string unit = to_upper(word());
    if (!take("`")) return std::nullopt;
    take(", ");
    return unit + ",";
  }

  std::optional<Printed> arguments(const std::string& name) {
    const auto found = std::find_if(renamed.begin(), renamed.end(),
                                    [&](const Renamed& one) { return one.from == name; });
    std::string text = found == renamed.end() ? name : std::string(found->to);
    const std::optional<std::string> first = unit(name);
    if (!first) return std::nullopt;
    text += "(" + *first;
    if (take(")")) return Printed{text + ")"};
    for (;;) {
      const std::optional<Printed> argument = operand();
      if (!argument) return std::nullopt;
      text += argument->text;
      if (take(")")) return Printed{text + ")"};
      if (!take(", ")) return std::nullopt;
      text += ",";
    }
  }

  std::string_view text_;
  std::size_t place_ = 0;
  int depth_ = 0;
};

}  // namespace

std::optional<std::string> mariadb_spelling(std::string_view canonical) {
  return Parser(canonical).run();
}

std::string mariadb_literal(std::string_view canonical) {
  std::string out;
  for (const char c : canonical) {
    switch (c) {
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\0':
        out += "\\0";
        break;
      case '\x1a':
        out += "\\Z";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace relata::emit::typeorm
