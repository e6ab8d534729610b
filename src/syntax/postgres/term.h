#pragma once

#include <string>
#include <utility>
#include <vector>

namespace relata::syntax::postgres {

/// A type as the walk knows it: the name that format_type() shows without modifiers ("character
/// varying", "integer", "text[]", "mood"); empty when nothing is known of it.
using TypeName = std::string;

/// A literal without a type of its own takes that of its surroundings.
inline constexpr std::string_view unknown_type = "unknown";

/// An SQL expression after everything that people and the server write in more than one way was put
/// in one: casts that the server adds are gone, IN and BETWEEN are spelled out, names are resolved.
struct Term {
  enum class Kind {
    constant,  ///< `text` is the value in the spelling of its type's output function.
    null,
    column,     ///< `text` is the column, `relation` what it is of ("" for the table at hand).
    call,       ///< Function `text`.
    operation,  ///< Operator `text` with one or two operands.
    any,        ///< `left text ANY (array)`.
    all,        ///< `left text ALL (array)`.
    all_of,     ///< AND.
    any_of,     ///< OR.
    negation,   ///< NOT.
    is_null,
    is_not_null,
    cast,      ///< To type `text`, with its modifiers.
    array,     ///< ARRAY[...].
    row,       ///< ROW(...).
    choice,    ///< CASE: the conditions and values in turn, at the end what else.
    coalesce,  ///< COALESCE.
    current,   ///< CURRENT_DATE and its like; `text` is the word.
    form,      ///< Anything else: `text` names it, `arguments` are its parts.
    raw,       ///< `text` is already in its one spelling.
  };

  Kind kind = Kind::raw;
  std::string text = {};
  TypeName type = {};
  std::vector<Term> arguments = {};
  std::string relation = {};  ///< Of a column.
  bool number = false;        ///< A constant written without quotes.
};

/// A list of terms; an initializer list would copy them with all that they hold.
template <class... Terms>
[[nodiscard]] std::vector<Term> terms_of(Terms&&... terms) {
  std::vector<Term> list;
  list.reserve(sizeof...(terms));
  (list.push_back(std::forward<Terms>(terms)), ...);
  return list;
}

[[nodiscard]] inline Term make_term(Term::Kind kind, std::string text, TypeName type = {},
                                    std::vector<Term> arguments = {}) {
  Term term;
  term.kind = kind;
  term.text = std::move(text);
  term.type = std::move(type);
  term.arguments = std::move(arguments);
  return term;
}

[[nodiscard]] inline Term raw_term(std::string text, TypeName type = {}) {
  return make_term(Term::Kind::raw, std::move(text), std::move(type));
}

/// The term's one spelling: every operation in parentheses, constants in quotes without their type.
[[nodiscard]] std::string print(const Term& term);

/// The terms with ", " between them.
[[nodiscard]] std::string print_list(const std::vector<Term>& terms);

/// As print(), and a constant says its type where that is not what a plain literal would have: for
/// places that give a literal no other type, such as a SELECT list.
[[nodiscard]] std::string print_with_type(const Term& term);

}  // namespace relata::syntax::postgres
