#include <algorithm>
#include <array>

#include "syntax/postgres/analyzer.h"
#include "syntax/postgres/tree.h"
#include "syntax/postgres/type_rules.h"

namespace relata::syntax::postgres {
namespace {

using Kind = Term::Kind;

constexpr auto comparisons = std::to_array<std::string_view>({"=", "<>", "<", "<=", ">", ">="});
constexpr auto patterns =
    std::to_array<std::string_view>({"~~", "!~~", "~~*", "!~~*", "~", "!~", "~*", "!~*", "^@"});
// Of jsonb, hstore, arrays, ranges, geometric and text search types.
constexpr auto tests =
    std::to_array<std::string_view>({"@>", "<@", "&&", "?", "?|", "?&", "@@", "@?", "-|-", "<<",
                                     ">>", "&<", "&>", "<<=", ">>=", "@@@"});
constexpr auto arithmetic = std::to_array<std::string_view>({"+", "-", "*", "/", "%", "^"});

template <std::size_t size>
bool is_among(const std::array<std::string_view, size>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_comparison(std::string_view name) { return is_among(comparisons, name); }

std::string operator_name(PgQuery__Node* const* nodes, std::size_t count) {
  const std::vector<std::string> parts = postgres::name_parts(nodes, count);
  return parts.empty() ? std::string() : parts.back();
}

/// The type that the server gives to a literal beside an operand of the type `other`.
TypeName literal_type(std::string_view name, std::string_view other, bool is_right) {
  if (other.empty() || other == unknown_type) {
    return is_among(patterns, name) || name == "||" ? "text" : TypeName();
  }
  if (is_among(patterns, name)) return "text";
  if (name == "->" || name == "->>" || name == "?") return is_right ? "text" : TypeName(other);
  if (name == "#>" || name == "#>>" || name == "#-" || name == "?|" || name == "?&")
    return is_right ? "text[]" : TypeName(other);
  if (name == "@?" || (name == "@@" && other == "jsonb")) return "jsonpath";
  if (name == "@@" && other == "tsvector") return "tsquery";
  if (name == "+" && is_moment(other)) return "interval";
  if (name == "||" && is_text(other)) return "text";
  if (is_text(other) && other != "character") return "text";
  return TypeName(other);
}

TypeName arithmetic_type(std::string_view name, std::string_view left, std::string_view right) {
  if (TypeName both = wider(left, right); !both.empty()) {
    if (is_number(both)) return both;
    return name != "-" ? TypeName() : both == "date" ? "integer" : "interval";
  }
  if (left == "date" && is_integer(right)) return "date";
  if (right == "interval" && left == "date") return "timestamp without time zone";
  if (right == "interval" && is_moment(left)) return TypeName(left);
  if (left == "interval" && (right == "interval" || is_number(right))) return "interval";
  if (left == "interval" && is_moment(right))
    return right == "date" ? "timestamp without time zone" : TypeName(right);
  if (right == "interval" && is_number(left)) return "interval";
  return {};
}

TypeName result_type(std::string_view name, std::string_view left, std::string_view right) {
  if (is_comparison(name) || is_among(patterns, name) || is_among(tests, name)) return "boolean";
  if (is_among(arithmetic, name)) return arithmetic_type(name, left, right);
  if (name == "->>" || name == "#>>") return "text";
  if (name == "->" || name == "#>" || name == "#-") return TypeName(left);
  if (name == "||") {
    if (is_array(left) || left == "jsonb" || left == "tsvector" || left == "bytea")
      return TypeName(left);
    if (is_array(right)) return TypeName(right);
    return "text";
  }
  if (name == "&" || name == "|" || name == "#") return TypeName(left);
  return {};
}

/// Whether the term refers to a row's column, which keeps the server from making it part of an
/// array (transformAExprIn() in parse_expr.c).
bool has_column(const Term& term) {
  if (term.kind == Kind::column || term.kind == Kind::raw) return true;
  return std::any_of(term.arguments.begin(), term.arguments.end(), has_column);
}

/// Whether the term is a blank-padded value that somebody, and not the server, made a text beside
/// `other`, by which they compare otherwise.
bool is_unpadded(const Term& term, const Term& other) {
  const bool beside_text =
      is_text(other.type) && other.type != "character" && other.kind != Kind::constant;
  return term.kind == Kind::cast && term.arguments.front().type == "character" && !beside_text;
}

}  // namespace

Term Analyzer::unary(const std::string& name, Term operand) const {
  if (name == "-" && operand.kind == Kind::constant && operand.number &&
      !operand.text.starts_with('-')) {
    if (operand.text != "0") operand.text.insert(0, 1, '-');
    return operand;
  }
  if (name == "+" && is_number(operand.type)) return operand;
  operand = without_implicit_casts(std::move(operand));
  const TypeName type = operand.type;
  return make_term(Kind::operation, name, name == "!!" ? "tsquery" : type,
                   terms_of(std::move(operand)));
}

Term Analyzer::binary(const std::string& name, Term left, Term right) const {
  const bool keeps_padding = is_comparison(name) || is_among(patterns, name);
  resolve(left, literal_type(name, catalog_.base_of(right.type), false));
  resolve(right, literal_type(name, catalog_.base_of(left.type), true));
  const TypeName asked = wider(catalog_.base_of(left.type), catalog_.base_of(right.type));
  const bool keeps_left = keeps_padding && is_unpadded(left, right);
  const bool keeps_right = keeps_padding && is_unpadded(right, left);
  if (!keeps_left) left = without_implicit_casts(std::move(left));
  if (!keeps_right) right = without_implicit_casts(std::move(right));
  const TypeName left_base = catalog_.base_of(left.type);
  const TypeName right_base = catalog_.base_of(right.type);
  const TypeName bare = wider(left_base, right_base);
  std::string text = name;
  TypeName type = result_type(name, left_base, right_base);
  // Two integers that were cast are not divided as integers: the operation keeps its type.
  if (is_among(arithmetic, name) && asked != bare) {
    text += "{" + asked + "}";
    type = arithmetic_type(name, asked, asked);
  }
  return make_term(Kind::operation, std::move(text), std::move(type),
                   terms_of(std::move(left), std::move(right)));
}

Term Analyzer::row_comparison(const std::string& name, const Term& left, const Term& right) const {
  const std::size_t count = std::min(left.arguments.size(), right.arguments.size());
  if (name != "=" && name != "<>") {
    Terms lefts;
    Terms rights;
    for (std::size_t i = 0; i < count; ++i) {
      Term pair = binary(name, left.arguments[i], right.arguments[i]);
      lefts.push_back(std::move(pair.arguments[0]));
      rights.push_back(std::move(pair.arguments[1]));
    }
    return make_term(Kind::operation, name, "boolean",
                     terms_of(make_term(Kind::row, "", "record", std::move(lefts)),
                              make_term(Kind::row, "", "record", std::move(rights))));
  }
  Terms pairs;
  for (std::size_t i = 0; i < count; ++i)
    pairs.push_back(compare(name, left.arguments[i], right.arguments[i]));
  if (pairs.size() == 1) return std::move(pairs.front());
  return make_term(name == "=" ? Kind::all_of : Kind::any_of, "", "boolean", std::move(pairs));
}

Term Analyzer::compare(const std::string& name, Term left, Term right) const {
  if (left.kind == Kind::row && right.kind == Kind::row && is_comparison(name))
    return row_comparison(name, left, right);
  return binary(name, std::move(left), std::move(right));
}

Term Analyzer::quantified(Term::Kind kind, const std::string& name, Term left, Term right) const {
  const TypeName element = catalog_.base_of(left.type);
  if (!element.empty() && element != unknown_type) {
    const TypeName wanted = is_text(element) && element != "character" ? "text" : element;
    resolve(right, wanted + "[]");
  }
  resolve(left, element_of(right.type));
  if (right.kind == Kind::array) {
    for (Term& value : right.arguments) value = without_implicit_casts(std::move(value));
  }
  left = without_implicit_casts(std::move(left));
  right = without_implicit_casts(std::move(right));
  return make_term(kind, name, "boolean", terms_of(std::move(left), std::move(right)));
}

Term Analyzer::in_list(const PgQuery__AExpr& expression, const Scope& scope) {
  const std::string name = operator_name(expression.name, expression.n_name);
  const bool negated = name == "<>";
  Term left = this->expression(expression.lexpr, scope);
  Terms values;
  if (expression.rexpr != nullptr && expression.rexpr->node_case == PG_QUERY__NODE__NODE_LIST)
    values = expressions(expression.rexpr->list->items, expression.rexpr->list->n_items, scope);
  Terms constants;
  Terms variables;
  for (Term& value : values) {
    const bool single = value.kind == Kind::row || left.kind == Kind::row || has_column(value);
    (single ? variables : constants).push_back(std::move(value));
  }
  Terms choices;
  if (constants.size() > 1) {
    // The array has the one type that all its values and the tested one have in common.
    Terms all = constants;
    all.push_back(left);
    const TypeName type = unify(all);
    all.pop_back();
    choices.push_back(quantified(negated ? Kind::all : Kind::any, name, left,
                                 make_term(Kind::array, "", type + "[]", std::move(all))));
  } else if (constants.size() == 1) {
    variables.insert(variables.begin(), std::move(constants.front()));
  }
  for (Term& value : variables) {
    Term choice = compare(name, left, value);
    const Kind kind = negated ? Kind::all_of : Kind::any_of;
    if (choice.kind == kind) {
      for (Term& part : choice.arguments) choices.push_back(std::move(part));
    } else {
      choices.push_back(std::move(choice));
    }
  }
  if (choices.size() == 1) return std::move(choices.front());
  return make_term(negated ? Kind::all_of : Kind::any_of, "", "boolean", std::move(choices));
}

Term Analyzer::between(const PgQuery__AExpr& expression, const Scope& scope) {
  using AKind = PgQuery__AExprKind;
  const AKind kind = expression.kind;
  const bool negated = kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN ||
                       kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM;
  const bool symmetric = kind == PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM ||
                         kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM;
  const Term tested = this->expression(expression.lexpr, scope);
  Terms bounds;
  if (expression.rexpr != nullptr && expression.rexpr->node_case == PG_QUERY__NODE__NODE_LIST)
    bounds = expressions(expression.rexpr->list->items, expression.rexpr->list->n_items, scope);
  if (bounds.size() != 2) return raw_term("?");
  const auto range = [&](const Term& low, const Term& high) {
    Terms sides;
    sides.push_back(compare(negated ? "<" : ">=", tested, low));
    sides.push_back(compare(negated ? ">" : "<=", tested, high));
    return make_term(negated ? Kind::any_of : Kind::all_of, "", "boolean", std::move(sides));
  };
  if (!symmetric) return range(bounds[0], bounds[1]);
  return make_term(negated ? Kind::all_of : Kind::any_of, "", "boolean",
                   {range(bounds[0], bounds[1]), range(bounds[1], bounds[0])});
}

Term Analyzer::operation(const PgQuery__AExpr& expression, const Scope& scope) {
  const std::string name = operator_name(expression.name, expression.n_name);
  switch (expression.kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
      return in_list(expression, scope);
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM:
      return between(expression, scope);
    default:
      break;
  }
  Term right = this->expression(expression.rexpr, scope);
  if (expression.lexpr == nullptr) return unary(name, std::move(right));
  Term left = this->expression(expression.lexpr, scope);
  switch (expression.kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
      return quantified(Kind::any, name, std::move(left), std::move(right));
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL:
      return quantified(Kind::all, name, std::move(left), std::move(right));
    case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF: {
      Term pair = binary("=", std::move(left), std::move(right));
      pair.kind = Kind::form;
      pair.text = "NULLIF";
      pair.type = pair.arguments.front().type;
      return pair;
    }
    case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT: {
      Term pair = binary("=", std::move(left), std::move(right));
      pair.text = "IS DISTINCT FROM";
      if (expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT) return pair;
      return make_term(Kind::negation, "", "boolean", terms_of(std::move(pair)));
    }
    default:
      return compare(name, std::move(left), std::move(right));
  }
}

}  // namespace relata::syntax::postgres
