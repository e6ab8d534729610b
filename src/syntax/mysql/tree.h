#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace relata::syntax::mysql {

/// What a Node is; `text` and `arguments` hold what the comment says.
enum class NodeKind {
  name,    ///< text: the last part; arguments: the parts before it, as names.
  string,  ///< text: the value.
  number,  ///< text: the digits, without needless zeros.
  bytes,   ///< text: hexadecimal digits.
  null,
  word,       ///< text: lower case; a unit, a type, a key word among arguments.
  variable,   ///< text: as written.
  call,       ///< text: the function, lower case, one of its names; arguments.
  unary,      ///< text: "-", "~", "not".
  binary,     ///< text: the operator, lower case ("=", "div", "like"); two arguments.
  all,        ///< AND of the arguments.
  any,        ///< OR of the arguments.
  is,         ///< text: "null", "true", "false".
  between,    ///< Three arguments.
  in,         ///< The first argument is among the others.
  interval,   ///< text: the unit.
  case_when,  ///< text: "value" when the first argument is compared; pairs, perhaps an else.
  row,        ///< (a, b)
  star,       ///< *
  query,      ///< arguments: clauses, see parse_query().
};

/// An expression, or a part of a query.
struct Node {
  NodeKind kind = NodeKind::null;
  std::string text;
  std::vector<Node> arguments;
  std::size_t depth = 1;  ///< Levels below and with this one; bounded by the parser.

  bool operator==(const Node& other) const {
    return kind == other.kind && text == other.text && arguments == other.arguments;
  }
};

[[nodiscard]] Node make_node(NodeKind kind, std::string text, std::vector<Node> arguments = {});

/// Deepest tree that is read; deeper text keeps its tokens as its only form.
inline constexpr std::size_t deepest_tree = 400;

}  // namespace relata::syntax::mysql
