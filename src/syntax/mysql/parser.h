#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/mysql/tokens.h"
#include "syntax/mysql/tree.h"

namespace relata::syntax::mysql {

/// How tightly operators bind (MariaDB Knowledge Base, "Operator Precedence"), weakest first.
enum Binding : int {
  binds_any = 1,
  binds_xor,
  binds_all,
  binds_not,
  binds_comparison,
  binds_bit_or,
  binds_bit_and,
  binds_shift,
  binds_sum,
  binds_product,
  binds_power,
  binds_sign,
};

/// Reads expressions and queries into trees in which every spelling of the same thing has become
/// one: names of functions, NOT before a comparison, introducers, quotes. After the first thing
/// that is not understood, or too deep, failed() is true and the result means nothing.
class Parser {
 public:
  /// The text must live as long as the parser.
  explicit Parser(std::string_view text, const LexicalMode& mode = {})
      : mode_(mode), tokens_(tokenize(text, mode)) {}

  [[nodiscard]] Node expression(int lowest = 0);
  /// A whole SELECT, or several joined by UNION.
  [[nodiscard]] Node query();

  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] bool at_end() const { return peek().kind == TokenKind::end; }

 private:
  // parse_expression.cpp, parse_call.cpp
  [[nodiscard]] Node operand();
  [[nodiscard]] Node primary();
  [[nodiscard]] Node word_primary();
  [[nodiscard]] Node parenthesised();
  [[nodiscard]] Node call(std::string name);
  [[nodiscard]] Node special_call(const std::string& name);
  [[nodiscard]] Node cast(bool convert);
  [[nodiscard]] Node trim_call();
  [[nodiscard]] Node case_expression();
  [[nodiscard]] Node interval();
  [[nodiscard]] Node name_from(std::string first);
  [[nodiscard]] Node comparison(Node left, int lowest);
  [[nodiscard]] Node predicate(Node left);
  [[nodiscard]] Node in_list(Node left);
  [[nodiscard]] Node is_test(Node left);
  [[nodiscard]] Node call_arguments(std::string name);
  [[nodiscard]] Node over(Node function);
  [[nodiscard]] std::string type_text();

  // parse_query.cpp
  [[nodiscard]] Node select();
  [[nodiscard]] Node select_items();
  [[nodiscard]] Node tables();
  [[nodiscard]] Node joined_tables();
  [[nodiscard]] Node table_factor();
  [[nodiscard]] Node order_list();
  [[nodiscard]] std::string alias();

  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const;
  const Token& take();
  [[nodiscard]] bool at_word(std::string_view word, std::size_t ahead = 0) const;
  [[nodiscard]] bool at_symbol(std::string_view symbol, std::size_t ahead = 0) const;
  bool accept(std::string_view word);
  bool accept_symbol(std::string_view symbol);
  void expect(std::string_view word);
  void expect_symbol(std::string_view symbol);
  Node fail();
  Node node(NodeKind kind, std::string text, std::vector<Node> arguments = {});

  LexicalMode mode_;
  std::vector<Token> tokens_;
  std::size_t position_ = 0;
  std::size_t level_ = 0;
  bool failed_ = false;
};

}  // namespace relata::syntax::mysql
