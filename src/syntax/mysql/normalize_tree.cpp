#include "syntax/mysql/normalize_tree.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "syntax/mysql/tokens.h"

namespace relata::syntax::mysql {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> opposites{
    {{"=", "<>"}, {"<>", "="}, {"<", ">="}, {">=", "<"}, {">", "<="}, {"<=", ">"}}};

bool is_not(const Node& node) {
  return node.kind == NodeKind::unary && node.text == "not" && node.arguments.size() == 1;
}

/// Operands of the same AND or OR in one list.
void flatten(Node& node) {
  std::vector<Node> parts;
  for (Node& argument : node.arguments) {
    if (argument.kind == node.kind) {
      for (Node& inner : argument.arguments) parts.push_back(std::move(inner));
    } else {
      parts.push_back(std::move(argument));
    }
  }
  node.arguments = std::move(parts);
}

/// NOT of a comparison is the opposite comparison, NOT of OR the AND of the opposites; NOT of NOT
/// is nothing.
Node negated(Node node) {
  if (is_not(node)) return std::move(node.arguments[0]);
  if (node.kind == NodeKind::all || node.kind == NodeKind::any) {
    node.kind = node.kind == NodeKind::all ? NodeKind::any : NodeKind::all;
    for (Node& argument : node.arguments) argument = negated(std::move(argument));
    flatten(node);
    return node;
  }
  if (node.kind == NodeKind::binary) {
    for (const auto& [operation, opposite] : opposites) {
      if (node.text != operation) continue;
      node.text = opposite;
      return node;
    }
  }
  return make_node(NodeKind::unary, "not", [&] {
    std::vector<Node> arguments;
    arguments.push_back(std::move(node));
    return arguments;
  }());
}

bool takes_conditions(const Node& node) {
  return node.kind == NodeKind::all || node.kind == NodeKind::any || is_not(node) ||
         (node.kind == NodeKind::binary && node.text == "xor");
}

}  // namespace

Node normalized(Node node, bool condition) {
  const bool inner = takes_conditions(node);
  for (std::size_t i = 0; i < node.arguments.size(); ++i) {
    // WHEN conditions, and the first argument of IF.
    const bool when = node.kind == NodeKind::case_when && node.text.empty() && i % 2 == 0 &&
                      i + 1 < node.arguments.size();
    const bool first = node.kind == NodeKind::call && node.text == "if" && i == 0;
    node.arguments[i] = normalized(std::move(node.arguments[i]), inner || when || first);
  }
  if (node.kind == NodeKind::all || node.kind == NodeKind::any) flatten(node);
  // BIN(x) and OCT(x) are kept as CONV(x, 10, 2) and CONV(x, 10, 8).
  const bool binary = node.text == "bin";
  if (node.kind == NodeKind::call && (binary || node.text == "oct") && node.arguments.size() == 1) {
    node.text = "conv";
    node.arguments.push_back(make_node(NodeKind::number, "10"));
    node.arguments.push_back(make_node(NodeKind::number, binary ? "2" : "8"));
  }
  if (is_not(node)) return negated(std::move(node.arguments[0]));
  // IN a list of one is a comparison.
  if (node.kind == NodeKind::in && node.arguments.size() == 2 &&
      node.arguments[1].kind != NodeKind::query) {
    node.kind = NodeKind::binary;
    node.text = "=";
  }
  if (condition && node.kind == NodeKind::name) {
    std::vector<Node> both;
    both.push_back(std::move(node));
    both.push_back(make_node(NodeKind::number, "0"));
    return make_node(NodeKind::binary, "<>", std::move(both));
  }
  return node;
}

std::string canonical_text(const Node& node) {
  const auto list = [&](std::string_view separator) {
    std::string text;
    for (const Node& argument : node.arguments) {
      if (!text.empty()) text += separator;
      text += canonical_text(argument);
    }
    return text;
  };
  switch (node.kind) {
    case NodeKind::name: {
      std::string text;
      for (const Node& part : node.arguments) text += quoted_identifier(part.text) + ".";
      // Names of columns are the same in any case.
      return text + quoted_identifier(to_lower(node.text));
    }
    case NodeKind::string:
      return quoted_string(node.text);
    case NodeKind::number:
    case NodeKind::word:
    case NodeKind::variable:
      return node.text;
    case NodeKind::bytes:
      return "x'" + node.text + "'";
    case NodeKind::null:
      return "null";
    case NodeKind::call: {
      // Without digits of a second means with none of them.
      const bool whole = node.text == "current_timestamp" && node.arguments.size() == 1 &&
                         node.arguments[0].kind == NodeKind::number &&
                         node.arguments[0].text == "0";
      return node.text + "(" + (whole ? std::string() : list(", ")) + ")";
    }
    case NodeKind::unary:
      return "(" + node.text + " " + list(" ") + ")";
    case NodeKind::binary:
      return "(" + list(" " + node.text + " ") + ")";
    case NodeKind::all:
      return "(" + list(" and ") + ")";
    case NodeKind::any:
      return "(" + list(" or ") + ")";
    case NodeKind::is:
      return "(" + list(" ") + " is " + node.text + ")";
    case NodeKind::between:
      return "(between " + list(", ") + ")";
    case NodeKind::in:
      return "(in " + list(", ") + ")";
    case NodeKind::interval:
      return "interval " + list(" ") + " " + node.text;
    case NodeKind::case_when:
      return "(case " + node.text + " " + list(", ") + ")";
    case NodeKind::row:
      return "row(" + list(", ") + ")";
    case NodeKind::star:
      return list(".") + "*";
    case NodeKind::query:
      return "(" + node.text + " " + list(" ") + ")";
  }
  return {};
}

}  // namespace relata::syntax::mysql
