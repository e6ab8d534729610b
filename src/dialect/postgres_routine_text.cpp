#include "dialect/postgres_routine_text.h"

#include <algorithm>
#include <array>

#include "dialect/postgres_words.h"

namespace relata {
namespace {

bool is_sql(const std::vector<SqlToken>& tokens) {
  for (std::size_t at = 1; at < tokens.size(); ++at) {
    const bool language = tokens[at - 1].is(SqlTokenKind::name, "language");
    if (language && tokens[at].text == "sql") return true;
  }
  return false;
}

/// Whether the options of a routine begin at a token that stands in no brackets: words that are
/// not reserved, so that tables and types may be called as they are (LANGUAGE, ROWS).
bool begins_options(const std::vector<SqlToken>& tokens, std::size_t at) {
  static constexpr std::array<std::string_view, 17> words{
      "language",  "transform", "window",  "immutable", "stable",   "volatile",
      "leakproof", "called",    "strict",  "external",  "security", "parallel",
      "cost",      "rows",      "support", "set",       "not"};
  static constexpr std::array<std::string_view, 5> before_name{"function", "procedure", "returns",
                                                               "setof", "."};
  const auto is_any = [&](std::size_t place, const auto& of) {
    return std::find(of.begin(), of.end(), tokens[place].text) != of.end();
  };
  if (tokens[at].kind != SqlTokenKind::name || at == 0) return false;
  if (tokens[at].text == "returns") {
    return at + 1 < tokens.size() && tokens[at + 1].is(SqlTokenKind::name, "null");
  }
  return is_any(at, words) && !is_any(at - 1, before_name);
}

RoutineText split(std::string_view text, const std::vector<SqlToken>& tokens) {
  RoutineText out;
  static constexpr std::array<std::string_view, 8> behind_type{
      "default", "with", "without", "varying", "precision", "language", "as", "returns"};
  int depth = 0;
  bool in_options = false;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const SqlToken& token = tokens[at];
    if (token.is(SqlTokenKind::sign, "(")) ++depth;
    if (token.is(SqlTokenKind::sign, ")")) --depth;
    const bool atomic = token.is(SqlTokenKind::name, "begin") && at + 1 < tokens.size() &&
                        tokens[at + 1].is(SqlTokenKind::name, "atomic");
    if (depth == 0 && (atomic || token.is(SqlTokenKind::name, "return"))) {
      out.bound_body = text.substr(token.end);
      return out;
    }
    in_options = in_options || (depth == 0 && begins_options(tokens, at));
    const bool names = at > 0 && (tokens[at - 1].is(SqlTokenKind::name, "support") ||
                                  tokens[at - 1].is(SqlTokenKind::name, "type") ||
                                  tokens[at - 1].is(SqlTokenKind::sign, "."));
    if (in_options && !names && !token.is(SqlTokenKind::sign, ".")) continue;
    const bool named = token.kind == SqlTokenKind::name || token.kind == SqlTokenKind::quoted_name;
    const bool before_type = depth > 0 && at + 1 < tokens.size() && named &&
                             (tokens[at + 1].kind == SqlTokenKind::quoted_name ||
                              (tokens[at + 1].kind == SqlTokenKind::name &&
                               std::find(behind_type.begin(), behind_type.end(),
                                         tokens[at + 1].text) == behind_type.end()));
    if (token.kind == SqlTokenKind::text || before_type) continue;
    out.signature += text.substr(token.begin, token.end - token.begin);
    out.signature += token.is(SqlTokenKind::sign, ".") ? "" : " ";
  }
  return out;
}

}  // namespace

RoutineText postgres_routine_text(std::string_view sql) {
  const std::vector<SqlToken> tokens = postgres_tokens(sql);
  RoutineText out = split(sql, tokens);
  if (!is_sql(tokens)) return out;
  for (const SqlToken& token : tokens) {
    if (token.kind == SqlTokenKind::text && token.text != "sql") {
      out.sql_bodies.push_back(token.text);
    }
  }
  return out;
}

}  // namespace relata
