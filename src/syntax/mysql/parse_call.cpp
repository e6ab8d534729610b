#include "base/text.h"
#include "syntax/mysql/function_names.h"
#include "syntax/mysql/parser.h"

namespace relata::syntax::mysql {

Node Parser::case_expression() {
  std::vector<Node> parts;
  std::string compared;
  if (!at_word("when")) {
    compared = "value";
    parts.push_back(expression());
  }
  while (accept("when")) {
    parts.push_back(expression());
    expect("then");
    parts.push_back(expression());
  }
  if (accept("else")) parts.push_back(expression());
  expect("end");
  return node(NodeKind::case_when, std::move(compared), std::move(parts));
}

std::string Parser::type_text() {
  std::string text;
  std::size_t depth = 0;
  while (!at_end() && (depth > 0 || (!at_symbol(")") && !at_symbol(",")))) {
    if (at_symbol("(")) ++depth;
    if (at_symbol(")")) --depth;
    const std::string word = to_lower(take().text);
    // The character set of a cast is the session's where none is said.
    if ((word == "charset" || word == "character") && depth == 0) {
      if (word == "character") accept("set");
      const std::string set = to_lower(take().text);
      if (set == "binary") text += " charset binary";
      continue;
    }
    if (word == "integer" || word == "int") continue;
    if (!text.empty() && word != "(" && word != ")" && word != "," && !text.ends_with('(') &&
        !text.ends_with(',')) {
      text += ' ';
    }
    text += word;
  }
  return text.empty() ? "signed" : text;
}

Node Parser::cast(bool convert) {
  expect_symbol("(");
  Node value = expression();
  if (convert && accept("using")) {
    Node set = make_node(NodeKind::word, to_lower(take().text));
    expect_symbol(")");
    return node(NodeKind::call, "convert using", {std::move(value), std::move(set)});
  }
  if (convert) {
    expect_symbol(",");
  } else {
    expect("as");
  }
  Node type = make_node(NodeKind::word, type_text());
  expect_symbol(")");
  return node(NodeKind::call, "cast", {std::move(value), std::move(type)});
}

Node Parser::trim_call() {
  expect_symbol("(");
  std::string side = "trim";
  if (at_word("leading") || at_word("trailing") || at_word("both")) {
    const std::string word = to_lower(take().text);
    if (word == "leading") side = "ltrim";
    if (word == "trailing") side = "rtrim";
  }
  std::vector<Node> parts;
  if (!at_word("from")) parts.push_back(expression());
  if (accept("from")) parts.insert(parts.begin(), expression());
  expect_symbol(")");
  return node(NodeKind::call, std::move(side), std::move(parts));
}

Node Parser::special_call(const std::string& name) {
  if (name == "cast") return cast(false);
  if (name == "convert") return cast(true);
  if (name == "trim") return trim_call();
  if (name == "extract") {
    expect_symbol("(");
    Node unit = make_node(NodeKind::word, to_lower(take().text));
    expect("from");
    Node value = expression();
    expect_symbol(")");
    return node(NodeKind::call, "extract", {std::move(unit), std::move(value)});
  }
  if (name == "position") {
    expect_symbol("(");
    Node part = expression(binds_comparison);
    expect("in");
    Node whole = expression();
    expect_symbol(")");
    return node(NodeKind::call, "locate", {std::move(part), std::move(whole)});
  }
  return call(name);
}

Node Parser::call_arguments(std::string name) {
  std::vector<Node> parts;
  expect_symbol("(");
  if (accept("distinct")) name += " distinct";
  while (!failed_ && !at_symbol(")")) {
    parts.push_back(expression());
    if (accept("from") || accept("for") || accept("using") || accept_symbol(",")) continue;
    if (accept("order")) {
      expect("by");
      parts.push_back(order_list());
    }
    if (accept("separator")) {
      parts.push_back(node(NodeKind::call, "separator", {primary()}));
    }
    break;
  }
  expect_symbol(")");
  return node(NodeKind::call, std::move(name), std::move(parts));
}

Node Parser::call(std::string name) {
  Node result = call_arguments(function_name(name));
  const std::string& kept = result.text;
  std::vector<Node>& parts = result.arguments;
  const bool two = parts.size() == 2;
  if (kept == "mod" && two) return node(NodeKind::binary, "mod", std::move(parts));
  if (kept == "isnull" && parts.size() == 1) return node(NodeKind::is, "null", std::move(parts));
  if (parts.size() == 1 && (kept == "date" || kept == "time" || kept == "timestamp")) {
    parts.push_back(make_node(NodeKind::word, kept == "timestamp" ? "datetime" : kept));
    return node(NodeKind::call, "cast", std::move(parts));
  }
  const bool adds = kept == "date_add" || kept == "adddate";
  const bool subtracts = kept == "date_sub" || kept == "subdate";
  if ((adds || subtracts) && two) {
    if (parts[1].kind != NodeKind::interval) {
      parts[1] = node(NodeKind::interval, "day", {std::move(parts[1])});
    }
    return node(NodeKind::binary, adds ? "+" : "-", std::move(parts));
  }
  if (kept == "group_concat" || kept == "group_concat distinct") {
    const bool said = !parts.empty() && parts.back().text == "separator";
    if (!said)
      parts.push_back(make_node(NodeKind::call, "separator", {make_node(NodeKind::string, ",")}));
  }
  // count(*) is count(0) to the server.
  if (kept == "count" && parts.size() == 1 && parts[0].kind == NodeKind::star) {
    parts[0] = make_node(NodeKind::number, "0");
  }
  if (at_word("over")) return over(std::move(result));
  return result;
}

Node Parser::over(Node function) {
  take();
  std::vector<Node> parts{std::move(function)};
  expect_symbol("(");
  if (accept("partition")) {
    expect("by");
    Node list = order_list();
    list.text = "partition by";
    parts.push_back(std::move(list));
  }
  if (accept("order")) {
    expect("by");
    parts.push_back(order_list());
  }
  std::string frame;
  while (!at_end() && !at_symbol(")")) frame += (frame.empty() ? "" : " ") + to_lower(take().text);
  if (!frame.empty()) parts.push_back(make_node(NodeKind::word, std::move(frame)));
  expect_symbol(")");
  return node(NodeKind::call, "over", std::move(parts));
}

}  // namespace relata::syntax::mysql
