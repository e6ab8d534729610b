#include "syntax/postgres/trivial.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "syntax/postgres/constants.h"
#include "syntax/postgres/type_rules.h"
#include "syntax/postgres/types.h"

namespace relata::syntax::postgres {
namespace {

using Kind = Term::Kind;

// More digits could be a bigint.
constexpr std::size_t most_integer_digits = 9;

bool is_whole_number(std::string_view text) {
  return !text.empty() && text.size() <= most_integer_digits &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

Term literal(std::string value, TypeName type) {
  return make_term(Kind::constant, std::move(value), std::move(type));
}

/// A type without modifiers that is named as the catalog shows it; empty for any other text.
TypeName plain_type(std::string_view text) {
  constexpr auto shown = std::to_array<std::string_view>(
      {"character varying", "bpchar", "double precision", "timestamp without time zone",
       "timestamp with time zone", "time without time zone"});
  if (std::find(shown.begin(), shown.end(), text) != shown.end()) return without_modifiers(text);
  // "character" and "bit" alone mean a length of one.
  if (text == "character" || text == "bit") return {};
  const bool plain = !text.empty() &&
                     text.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
  return plain && postgres_builtin_type(text) == text ? TypeName(text) : TypeName();
}

/// 'value' or 'value'::type.
std::optional<Term> string_term(std::string_view text) {
  if (text.size() < 2 || text.front() != '\'') return std::nullopt;
  const std::size_t end = text.find('\'', 1);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view value = text.substr(1, end - 1);
  const std::string_view rest = text.substr(end + 1);
  if (rest.empty()) return literal(std::string(value), TypeName(unknown_type));
  if (!rest.starts_with("::")) return std::nullopt;
  TypeName type = plain_type(rest.substr(2));
  if (type.empty()) return std::nullopt;
  std::string shown = shown_constant(value, type);
  return literal(std::move(shown), std::move(type));
}

}  // namespace

std::optional<Term> trivial_term(std::string_view text) {
  text = trim(text);
  if (is_whole_number(text)) {
    Term term = literal(shown_constant(text, "integer"), "integer");
    term.number = true;
    return term;
  }
  if (text.starts_with('\'')) return string_term(text);
  constexpr std::size_t longest_word = 20;
  if (text.size() > longest_word) return std::nullopt;
  const std::string word = to_lower(text);
  if (word == "true" || word == "false") return literal(word, "boolean");
  if (word == "null") return make_term(Kind::null, "");
  if (word == "now()") return make_term(Kind::call, "now", "timestamp with time zone");
  if (word == "current_timestamp")
    return make_term(Kind::current, "CURRENT_TIMESTAMP", "timestamp with time zone");
  return std::nullopt;
}

}  // namespace relata::syntax::postgres
