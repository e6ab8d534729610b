#include "syntax/postgres/meaning.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "syntax/postgres/type_rules.h"

namespace relata::syntax::postgres {
namespace {

using Kind = Term::Kind;
using Meaning = std::optional<Expression>;

struct NameRow {
  std::string_view name;
  Operation operation;
  std::size_t least = 0;  ///< Number of arguments.
  std::size_t most = 0;
};

constexpr auto functions = std::to_array<NameRow>({
    {"now", Operation::now, 0, 0},
    {"clock_timestamp", Operation::now, 0, 0},
    {"statement_timestamp", Operation::now, 0, 0},
    {"transaction_timestamp", Operation::now, 0, 0},
    {"gen_random_uuid", Operation::new_uuid4, 0, 0},
    {"uuid_generate_v4", Operation::new_uuid4, 0, 0},
    {"uuidv4", Operation::new_uuid4, 0, 0},
    {"uuidv7", Operation::new_uuid7, 0, 0},
    {"lower", Operation::lower, 1, 1},
    {"upper", Operation::upper, 1, 1},
    {"length", Operation::length_of, 1, 1},
    {"char_length", Operation::length_of, 1, 1},
    {"character_length", Operation::length_of, 1, 1},
    {"btrim", Operation::trimmed, 1, 1},
    {"abs", Operation::absolute, 1, 1},
    {"round", Operation::rounded, 1, 2},
    {"replace", Operation::replaced, 3, 3},
    {"num_nonnulls", Operation::count_set, 1, 100},
});

constexpr auto operators = std::to_array<NameRow>({
    {"=", Operation::equal, 2, 2},
    {"<>", Operation::not_equal, 2, 2},
    {"<", Operation::less, 2, 2},
    {"<=", Operation::less_or_equal, 2, 2},
    {">", Operation::greater, 2, 2},
    {">=", Operation::greater_or_equal, 2, 2},
    {"+", Operation::add, 2, 2},
    {"-", Operation::subtract, 2, 2},
    {"*", Operation::multiply, 2, 2},
    {"%", Operation::modulo, 2, 2},
    {"/", Operation::divide, 2, 2},
    {"||", Operation::concatenate, 2, 2},
});

template <std::size_t size>
const NameRow* find_row(const std::array<NameRow, size>& rows, std::string_view name,
                        std::size_t arguments) {
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const NameRow& candidate) {
    return candidate.name == name && arguments >= candidate.least && arguments <= candidate.most;
  });
  return row == rows.end() ? nullptr : &*row;
}

/// The operation on the meanings of all of the terms.
Meaning of_all(Operation operation, const std::vector<Term>& terms) {
  std::vector<Expression> arguments;
  for (const Term& term : terms) {
    Meaning argument = neutral_meaning(term);
    if (!argument) return std::nullopt;
    arguments.push_back(*std::move(argument));
  }
  return expression::call(operation, std::move(arguments));
}

Meaning negated(Meaning meaning) {
  if (!meaning) return meaning;
  return expression::call(Operation::negate, {*std::move(meaning)});
}

std::string unquoted(const std::string& identifier) {
  if (identifier.size() < 2 || identifier.front() != '"') return identifier;
  return replace_all(std::string_view(identifier).substr(1, identifier.size() - 2), "\"\"", "\"");
}

Meaning of_constant(const Term& term) {
  if (term.type == "boolean") return expression::leaf(Operation::boolean, term.text);
  const bool digits =
      !term.text.empty() && term.text.find_first_not_of("-.0123456789") == std::string::npos;
  if (is_number(term.type) && digits) return expression::number(term.text);
  // Arrays become JSON where there are none.
  if (is_array(term.type)) {
    if (term.text == "{}") return expression::string("[]");
    return std::nullopt;
  }
  constexpr auto own =
      std::to_array<std::string_view>({"interval", "bytea", "regclass", "bit", "bit varying",
                                       "tsvector", "tsquery", "jsonpath", "xml", "oid"});
  if (std::find(own.begin(), own.end(), term.type) != own.end()) return std::nullopt;
  if (is_moment(term.type)) {
    // Only what every engine takes for a moment: no "infinity", and the zone is UTC.
    if (term.text.empty() || !is_ascii_digit(term.text.front())) return std::nullopt;
    std::string text = term.text;
    if (text.ends_with("+00")) text.resize(text.size() - 3);
    return expression::string(std::move(text));
  }
  return expression::string(term.text);
}

Meaning of_call(const Term& term) {
  // The engines' own clocks show UTC.
  if (term.text == "timezone" && term.arguments.size() == 2 &&
      term.arguments[0].kind == Kind::constant && to_lower(term.arguments[0].text) == "utc") {
    return neutral_meaning(term.arguments[1]);
  }
  const NameRow* row = find_row(functions, term.text, term.arguments.size());
  return row == nullptr ? std::nullopt : of_all(row->operation, term.arguments);
}

Meaning of_like(const Term& term, bool negative) {
  if (term.arguments[1].kind != Kind::constant) return std::nullopt;
  Meaning like = of_all(Operation::matches_like, {term.arguments[0]});
  if (!like) return std::nullopt;
  like->text = term.arguments[1].text;
  return negative ? negated(std::move(like)) : like;
}

Meaning of_operation(const Term& term) {
  if (term.arguments.size() == 2 && (term.text == "~~" || term.text == "!~~"))
    return of_like(term, term.text == "!~~");
  const std::string name = term.text.substr(0, term.text.find('{'));
  const NameRow* row = find_row(operators, name, term.arguments.size());
  if (row == nullptr) return std::nullopt;
  const TypeName& left = term.arguments[0].type;
  const TypeName& right = term.arguments[1].type;
  const bool arithmetic =
      row->operation == Operation::add || row->operation == Operation::subtract ||
      row->operation == Operation::multiply || row->operation == Operation::modulo;
  if (arithmetic && !(is_number(left) && is_number(right))) return std::nullopt;
  // Two integers are divided as integers, each engine in its own way.
  const bool fraction = is_number(left) && is_number(right) &&
                        !(is_integer(left) && is_integer(right) && name == term.text);
  if (row->operation == Operation::divide && !fraction) return std::nullopt;
  if (row->operation == Operation::concatenate && !(is_text(left) || is_text(right)))
    return std::nullopt;
  return of_all(row->operation, term.arguments);
}

/// `x = ANY (ARRAY[...])`, and `x <> ALL (ARRAY[...])` negated.
Meaning of_quantified(const Term& term) {
  const bool in = term.kind == Kind::any && term.text == "=";
  const bool not_in = term.kind == Kind::all && term.text == "<>";
  if ((!in && !not_in) || term.arguments[1].kind != Kind::array) return std::nullopt;
  std::vector<Term> terms{term.arguments[0]};
  terms.insert(terms.end(), term.arguments[1].arguments.begin(), term.arguments[1].arguments.end());
  Meaning meaning = of_all(Operation::in, terms);
  return in ? meaning : negated(std::move(meaning));
}

/// A cast that changes nothing that the other engines would see.
Meaning of_cast(const Term& term) {
  const Term& inner = term.arguments.front();
  const bool to_text = is_text(term.type) && (is_text(inner.type) || inner.type == unknown_type);
  if (to_text) return neutral_meaning(inner);
  Meaning meaning = neutral_meaning(inner);
  if (!meaning) return meaning;
  if (meaning->operation == Operation::now && term.type == "date")
    return expression::leaf(Operation::today);
  if (meaning->operation == Operation::now && is_moment(term.type)) return meaning;
  if (is_number(inner.type) && is_number(term.type) &&
      is_integer(term.type) == is_integer(inner.type))
    return meaning;
  if (inner.kind == Kind::constant && term.text != term.type) return meaning;
  const bool from_uuid = inner.type == "uuid" || meaning->operation == Operation::new_uuid4 ||
                         meaning->operation == Operation::new_uuid7;
  if (from_uuid && is_text(term.type)) return meaning;
  return std::nullopt;
}

}  // namespace

std::optional<Expression> neutral_meaning(const Term& term) {
  switch (term.kind) {
    case Kind::constant:
      return of_constant(term);
    case Kind::null:
      return expression::leaf(Operation::null);
    case Kind::column:
      if (!term.relation.empty()) return std::nullopt;
      return expression::column(unquoted(term.text));
    case Kind::call:
      return of_call(term);
    case Kind::operation:
      return of_operation(term);
    case Kind::any:
    case Kind::all:
      return of_quantified(term);
    case Kind::all_of:
      return of_all(Operation::all_of, term.arguments);
    case Kind::any_of:
      return of_all(Operation::any_of, term.arguments);
    case Kind::negation:
      return of_all(Operation::negate, term.arguments);
    case Kind::is_null:
      return of_all(Operation::is_null, term.arguments);
    case Kind::is_not_null:
      return of_all(Operation::is_not_null, term.arguments);
    case Kind::coalesce:
      return of_all(Operation::coalesce, term.arguments);
    case Kind::choice:
      return of_all(Operation::case_when, term.arguments);
    case Kind::cast:
      return of_cast(term);
    case Kind::array:
      if (term.arguments.empty()) return expression::string("[]");
      return std::nullopt;
    case Kind::current:
      if (term.text == "CURRENT_DATE") return expression::leaf(Operation::today);
      if (term.text == "VALUE") return expression::column("VALUE");
      if (term.text.starts_with("CURRENT_TIMESTAMP") || term.text.starts_with("LOCALTIMESTAMP"))
        return expression::leaf(Operation::now);
      if (term.text.starts_with("CURRENT_TIME") || term.text.starts_with("LOCALTIME"))
        return expression::leaf(Operation::current_time);
      return std::nullopt;
    case Kind::form:
      if (term.text == "NULLIF") return of_all(Operation::null_if, term.arguments);
      return std::nullopt;
    case Kind::row:
    case Kind::raw:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace relata::syntax::postgres
