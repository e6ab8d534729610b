#include "syntax/postgres/tree.h"

#include <algorithm>

#include "base/text.h"

namespace relata::syntax::postgres {
namespace {

// A step of a tree's depth takes a few hundred bytes in the grammar's output, the unpacking and
// the walk: this many stay well inside a large stack.
constexpr std::size_t deepest_tree = 20'000;
// A SELECT list of this many expressions is parsed at once: one that is refused costs no more than
// parsing its neighbours again.
constexpr std::size_t batch_size = 256;

/// Finds how deep a text's tree can be at most, from its brackets, operators and words alone.
class DepthBound {
 public:
  explicit DepthBound(std::string_view sql) : sql_(sql) {}

  /// How deeply brackets stand in each other, and how many operators and words stand in a row
  /// without a comma between them; what is quoted or a comment does not count.
  std::size_t measure() {
    while (at_ < sql_.size()) step();
    return deepest_;
  }
  /// Whether a bracket closes that was never opened; valid after measure().
  [[nodiscard]] bool is_unbalanced() const { return unbalanced_; }

 private:
  void step() {
    if (skip_comment() || skip_quoted() || skip_dollar_quoted()) return;
    const char c = sql_[at_++];
    const bool white = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (white && at_ < sql_.size() && sql_[at_] == ' ') return;
    if (c == '(' || c == '[') {
      opened_.push_back(++chain_);
    } else if (c == ')' || c == ']') {
      if (opened_.empty()) {
        unbalanced_ = true;
      } else {
        opened_.pop_back();
      }
    } else if (c == ',') {
      chain_ = opened_.empty() ? 0 : opened_.back();
    } else if (c == ';') {
      opened_.clear();
      chain_ = 0;
    } else if (std::string_view(" \n\t+-*/%:|=<>.~!@#^&?").find(c) != std::string_view::npos) {
      ++chain_;
    }
    deepest_ = std::max(deepest_, chain_);
  }

  bool starts_with(std::string_view word) const { return sql_.substr(at_).starts_with(word); }
  void go_behind(std::string_view word, std::size_t from) {
    const std::size_t end = sql_.find(word, from);
    at_ = end == std::string_view::npos ? sql_.size() : end + word.size();
  }

  bool skip_comment() {
    if (starts_with("--")) {
      go_behind("\n", at_);
      return true;
    }
    if (!starts_with("/*")) return false;
    std::size_t level = 0;
    do {
      if (starts_with("/*")) {
        ++level;
        at_ += 2;
      } else if (starts_with("*/")) {
        --level;
        at_ += 2;
      } else {
        ++at_;
      }
    } while (level > 0 && at_ < sql_.size());
    ++chain_;
    return true;
  }

  bool skip_quoted() {
    const char quote = sql_[at_];
    if (quote != '\'' && quote != '"') return false;
    const bool escapes = quote == '\'' && at_ > 0 && (sql_[at_ - 1] == 'E' || sql_[at_ - 1] == 'e');
    ++at_;
    while (at_ < sql_.size() && sql_[at_] != quote) at_ += escapes && sql_[at_] == '\\' ? 2 : 1;
    at_ = std::min(at_ + 1, sql_.size());
    return true;
  }

  bool skip_dollar_quoted() {
    if (sql_[at_] != '$') return false;
    std::size_t end = at_ + 1;
    while (end < sql_.size() && (is_ascii_letter(sql_[end]) || is_ascii_digit(sql_[end]) ||
                                 sql_[end] == '_' || static_cast<unsigned char>(sql_[end]) >= 0x80))
      ++end;
    const bool parameter = at_ + 1 < sql_.size() && is_ascii_digit(sql_[at_ + 1]);
    if (parameter || end >= sql_.size() || sql_[end] != '$') return false;
    go_behind(sql_.substr(at_, end + 1 - at_), end + 1);
    return true;
  }

  std::string_view sql_;
  std::size_t at_ = 0;
  std::vector<std::size_t> opened_;  ///< The chain at each bracket that is still open.
  std::size_t chain_ = 0;
  std::size_t deepest_ = 0;
  bool unbalanced_ = false;
};

/// Whether the text may be given to the grammar, also in brackets among others.
bool is_readable(std::string_view sql) {
  if (sql.find('\0') != std::string_view::npos) return false;
  DepthBound bound(sql);
  return bound.measure() <= deepest_tree && !bound.is_unbalanced();
}

/// The expressions of "SELECT a, b, ..."; nothing when the statement is anything else.
std::vector<const PgQuery__Node*> select_items(const Tree& tree, std::size_t expected) {
  const PgQuery__Node* statement = tree ? tree.statement() : nullptr;
  if (statement == nullptr || statement->node_case != PG_QUERY__NODE__NODE_SELECT_STMT) return {};
  const PgQuery__SelectStmt& select = *statement->select_stmt;
  const bool plain = select.n_target_list == expected && select.n_from_clause == 0 &&
                     select.where_clause == nullptr && select.n_sort_clause == 0 &&
                     select.n_group_clause == 0 && select.having_clause == nullptr &&
                     select.limit_count == nullptr &&
                     select.op == PG_QUERY__SET_OPERATION__SETOP_NONE;
  if (!plain) return {};
  std::vector<const PgQuery__Node*> items;
  for (std::size_t i = 0; i < select.n_target_list; ++i) {
    const PgQuery__ResTarget& target = *select.target_list[i]->res_target;
    if (target.name == nullptr || *target.name == '\0') items.push_back(target.val);
  }
  if (items.size() != expected) items.clear();
  return items;
}

class BatchParser {
 public:
  BatchParser(const std::vector<std::string_view>& texts, ParsedExpressions& out)
      : texts_(texts), out_(out) {}

  /// Halves the range until what is refused stands alone.
  void parse_range(std::size_t begin, std::size_t end) {
    if (begin >= end) return;
    std::string sql = "SELECT ";
    for (std::size_t i = begin; i < end; ++i) {
      if (i > begin) sql += ",\n";
      // The line end closes a comment at the end of the text.
      sql += "(" + std::string(texts_[i]) + "\n)";
    }
    Tree tree(parse_tree(sql));
    const std::vector<const PgQuery__Node*> items = select_items(tree, end - begin);
    if (!items.empty()) {
      std::copy(items.begin(), items.end(),
                out_.nodes.begin() + static_cast<std::ptrdiff_t>(begin));
      out_.trees.push_back(std::move(tree));
    } else if (end - begin > 1) {
      const std::size_t middle = begin + (end - begin) / 2;
      parse_range(begin, middle);
      parse_range(middle, end);
    }
  }

 private:
  const std::vector<std::string_view>& texts_;
  ParsedExpressions& out_;
};

}  // namespace

const PgQuery__Node* Tree::statement() const {
  const PgQuery__ParseResult* result = parsed_.result;
  return result != nullptr && result->n_stmts == 1 ? result->stmts[0]->stmt : nullptr;
}

Tree parse(std::string_view sql) {
  if (!is_readable(sql)) return {};
  return Tree(parse_tree(std::string(sql)));
}

ParsedExpressions parse_expressions(const std::vector<std::string_view>& texts) {
  ParsedExpressions parsed;
  parsed.nodes.resize(texts.size(), nullptr);
  BatchParser parser(texts, parsed);
  std::size_t begin = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!is_readable(texts[i])) {
      parser.parse_range(begin, i);
      begin = i + 1;
    } else if (i + 1 - begin == batch_size) {
      parser.parse_range(begin, i + 1);
      begin = i + 1;
    }
  }
  parser.parse_range(begin, texts.size());
  return parsed;
}

std::vector<std::string> name_parts(PgQuery__Node* const* nodes, std::size_t count) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < count; ++i) {
    if (nodes[i]->node_case == PG_QUERY__NODE__NODE_STRING)
      parts.emplace_back(nodes[i]->string->sval);
  }
  return parts;
}

}  // namespace relata::syntax::postgres
