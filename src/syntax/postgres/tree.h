#pragma once

#include <pg_query/pg_query.pb-c.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syntax/postgres/parse_tree.h"

namespace relata::syntax::postgres {

/// A parsed text; its nodes live as long as it does.
class Tree {
 public:
  Tree() = default;
  explicit Tree(ParseTree parsed) : parsed_(std::move(parsed)) {}

  [[nodiscard]] explicit operator bool() const { return parsed_.result != nullptr; }
  /// The only statement; null when there is none or more than one.
  [[nodiscard]] const PgQuery__Node* statement() const;

 private:
  ParseTree parsed_;
};

/// The one statement in the text (on a thread with a large stack, see large_stack.h); an empty tree
/// when PostgreSQL's grammar refuses it, or when it is nested so deeply that walking it could
/// exhaust the stack.
[[nodiscard]] Tree parse(std::string_view sql);

/// Expressions that were parsed together.
struct ParsedExpressions {
  std::vector<Tree> trees;
  std::vector<const PgQuery__Node*> nodes;  ///< One a text, into `trees`; null: refused.
};

/// Parses many expressions in few calls.
[[nodiscard]] ParsedExpressions parse_expressions(const std::vector<std::string_view>& texts);

/// The strings of a list of String nodes: the parts of a qualified name.
[[nodiscard]] std::vector<std::string> name_parts(PgQuery__Node* const* nodes, std::size_t count);

}  // namespace relata::syntax::postgres
