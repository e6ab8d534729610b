#include <algorithm>
#include <array>

#include "base/text.h"
#include "syntax/mysql/function_names.h"
#include "syntax/mysql/parser.h"

namespace relata::syntax::mysql {

namespace {

struct OperatorRow {
  std::string_view written;
  std::string_view kept;
  int binding;
};

constexpr std::array operators{
    OperatorRow{"or", "or", binds_any},        OperatorRow{"xor", "xor", binds_xor},
    OperatorRow{"and", "and", binds_all},      OperatorRow{"&&", "and", binds_all},
    OperatorRow{"=", "=", binds_comparison},   OperatorRow{"<=>", "<=>", binds_comparison},
    OperatorRow{"<>", "<>", binds_comparison}, OperatorRow{"!=", "<>", binds_comparison},
    OperatorRow{"<", "<", binds_comparison},   OperatorRow{"<=", "<=", binds_comparison},
    OperatorRow{">", ">", binds_comparison},   OperatorRow{">=", ">=", binds_comparison},
    OperatorRow{"|", "|", binds_bit_or},       OperatorRow{"&", "&", binds_bit_and},
    OperatorRow{"<<", "<<", binds_shift},      OperatorRow{">>", ">>", binds_shift},
    OperatorRow{"+", "+", binds_sum},          OperatorRow{"-", "-", binds_sum},
    OperatorRow{"*", "*", binds_product},      OperatorRow{"/", "/", binds_product},
    OperatorRow{"div", "div", binds_product},  OperatorRow{"mod", "mod", binds_product},
    OperatorRow{"%", "mod", binds_product},    OperatorRow{"^", "^", binds_power},
};

std::string plain_number(std::string_view digits) {
  std::string text = to_lower(digits);
  const std::size_t zeros = text.find_first_not_of('0');
  if (zeros == std::string::npos) return "0";
  text = text.substr(zeros);
  if (text[0] == '.' || text[0] == 'e') text.insert(0, "0");
  return text;
}

bool is_literal_prefix(std::string_view lower) { return lower.starts_with('_') || lower == "n"; }

}  // namespace

Node make_node(NodeKind kind, std::string text, std::vector<Node> arguments) {
  Node result{kind, std::move(text), std::move(arguments), 1};
  for (const Node& argument : result.arguments) {
    result.depth = std::max(result.depth, argument.depth + 1);
  }
  return result;
}

const Token& Parser::peek(std::size_t ahead) const {
  return tokens_[std::min(position_ + ahead, tokens_.size() - 1)];
}

const Token& Parser::take() {
  const Token& token = peek();
  if (position_ + 1 < tokens_.size()) ++position_;
  return token;
}

bool Parser::at_word(std::string_view word, std::size_t ahead) const {
  return is_word(peek(ahead), word);
}

bool Parser::at_symbol(std::string_view symbol, std::size_t ahead) const {
  return is_symbol(peek(ahead), symbol);
}

bool Parser::accept(std::string_view word) {
  if (!at_word(word)) return false;
  take();
  return true;
}

bool Parser::accept_symbol(std::string_view symbol) {
  if (!at_symbol(symbol)) return false;
  take();
  return true;
}

void Parser::expect(std::string_view word) {
  if (!accept(word)) fail();
}

void Parser::expect_symbol(std::string_view symbol) {
  if (!accept_symbol(symbol)) fail();
}

Node Parser::fail() {
  failed_ = true;
  position_ = tokens_.size() - 1;
  return {};
}

Node Parser::node(NodeKind kind, std::string text, std::vector<Node> arguments) {
  Node result = make_node(kind, std::move(text), std::move(arguments));
  if (result.depth > deepest_tree) return fail();
  return result;
}

Node Parser::expression(int lowest) {
  if (++level_ > deepest_tree) {
    --level_;
    return fail();
  }
  Node left = operand();
  while (!failed_) {
    const Token& token = peek();
    const bool possible = token.kind == TokenKind::word || token.kind == TokenKind::symbol;
    const std::string lower = possible ? to_lower(token.text) : std::string();
    // || is OR unless the mode says that it joins strings.
    if (lower == "||") {
      const int binding = mode_.pipes_as_concat ? binds_sign : binds_any;
      if (binding <= lowest) break;
      take();
      std::vector<Node> both{std::move(left)};
      both.push_back(expression(binding));
      left = mode_.pipes_as_concat ? node(NodeKind::call, "concat", std::move(both))
                                   : node(NodeKind::any, {}, std::move(both));
      continue;
    }
    if (lower == "collate") {
      take();
      left = node(NodeKind::binary, "collate",
                  {std::move(left), make_node(NodeKind::word, to_lower(take().text))});
      continue;
    }
    if (lower == "->" || lower == "->>") {
      take();
      left = node(NodeKind::call, "json_extract", {std::move(left), primary()});
      if (lower == "->>") left = node(NodeKind::call, "json_unquote", {std::move(left)});
      continue;
    }
    const auto* row = std::ranges::find(operators, std::string_view(lower), &OperatorRow::written);
    if (row == operators.end() || !possible) {
      if (binds_comparison <= lowest) break;
      const std::size_t before = position_;
      left = predicate(std::move(left));
      if (position_ == before) break;
      continue;
    }
    if (row->binding <= lowest) break;
    take();
    if (row->binding == binds_comparison && (at_word("any") || at_word("all") || at_word("some"))) {
      const std::string quantifier = at_word("all") ? " all" : " any";
      take();
      left =
          node(NodeKind::binary, std::string(row->kept) + quantifier, {std::move(left), primary()});
      continue;
    }
    const NodeKind kind = row->binding == binds_any   ? NodeKind::any
                          : row->binding == binds_all ? NodeKind::all
                                                      : NodeKind::binary;
    Node right = expression(row->binding);
    // Long lists of alternatives stay one level deep.
    if (kind != NodeKind::binary && left.kind == kind) {
      left.depth = std::max(left.depth, right.depth + 1);
      left.arguments.push_back(std::move(right));
      continue;
    }
    std::vector<Node> both;
    both.push_back(std::move(left));
    both.push_back(std::move(right));
    left = node(kind, kind == NodeKind::binary ? std::string(row->kept) : std::string(),
                std::move(both));
  }
  --level_;
  return left;
}

/// IS, BETWEEN, IN, LIKE, REGEXP behind an operand; the operand itself when none is there.
Node Parser::predicate(Node left) {
  if (at_word("is")) return is_test(std::move(left));
  const std::size_t begin = position_;
  const bool negated = accept("not");
  const auto finish = [&](Node test) {
    return negated ? node(NodeKind::unary, "not", {std::move(test)}) : std::move(test);
  };
  if (accept("between")) {
    std::vector<Node> parts{std::move(left)};
    parts.push_back(expression(binds_comparison));
    expect("and");
    parts.push_back(expression(binds_comparison));
    return finish(node(NodeKind::between, {}, std::move(parts)));
  }
  if (accept("in")) return finish(in_list(std::move(left)));
  if (accept("like")) {
    std::vector<Node> parts{std::move(left)};
    parts.push_back(expression(binds_comparison));
    if (accept("escape")) parts.push_back(primary());
    return finish(node(NodeKind::binary, "like", std::move(parts)));
  }
  if (accept("regexp") || accept("rlike")) {
    std::vector<Node> parts{std::move(left)};
    parts.push_back(expression(binds_comparison));
    return finish(node(NodeKind::binary, "regexp", std::move(parts)));
  }
  if (at_word("sounds") && at_word("like", 1)) {
    take();
    take();
    std::vector<Node> parts;
    parts.push_back(node(NodeKind::call, "soundex", {std::move(left)}));
    parts.push_back(node(NodeKind::call, "soundex", {expression(binds_comparison)}));
    return node(NodeKind::binary, "=", std::move(parts));
  }
  if (at_word("member") && at_word("of", 1)) {
    take();
    take();
    std::vector<Node> parts{std::move(left)};
    parts.push_back(primary());
    return node(NodeKind::binary, "member of", std::move(parts));
  }
  position_ = begin;
  return left;
}

Node Parser::is_test(Node left) {
  take();
  const bool negated = accept("not");
  std::string what = to_lower(take().text);
  if (what == "unknown") what = "null";
  if (what != "null" && what != "true" && what != "false") return fail();
  Node test = node(NodeKind::is, std::move(what), {std::move(left)});
  return negated ? node(NodeKind::unary, "not", {std::move(test)}) : std::move(test);
}

Node Parser::in_list(Node left) {
  std::vector<Node> parts{std::move(left)};
  expect_symbol("(");
  if (at_word("select") || at_word("with")) {
    parts.push_back(query());
  } else {
    do {
      parts.push_back(expression());
    } while (accept_symbol(","));
  }
  expect_symbol(")");
  return node(NodeKind::in, {}, std::move(parts));
}

Node Parser::operand() {
  if (++level_ > deepest_tree) {
    --level_;
    return fail();
  }
  Node result;
  if (accept("not")) {
    result = node(NodeKind::unary, "not", {expression(binds_not)});
  } else if (accept_symbol("!")) {
    result = node(NodeKind::unary, "not", {operand()});
  } else if (accept_symbol("-")) {
    result = node(NodeKind::unary, "-", {operand()});
    if (result.arguments.size() == 1 && result.arguments[0].kind == NodeKind::number) {
      Node number = std::move(result.arguments[0]);
      if (number.text != "0") number.text.insert(0, "-");
      result = std::move(number);
    }
  } else if (accept_symbol("+")) {
    result = operand();
  } else if (accept_symbol("~")) {
    result = node(NodeKind::unary, "~", {operand()});
  } else if (at_word("binary") && !at_symbol("(", 1) && !at_symbol(",", 1)) {
    take();
    result =
        node(NodeKind::call, "cast", {operand(), make_node(NodeKind::word, "char charset binary")});
  } else if (accept("interval")) {
    result = interval();
  } else {
    result = primary();
  }
  --level_;
  return result;
}

Node Parser::interval() {
  // INTERVAL(a, b, ...) is a function.
  if (at_symbol("(")) {
    std::size_t depth = 0;
    for (std::size_t i = 0;; ++i) {
      if (peek(i).kind == TokenKind::end) break;
      if (at_symbol("(", i)) ++depth;
      if (at_symbol(")", i) && --depth == 0) break;
      if (depth == 1 && at_symbol(",", i)) return call("interval");
    }
  }
  Node amount = expression();
  if (amount.kind == NodeKind::string && !amount.text.empty() &&
      amount.text.find_first_not_of("0123456789") == std::string::npos) {
    amount = make_node(NodeKind::number, plain_number(amount.text));
  }
  return node(NodeKind::interval, to_lower(take().text), {std::move(amount)});
}

Node Parser::primary() {
  const Token& token = peek();
  switch (token.kind) {
    case TokenKind::number:
      take();
      return make_node(NodeKind::number, plain_number(token.text));
    case TokenKind::string: {
      std::string value = string_value(take().text, mode_);
      while (peek().kind == TokenKind::string) value += string_value(take().text, mode_);
      return make_node(NodeKind::string, std::move(value));
    }
    case TokenKind::bytes:
    case TokenKind::bits:
      take();
      return make_node(NodeKind::bytes, hexadecimal_value(token));
    case TokenKind::variable:
      take();
      return make_node(NodeKind::variable, to_lower(token.text));
    case TokenKind::identifier:
    case TokenKind::word:
      return word_primary();
    case TokenKind::symbol:
      if (at_symbol("(")) return parenthesised();
      if (at_symbol("*")) {
        take();
        return make_node(NodeKind::star, {});
      }
      if (at_symbol("?")) {
        take();
        return make_node(NodeKind::variable, "?");
      }
      return fail();
    default:
      return fail();
  }
}

Node Parser::parenthesised() {
  expect_symbol("(");
  Node result;
  if (at_word("select") || at_word("with")) {
    result = query();
  } else {
    result = expression();
    if (at_symbol(",")) {
      std::vector<Node> parts{std::move(result)};
      while (accept_symbol(",")) parts.push_back(expression());
      result = node(NodeKind::row, {}, std::move(parts));
    }
  }
  expect_symbol(")");
  return result;
}

Node Parser::name_from(std::string first) {
  std::vector<std::string> parts{std::move(first)};
  while (at_symbol(".")) {
    take();
    if (accept_symbol("*")) {
      std::vector<Node> before;
      for (std::string& part : parts) before.push_back(make_node(NodeKind::name, std::move(part)));
      return make_node(NodeKind::star, {}, std::move(before));
    }
    if (peek().kind != TokenKind::word && peek().kind != TokenKind::identifier) return fail();
    parts.push_back(identifier_value(take()));
  }
  std::string last = std::move(parts.back());
  parts.pop_back();
  std::vector<Node> before;
  for (std::string& part : parts) before.push_back(make_node(NodeKind::name, std::move(part)));
  return make_node(NodeKind::name, std::move(last), std::move(before));
}

Node Parser::word_primary() {
  const Token& token = take();
  const std::string value = identifier_value(token);
  if (token.kind == TokenKind::identifier) {
    if (at_symbol("(")) return call(to_lower(value));
    Node name = name_from(value);
    // `database`.`function`(...)
    if (name.kind == NodeKind::name && at_symbol("(")) return call(to_lower(name.text));
    return name;
  }
  const std::string lower = to_lower(value);
  if (lower == "null") return make_node(NodeKind::null, {});
  if (lower == "true") return make_node(NodeKind::number, "1");
  if (lower == "false") return make_node(NodeKind::number, "0");
  if (lower == "case") return case_expression();
  if ((lower == "next" || lower == "previous") && at_word("value") && at_word("for", 1)) {
    take();
    take();
    Node sequence = name_from(identifier_value(take()));
    return node(NodeKind::call, lower == "next" ? "nextval" : "lastval", {std::move(sequence)});
  }
  if (lower == "exists" && at_symbol("(")) {
    return node(NodeKind::call, "exists", {parenthesised()});
  }
  const TokenKind next = peek().kind;
  if (is_literal_prefix(lower) &&
      (next == TokenKind::string || next == TokenKind::bytes || next == TokenKind::bits)) {
    return primary();
  }
  if ((lower == "date" || lower == "time" || lower == "timestamp") && next == TokenKind::string) {
    return node(NodeKind::call, lower + " literal", {primary()});
  }
  if (at_symbol("(")) return special_call(lower);
  if (is_niladic(lower)) return make_node(NodeKind::call, function_name(lower));
  Node name = name_from(value);
  if (name.kind == NodeKind::name && at_symbol("(")) return call(to_lower(name.text));
  return name;
}

}  // namespace relata::syntax::mysql
