#include "syntax/sqlite/meaning.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "syntax/sqlite/cursor.h"

namespace relata::syntax::sqlite {
namespace {

using expression::call;
using expression::leaf;
using Meaning = std::optional<Expression>;

/// Deeper expressions keep their text as their only form.
constexpr int deepest = 64;

struct Comparison {
  std::string_view sign;
  Operation operation;
};
constexpr std::array equality_signs{
    Comparison{"=", Operation::equal}, Comparison{"==", Operation::equal},
    Comparison{"<>", Operation::not_equal}, Comparison{"!=", Operation::not_equal}};
constexpr std::array order_signs{
    Comparison{"<=", Operation::less_or_equal}, Comparison{"<", Operation::less},
    Comparison{">=", Operation::greater_or_equal}, Comparison{">", Operation::greater}};

/// Functions that mean the same in every dialect.
struct Function {
  std::string_view name;
  std::size_t arguments;
  Operation operation;
};
constexpr std::array functions{
    Function{"length", 1, Operation::length_of},
    Function{"lower", 1, Operation::lower},
};

/// Functions of the moment 'now', and formats that write the whole of it.
struct MomentFunction {
  std::string_view name;
  Operation operation;
};
constexpr std::array moment_functions{MomentFunction{"datetime", Operation::now},
                                      MomentFunction{"date", Operation::today}};
constexpr std::array<std::string_view, 6> moment_formats{
    "%Y-%m-%dT%H:%M:%fZ", "%Y-%m-%dT%H:%M:%SZ",      "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M:%f",  "%Y-%m-%dT%H:%M:%f+00:00", "%Y-%m-%d %H:%M:%f+00:00"};

bool is_number(const Expression& value, std::string_view digits) {
  return value.operation == Operation::number && value.text == digits;
}

/// 0 and 1 as truth values.
void make_truth(Expression& value) {
  if (is_number(value, "0")) value = leaf(Operation::boolean, "false");
  if (is_number(value, "1")) value = leaf(Operation::boolean, "true");
}

class Parser {
 public:
  Parser(std::string_view sql, const ColumnScope& scope) : cursor_(sql), scope_(scope) {}

  Meaning parse(bool truth) {
    Meaning result = any();
    if (!result || !cursor_.at_end()) return {};
    return truth ? as_truth(std::move(*result)) : result;
  }

 private:
  [[nodiscard]] bool is_boolean(const Expression& value) const {
    if (value.operation != Operation::column) return false;
    const Column* column = scope_.find(value.text);
    return column != nullptr && column->type.kind == TypeKind::boolean;
  }

  /// A value where a condition is wanted: SQLite takes numbers for truth.
  [[nodiscard]] Meaning as_truth(Expression value) const {
    switch (value.operation) {
      case Operation::column: {
        if (is_boolean(value)) return value;
        const Column* column = scope_.find(value.text);
        if (column == nullptr) return {};
        const bool number = column->type.kind == TypeKind::small_integer ||
                            column->type.kind == TypeKind::integer ||
                            column->type.kind == TypeKind::big_integer;
        if (!number) return {};
        return call(Operation::not_equal, {std::move(value), expression::number("0")});
      }
      case Operation::number:
        make_truth(value);
        if (value.operation == Operation::number) return {};
        return value;
      case Operation::boolean:
      case Operation::equal:
      case Operation::not_equal:
      case Operation::less:
      case Operation::less_or_equal:
      case Operation::greater:
      case Operation::greater_or_equal:
      case Operation::is_null:
      case Operation::is_not_null:
      case Operation::in:
      case Operation::all_of:
      case Operation::any_of:
      case Operation::negate:
      case Operation::matches_like:
        return value;
      default:
        return {};
    }
  }

  /// Operands of AND and OR, in one node.
  template <class Next>
  Meaning joined(std::string_view word, Operation operation, Next next) {
    Meaning first = next();
    if (!first || !cursor_.peek().is_word(word)) return first;
    Expression result = leaf(operation);
    while (first) {
      first = as_truth(std::move(*first));
      if (!first) return {};
      result.arguments.push_back(std::move(*first));
      if (!cursor_.take_word(word)) return result;
      first = next();
    }
    return {};
  }

  Meaning any() {
    if (++depth_ > deepest) return {};
    Meaning result = joined("OR", Operation::any_of, [&] {
      return joined("AND", Operation::all_of, [&] { return negation(); });
    });
    --depth_;
    return result;
  }

  Meaning negation() {
    if (!cursor_.peek().is_word("NOT") || cursor_.peek(1).is_word("EXISTS")) return equality();
    cursor_.take();
    if (++depth_ > deepest) return {};
    Meaning operand = negation();
    --depth_;
    if (operand) operand = as_truth(std::move(*operand));
    if (!operand) return {};
    return call(Operation::negate, {std::move(*operand)});
  }

  Meaning compared(Operation operation, Expression left, Expression right) const {
    if (is_boolean(left)) make_truth(right);
    if (is_boolean(right)) make_truth(left);
    return call(operation, {std::move(left), std::move(right)});
  }

  /// = <> IS IN LIKE BETWEEN ISNULL NOTNULL, which bind alike.
  Meaning equality() {
    Meaning left = order();
    while (left) {
      const Token& token = cursor_.peek();
      const auto sign = std::find_if(equality_signs.begin(), equality_signs.end(),
                                     [&](const Comparison& row) { return token.is(row.sign); });
      if (sign != equality_signs.end()) {
        cursor_.take();
        Meaning right = order();
        if (!right) return {};
        left = compared(sign->operation, std::move(*left), std::move(*right));
      } else if (token.is_word("ISNULL") || token.is_word("NOTNULL")) {
        left = null_test(std::move(*left), !cursor_.take().is_word("ISNULL"));
      } else if (token.is_word("IS")) {
        left = is(std::move(*left));
      } else if (token.is_word("NOT") || token.is_word("IN") || token.is_word("LIKE") ||
                 token.is_word("BETWEEN")) {
        const bool negated = cursor_.take_word("NOT");
        left = negated && cursor_.take_word("NULL") ? null_test(std::move(*left), true)
                                                    : tested(std::move(*left), negated);
      } else {
        return left;
      }
    }
    return {};
  }

  static Expression null_test(Expression value, bool negated) {
    return call(negated ? Operation::is_not_null : Operation::is_null, {std::move(value)});
  }

  Meaning is(Expression left) {
    cursor_.take();
    const bool negated = cursor_.take_word("NOT");
    if (cursor_.take_word("NULL")) return null_test(std::move(left), negated);
    return {};
  }

  Meaning tested(Expression left, bool negated) {
    Meaning result;
    if (cursor_.take_word("IN")) {
      result = in_list(std::move(left));
    } else if (cursor_.take_word("LIKE")) {
      result = like(std::move(left));
    } else if (cursor_.take_word("BETWEEN")) {
      Meaning low = order();
      if (!low || !cursor_.take_word("AND")) return {};
      Meaning high = order();
      if (!high) return {};
      result = call(Operation::all_of, {call(Operation::greater_or_equal, {left, std::move(*low)}),
                                        call(Operation::less_or_equal, {left, std::move(*high)})});
    }
    if (result && negated) return call(Operation::negate, {std::move(*result)});
    return result;
  }

  Meaning in_list(Expression left) {
    if (!cursor_.take_symbol("(") || cursor_.peek().is_word("SELECT")) return {};
    const bool truth = is_boolean(left);
    Expression result = call(Operation::in, {std::move(left)});
    do {
      Meaning value = any();
      if (!value) return {};
      if (truth) make_truth(*value);
      result.arguments.push_back(std::move(*value));
    } while (cursor_.take_symbol(","));
    if (!cursor_.take_symbol(")")) return {};
    return result;
  }

  /// SQLite's LIKE does not tell upper from lower case ASCII letters; without ESCAPE a backslash is
  /// itself.
  Meaning like(Expression left) {
    if (cursor_.peek().kind != TokenKind::string) return {};
    std::string pattern = name_of(cursor_.take());
    char escape = '\0';
    if (cursor_.take_word("ESCAPE")) {
      const std::string sign = name_of(cursor_.take());
      if (sign.size() != 1) return {};
      escape = sign.front();
    }
    std::string escaped;
    bool letters = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      if (pattern[i] == escape && escape != '\0') {
        if (++i == pattern.size()) return {};
        if (pattern[i] == '%' || pattern[i] == '_' || pattern[i] == '\\') escaped += '\\';
      } else if (pattern[i] == '\\') {
        escaped += '\\';
      }
      letters = letters || is_ascii_letter(pattern[i]);
      escaped += pattern[i];
    }
    if (letters) {
      left = call(Operation::lower, {std::move(left)});
      escaped = to_lower(escaped);
    }
    Expression result = call(Operation::matches_like, {std::move(left)});
    result.text = std::move(escaped);
    return result;
  }

  Meaning order() {
    Meaning left = operand();
    while (left) {
      const auto sign =
          std::find_if(order_signs.begin(), order_signs.end(),
                       [&](const Comparison& row) { return cursor_.peek().is(row.sign); });
      if (sign == order_signs.end()) return left;
      cursor_.take();
      Meaning right = operand();
      if (!right) return {};
      left = compared(sign->operation, std::move(*left), std::move(*right));
    }
    return {};
  }

  Meaning operand() {
    const Token& token = cursor_.peek();
    if (token.is("-") || token.is("+")) {
      const bool minus = cursor_.take().is("-");
      if (cursor_.peek().kind != TokenKind::number) return {};
      Meaning number = primary();
      if (number && minus) number->text.insert(0, "-");
      return number;
    }
    return primary();
  }

  Meaning primary() {
    const Token& token = cursor_.peek();
    switch (token.kind) {
      case TokenKind::number: {
        const std::string digits(cursor_.take().text);
        if (digits.starts_with("0x") || digits.starts_with("0X")) return {};
        return expression::number(digits);
      }
      case TokenKind::string:
        return expression::string(name_of(cursor_.take()));
      case TokenKind::quoted_name:
        return name();
      case TokenKind::word:
        return word();
      case TokenKind::symbol:
        return parenthesized();
      default:
        return {};
    }
  }

  Meaning parenthesized() {
    if (!cursor_.take_symbol("(") || cursor_.peek().is_word("SELECT")) return {};
    Meaning inside = any();
    if (!inside || !cursor_.take_symbol(")")) return {};
    return inside;
  }

  Meaning word() {
    static constexpr std::array<std::string_view, 10> others{
        "CASE", "CAST", "EXISTS", "NOT", "SELECT", "RAISE", "COLLATE", "AND", "OR", "ELSE"};
    const Token& token = cursor_.peek();
    if (token.is_word("NULL")) return take_leaf(Operation::null);
    if (token.is_word("CURRENT_TIMESTAMP")) return take_leaf(Operation::now);
    if (token.is_word("CURRENT_DATE")) return take_leaf(Operation::today);
    if (token.is_word("TRUE") || token.is_word("FALSE")) {
      return leaf(Operation::boolean, to_lower(cursor_.take().text));
    }
    if (std::any_of(others.begin(), others.end(),
                    [&](std::string_view other) { return token.is_word(other); })) {
      return {};
    }
    return cursor_.peek(1).is("(") ? function() : name();
  }

  Expression take_leaf(Operation operation) {
    cursor_.take();
    return leaf(operation);
  }

  /// A column, perhaps behind its table; what names no column is a string in double quotes.
  Meaning name() {
    Token token = cursor_.take();
    while (cursor_.peek().is(".")) {
      cursor_.take();
      token = cursor_.take();
    }
    const std::string text = name_of(token);
    if (const Column* column = scope_.find(text)) return expression::column(column->name);
    if (token.kind == TokenKind::quoted_name && token.text.front() == '"') {
      return expression::string(text);
    }
    return {};
  }

  Meaning function() {
    const std::string name = to_lower(cursor_.take().text);
    cursor_.take_symbol("(");
    std::vector<Expression> arguments;
    if (!cursor_.take_symbol(")")) {
      do {
        Meaning argument = any();
        if (!argument) return {};
        arguments.push_back(std::move(*argument));
      } while (cursor_.take_symbol(","));
      if (!cursor_.take_symbol(")")) return {};
    }
    if (const Meaning moment = moment_of(name, arguments)) return moment;
    for (const Function& row : functions) {
      if (row.name == name && row.arguments == arguments.size()) {
        return call(row.operation, std::move(arguments));
      }
    }
    return {};
  }

  static Meaning moment_of(std::string_view name, const std::vector<Expression>& arguments) {
    const auto is_text = [&](std::size_t place, std::string_view text) {
      return place < arguments.size() && arguments[place].operation == Operation::string &&
             arguments[place].text == text;
    };
    if (name == "strftime" && arguments.size() == 2 && is_text(1, "now")) {
      for (const std::string_view format : moment_formats) {
        if (is_text(0, format)) return leaf(Operation::now);
      }
    }
    for (const MomentFunction& row : moment_functions) {
      if (row.name == name && (arguments.empty() || (arguments.size() == 1 && is_text(0, "now")))) {
        return leaf(row.operation);
      }
    }
    return {};
  }

  Cursor cursor_;
  const ColumnScope& scope_;
  int depth_ = 0;
};

}  // namespace

ColumnScope::ColumnScope(const Table& table) {
  for (const Column& column : table.columns) columns_.emplace(to_lower(column.name), &column);
}

const Column* ColumnScope::find(std::string_view name) const {
  const auto found = columns_.find(to_lower(name));
  return found == columns_.end() ? nullptr : found->second;
}

Meaning meaning_of(std::string_view sql, const ColumnScope& scope, bool truth) {
  return Parser(sql, scope).parse(truth);
}

}  // namespace relata::syntax::sqlite
