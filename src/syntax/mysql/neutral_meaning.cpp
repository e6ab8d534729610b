#include <algorithm>
#include <array>
#include <utility>

#include "syntax/mysql/canonical_forms.h"

namespace relata::syntax::mysql {

namespace {

constexpr std::array<std::pair<std::string_view, Operation>, 6> comparisons{{
    {"=", Operation::equal},
    {"<>", Operation::not_equal},
    {"<", Operation::less},
    {"<=", Operation::less_or_equal},
    {">", Operation::greater},
    {">=", Operation::greater_or_equal},
}};

Expression unknown() { return expression::leaf(Operation::sql); }

bool known(const std::vector<Expression>& arguments) {
  return std::ranges::none_of(
      arguments, [](const Expression& argument) { return argument.operation == Operation::sql; });
}

std::vector<Expression> meanings(const std::vector<Node>& nodes) {
  std::vector<Expression> result;
  for (const Node& node : nodes) result.push_back(neutral_meaning(node));
  return result;
}

Expression operation(Operation what, const std::vector<Node>& nodes) {
  std::vector<Expression> arguments = meanings(nodes);
  return known(arguments) ? expression::call(what, std::move(arguments)) : unknown();
}

Expression binary(const Node& node) {
  if (node.arguments.size() != 2) return unknown();
  for (const auto& [text, what] : comparisons) {
    if (node.text == text) return operation(what, node.arguments);
  }
  if (node.text == "like" && node.arguments[1].kind == NodeKind::string) {
    Expression text = neutral_meaning(node.arguments[0]);
    if (text.operation == Operation::sql) return unknown();
    Expression result = expression::call(Operation::matches_like, {std::move(text)});
    result.text = node.arguments[1].text;
    return result;
  }
  return unknown();
}

Expression call(const Node& node) {
  const std::vector<Node>& arguments = node.arguments;
  if (node.text == "current_timestamp") return expression::leaf(Operation::now);
  if (node.text == "curdate") return expression::leaf(Operation::today);
  if (arguments.size() != 1) return unknown();
  if (node.text == "char_length") return operation(Operation::length_of, arguments);
  if (node.text == "lower") return operation(Operation::lower, arguments);
  return unknown();
}

Expression between(const Node& node) {
  const std::vector<Expression> parts = meanings(node.arguments);
  if (parts.size() != 3 || !known(parts)) return unknown();
  return expression::call(Operation::all_of,
                          {expression::call(Operation::greater_or_equal, {parts[0], parts[1]}),
                           expression::call(Operation::less_or_equal, {parts[0], parts[2]})});
}

}  // namespace

Expression neutral_meaning(const Node& node) {
  switch (node.kind) {
    case NodeKind::name:
      return node.arguments.empty() ? expression::column(node.text) : unknown();
    case NodeKind::string:
      return expression::string(node.text);
    case NodeKind::number:
      return expression::number(node.text);
    case NodeKind::null:
      return expression::leaf(Operation::null);
    case NodeKind::all:
      return operation(Operation::all_of, node.arguments);
    case NodeKind::any:
      return operation(Operation::any_of, node.arguments);
    case NodeKind::unary:
      if (node.text != "not") return unknown();
      if (node.arguments[0].kind == NodeKind::is && node.arguments[0].text == "null") {
        return operation(Operation::is_not_null, node.arguments[0].arguments);
      }
      return operation(Operation::negate, node.arguments);
    case NodeKind::is:
      return node.text == "null" ? operation(Operation::is_null, node.arguments) : unknown();
    case NodeKind::in:
      return operation(Operation::in, node.arguments);
    case NodeKind::between:
      return between(node);
    case NodeKind::binary:
      return binary(node);
    case NodeKind::call:
      return call(node);
    default:
      return unknown();
  }
}

}  // namespace relata::syntax::mysql
