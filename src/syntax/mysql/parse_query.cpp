#include <array>

#include "base/text.h"
#include "syntax/mysql/parser.h"

namespace relata::syntax::mysql {

// A query is a tree of nodes of kind `query`, told apart by their text: "select" and "union" hold
// clauses ("items", "from", "where", "group by", "having", "order by", "limit"), "item" an
// expression and its name, "table" a name and its alias, "derived" a query and its alias, "join"
// and "left join" two tables and their condition, "asc" and "desc" what is ordered by.

namespace {

/// Words that end an expression or a table, so that they are no alias.
constexpr std::array<std::string_view, 34> no_aliases{
    "from",          "where",     "group",     "having", "order", "limit", "union",
    "except",        "intersect", "on",        "using",  "join",  "inner", "cross",
    "left",          "right",     "natural",   "as",     "for",   "lock",  "window",
    "into",          "and",       "or",        "when",   "then",  "else",  "end",
    "straight_join", "procedure", "partition", "use",    "force", "ignore"};

bool can_be_alias(const Token& token) {
  if (token.kind == TokenKind::identifier || token.kind == TokenKind::string) return true;
  if (token.kind != TokenKind::word) return false;
  const std::string lower = to_lower(token.text);
  for (const std::string_view word : no_aliases) {
    if (word == lower) return false;
  }
  return true;
}

Node word(std::string text) { return make_node(NodeKind::word, std::move(text)); }

}  // namespace

std::string Parser::alias() {
  const bool said = accept("as");
  const Token& token = peek();
  if (!said && !can_be_alias(token)) return {};
  take();
  return token.kind == TokenKind::string ? string_value(token.text, mode_)
                                         : identifier_value(token);
}

Node Parser::query() {
  if (++level_ > deepest_tree) {
    --level_;
    return fail();
  }
  std::vector<Node> clauses;
  if (accept("with")) {
    const bool recursive = accept("recursive");
    std::vector<Node> tables;
    do {
      std::string name = identifier_value(take());
      if (accept_symbol("(")) {
        while (!at_end() && !accept_symbol(")")) {
          if (!accept_symbol(",")) name += " " + identifier_value(take());
        }
      }
      expect("as");
      expect_symbol("(");
      std::vector<Node> parts{query()};
      parts.push_back(word(std::move(name)));
      tables.push_back(node(NodeKind::query, "derived", std::move(parts)));
      expect_symbol(")");
    } while (accept_symbol(","));
    clauses.push_back(
        node(NodeKind::query, recursive ? "with recursive" : "with", std::move(tables)));
  }
  Node result = select();
  while (at_word("union") || at_word("except") || at_word("intersect")) {
    std::string kind = to_lower(take().text);
    if (accept("all")) kind += " all";
    accept("distinct");
    std::vector<Node> both{std::move(result)};
    both.push_back(select());
    result = node(NodeKind::query, std::move(kind), std::move(both));
  }
  if (accept("order")) {
    expect("by");
    Node list = order_list();
    list.text = "order by";
    result.arguments.push_back(std::move(list));
  }
  if (accept("limit")) {
    std::vector<Node> numbers{primary()};
    if (accept_symbol(",")) {
      numbers.insert(numbers.begin(), primary());
    } else if (accept("offset")) {
      numbers.push_back(primary());
    }
    result.arguments.push_back(node(NodeKind::query, "limit", std::move(numbers)));
  }
  if (!clauses.empty()) {
    clauses.push_back(std::move(result));
    result = node(NodeKind::query, "common", std::move(clauses));
  }
  --level_;
  return result;
}

Node Parser::select() {
  if (accept_symbol("(")) {
    Node inner = query();
    expect_symbol(")");
    return inner;
  }
  expect("select");
  std::vector<Node> clauses;
  for (;;) {
    if (accept("distinct") || accept("distinctrow")) {
      clauses.push_back(word("distinct"));
    } else if (!accept("all") && !accept("straight_join") && !accept("sql_small_result") &&
               !accept("sql_big_result") && !accept("sql_no_cache") && !accept("sql_cache") &&
               !accept("high_priority")) {
      break;
    }
  }
  clauses.push_back(select_items());
  if (accept("from")) clauses.push_back(node(NodeKind::query, "from", {tables()}));
  if (accept("where")) clauses.push_back(node(NodeKind::query, "where", {expression()}));
  if (accept("group")) {
    expect("by");
    Node list = order_list();
    list.text = "group by";
    clauses.push_back(std::move(list));
    if (accept("with")) {
      expect("rollup");
      clauses.push_back(word("rollup"));
    }
  }
  if (accept("having")) clauses.push_back(node(NodeKind::query, "having", {expression()}));
  return node(NodeKind::query, "select", std::move(clauses));
}

Node Parser::select_items() {
  std::vector<Node> items;
  do {
    const std::size_t first = position_;
    std::vector<Node> parts{expression()};
    if (failed_) return {};
    // Without a name of its own, an expression has its text as its name.
    const Token& last = tokens_[position_ - 1];
    const char* begin = tokens_[first].text.data();
    std::string text(begin, last.text.data() + last.text.size());
    std::string name = alias();
    if (name.empty()) {
      name = parts[0].kind == NodeKind::name ? parts[0].text : std::move(text);
    }
    parts.push_back(word(std::move(name)));
    items.push_back(node(NodeKind::query, "item", std::move(parts)));
  } while (accept_symbol(","));
  return node(NodeKind::query, "items", std::move(items));
}

Node Parser::order_list() {
  std::vector<Node> list;
  do {
    Node value = expression();
    const bool down = accept("desc");
    if (!down) accept("asc");
    list.push_back(node(NodeKind::query, down ? "desc" : "asc", {std::move(value)}));
  } while (accept_symbol(","));
  return node(NodeKind::query, "order by", std::move(list));
}

Node Parser::tables() {
  Node result = joined_tables();
  while (accept_symbol(",")) {
    std::vector<Node> both{std::move(result)};
    both.push_back(joined_tables());
    result = node(NodeKind::query, "join", std::move(both));
  }
  return result;
}

Node Parser::joined_tables() {
  if (++level_ > deepest_tree) {
    --level_;
    return fail();
  }
  Node left = table_factor();
  while (!failed_) {
    std::string kind;
    const bool natural = accept("natural");
    if (accept("left") || accept("right")) {
      kind = is_word(tokens_[position_ - 1], "left") ? "left join" : "right join";
      accept("outer");
      expect("join");
    } else if (accept("straight_join")) {
      kind = "straight_join";
    } else if (accept("inner") || accept("cross")) {
      expect("join");
      kind = "join";
    } else if (accept("join")) {
      kind = "join";
    } else {
      if (natural) fail();
      break;
    }
    std::vector<Node> parts{std::move(left)};
    parts.push_back(table_factor());
    if (natural) {
      parts.push_back(word("natural"));
    } else if (accept("on")) {
      parts.push_back(expression());
    } else if (accept("using")) {
      expect_symbol("(");
      std::vector<Node> names;
      do {
        names.push_back(make_node(NodeKind::name, identifier_value(take())));
      } while (accept_symbol(","));
      expect_symbol(")");
      parts.push_back(node(NodeKind::query, "using", std::move(names)));
    }
    // A right join is a left join with its tables the other way round.
    if (kind == "right join") {
      std::swap(parts[0], parts[1]);
      kind = "left join";
    }
    left = node(NodeKind::query, std::move(kind), std::move(parts));
  }
  --level_;
  return left;
}

Node Parser::table_factor() {
  if (at_symbol("(")) {
    std::size_t ahead = 0;
    while (at_symbol("(", ahead)) ++ahead;
    const bool derived = at_word("select", ahead) || at_word("with", ahead);
    take();
    if (!derived) {
      Node inner = tables();
      expect_symbol(")");
      return inner;
    }
    std::vector<Node> parts{query()};
    expect_symbol(")");
    parts.push_back(word(alias()));
    return node(NodeKind::query, "derived", std::move(parts));
  }
  if (peek().kind != TokenKind::word && peek().kind != TokenKind::identifier) return fail();
  Node name = name_from(identifier_value(take()));
  std::string other = alias();
  if (other.empty()) other = name.text;
  for (const char* hint : {"use", "force", "ignore"}) {
    if (!at_word(hint)) continue;
    take();
    while (!at_end() && !at_symbol("(")) take();
    while (!at_end() && !accept_symbol(")")) take();
  }
  std::vector<Node> parts{std::move(name)};
  parts.push_back(word(std::move(other)));
  return node(NodeKind::query, "table", std::move(parts));
}

}  // namespace relata::syntax::mysql
