#include "live/postgres/reload.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "dialect/postgres_words.h"

namespace relata::live::postgres {

namespace {

/// Places of a text to take out or to put something in, from the front to the back.
struct Edit {
  std::size_t at = 0;
  std::size_t removed = 0;
  std::string_view inserted;
};

bool is_sign(const SqlToken& token, std::string_view sign) {
  return token.is(SqlTokenKind::sign, sign);
}
bool is_name(const SqlToken& token, std::string_view name) {
  return token.is(SqlTokenKind::name, name);
}

/// Whether the tokens from there on are these; names, signs.
bool follows(const std::vector<SqlToken>& tokens, std::size_t at,
             const std::vector<std::string_view>& texts) {
  if (at + texts.size() > tokens.size()) return false;
  return std::equal(texts.begin(), texts.end(), tokens.begin() + static_cast<std::ptrdiff_t>(at),
                    [](std::string_view text, const SqlToken& token) {
                      return is_sign(token, text) || is_name(token, text);
                    });
}

/// ANY ((ARRAY[...])::text[]) of elements that are character varying: the cast goes.
void find_array_casts(const std::vector<SqlToken>& tokens, std::vector<Edit>& edits) {
  for (std::size_t at = 1; at < tokens.size(); ++at) {
    const bool compares = is_name(tokens[at - 1], "any") || is_name(tokens[at - 1], "all");
    if (!compares || !follows(tokens, at, {"(", "(", "array", "["})) continue;
    constexpr std::size_t head = 4;
    std::size_t end = at + head;
    bool varying = true;
    int depth = 0;
    for (; end < tokens.size() && !(depth == 0 && is_sign(tokens[end], "]")); ++end) {
      if (is_sign(tokens[end], "(") || is_sign(tokens[end], "[")) ++depth;
      if (is_sign(tokens[end], ")") || is_sign(tokens[end], "]")) --depth;
      const bool separates = depth == 0 && is_sign(tokens[end], ",");
      if (separates) varying = varying && follows(tokens, end - 2, {"character", "varying"});
    }
    varying = varying && follows(tokens, end - 2, {"character", "varying"});
    if (!varying || !follows(tokens, end, {"]", ")", "::", "text", "[", "]", ")"})) continue;
    constexpr std::size_t last_of_cast = 5;
    edits.push_back({tokens[at + 1].begin, 1, {}});
    const std::size_t cast = tokens[end + 1].begin;
    edits.push_back({cast, tokens[end + last_of_cast].end - cast, {}});
  }
}

constexpr std::array<std::string_view, 13> behind_list{
    "from",   "where", "group", "having", "window", "union", "intersect",
    "except", "order", "limit", "offset", "fetch",  "for"};

/// Finds the items of SELECT lists that have no name.
class SelectLists {
 public:
  SelectLists(const std::vector<SqlToken>& tokens, std::vector<Edit>& edits)
      : tokens_(tokens), edits_(edits) {}

  void run() {
    levels_.emplace_back();
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      const SqlToken& token = tokens_[at];
      Level& level = levels_.back();
      if (is_sign(token, "(") || is_sign(token, "[")) {
        levels_.emplace_back();
      } else if (is_sign(token, ")") || is_sign(token, "]")) {
        end_item(at);
        if (levels_.size() > 1) levels_.pop_back();
      } else if (is_name(token, "select")) {
        level = {true, skip_distinct(at + 1), false};
      } else if (level.in_list && is_name(token, "as")) {
        level.named = true;
      } else if (level.in_list && is_sign(token, ",")) {
        end_item(at);
        levels_.back() = {true, at + 1, false};
      } else if (level.in_list && token.kind == SqlTokenKind::name &&
                 std::find(behind_list.begin(), behind_list.end(), token.text) !=
                     behind_list.end()) {
        end_item(at);
        levels_.back() = {};
      }
    }
    end_item(tokens_.size());
  }

 private:
  struct Level {
    bool in_list = false;
    std::size_t item = 0;  ///< Its first token.
    bool named = false;
  };

  [[nodiscard]] std::size_t skip_distinct(std::size_t at) const {
    return at < tokens_.size() && is_name(tokens_[at], "distinct") ? at + 1 : at;
  }

  /// A column (a.b), a star, a constant, or what is in parentheses gets no name of its own.
  [[nodiscard]] bool has_usual_name(std::size_t begin, std::size_t end) const {
    if (end - begin == 1 || is_sign(tokens_[end - 1], "*")) return true;
    if (is_sign(tokens_[begin], "(") && is_sign(tokens_[end - 1], ")")) return true;
    return std::all_of(tokens_.begin() + static_cast<std::ptrdiff_t>(begin),
                       tokens_.begin() + static_cast<std::ptrdiff_t>(end),
                       [](const SqlToken& token) {
                         return token.kind == SqlTokenKind::name ||
                                token.kind == SqlTokenKind::quoted_name || is_sign(token, ".");
                       });
  }

  void end_item(std::size_t end) {
    const Level& level = levels_.back();
    if (!level.in_list || level.named || level.item >= end) return;
    // DISTINCT ON (...) is not told from the first item, which stays as it is.
    if (is_name(tokens_[level.item], "on") || has_usual_name(level.item, end)) return;
    edits_.push_back({tokens_[end - 1].end, 0, " AS \"?column?\""});
  }

  const std::vector<SqlToken>& tokens_;
  std::vector<Edit>& edits_;
  std::vector<Level> levels_;
};

}  // namespace

std::string reloadable(std::string sql) {
  const bool has_array = sql.find("])::text[])") != std::string::npos;
  const bool has_list = sql.find("SELECT ") != std::string::npos;
  if (!has_array && !has_list) return sql;
  const std::vector<SqlToken> tokens = postgres_tokens(sql);
  std::vector<Edit> edits;
  if (has_array) find_array_casts(tokens, edits);
  if (has_list) SelectLists(tokens, edits).run();
  std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.at < b.at; });
  std::string result;
  std::size_t from = 0;
  for (const Edit& edit : edits) {
    if (edit.at < from) continue;
    result.append(sql, from, edit.at - from);
    result += edit.inserted;
    from = edit.at + edit.removed;
  }
  result.append(sql, from);
  return result;
}

}  // namespace relata::live::postgres
