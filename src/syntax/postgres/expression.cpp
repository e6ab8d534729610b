#include <array>

#include "base/text.h"
#include "syntax/postgres/analyzer.h"
#include "syntax/postgres/constants.h"
#include "syntax/postgres/tree.h"
#include "syntax/postgres/type_rules.h"
#include "syntax/postgres/types.h"

namespace relata::syntax::postgres {
namespace {

using Kind = Term::Kind;

bool is_literal(const Term& term) { return term.kind == Kind::constant || term.kind == Kind::null; }

/// Puts the parts of nested ANDs or ORs on one level.
void append_flat(std::vector<Term>& terms, Term term, Kind kind) {
  if (term.kind != kind) {
    terms.push_back(std::move(term));
    return;
  }
  for (Term& part : term.arguments) append_flat(terms, std::move(part), kind);
}

struct ModifierRow {
  std::string_view type;
  std::string_view unit;
};

// The unit of a bare number in a literal of an INTERVAL that is limited to some fields.
constexpr auto interval_units = std::to_array<ModifierRow>({
    {"interval year", " year"},
    {"interval month", " month"},
    {"interval day", " day"},
    {"interval hour", " hour"},
    {"interval minute", " minute"},
    {"interval second", " second"},
});

std::string with_unit(const std::string& text, std::string_view type) {
  if (text.find_first_not_of("+-.0123456789") != std::string::npos) return text;
  for (const ModifierRow& row : interval_units) {
    if (row.type == type) return text + std::string(row.unit);
  }
  return text;
}

constexpr auto current_words = std::to_array<std::string_view>(
    {"", "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIME", "CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP",
     "LOCALTIME", "LOCALTIME", "LOCALTIMESTAMP", "LOCALTIMESTAMP", "CURRENT_ROLE", "CURRENT_USER",
     "USER", "SESSION_USER", "CURRENT_CATALOG", "CURRENT_SCHEMA"});
constexpr auto current_types = std::to_array<std::string_view>(
    {"", "date", "time with time zone", "time with time zone", "timestamp with time zone",
     "timestamp with time zone", "time without time zone", "time without time zone",
     "timestamp without time zone", "timestamp without time zone", "name", "name", "name", "name",
     "name", "name"});

constexpr auto boolean_tests = std::to_array<std::string_view>(
    {"", "IS TRUE", "IS NOT TRUE", "IS FALSE", "IS NOT FALSE", "IS UNKNOWN", "IS NOT UNKNOWN"});

}  // namespace

Term Analyzer::constant(const PgQuery__AConst& constant) const {
  if (constant.isnull != 0) return make_term(Kind::null, "");
  Term term = make_term(Kind::constant, "");
  switch (constant.val_case) {
    case PG_QUERY__A__CONST__VAL_IVAL:
      term.text = std::to_string(constant.ival->ival);
      term.type = "integer";
      term.number = true;
      break;
    case PG_QUERY__A__CONST__VAL_FVAL: {
      const std::string_view digits = constant.fval->fval;
      const bool whole = digits.find_first_not_of("-0123456789") == std::string_view::npos;
      constexpr std::size_t most_bigint_digits = 19;
      term.type = whole && digits.size() < most_bigint_digits ? "bigint" : "numeric";
      term.text = shown_constant(digits, "numeric");
      term.number = true;
      break;
    }
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
      term.text = constant.boolval->boolval != 0 ? "true" : "false";
      term.type = "boolean";
      break;
    case PG_QUERY__A__CONST__VAL_SVAL:
      term.text = constant.sval->sval;
      term.type = unknown_type;
      break;
    case PG_QUERY__A__CONST__VAL_BSVAL:
      term.text = constant.bsval->bsval;
      if (!term.text.empty() && term.text.front() == 'b') term.text.erase(0, 1);
      term.type = "bit";
      break;
    default:
      // protobuf leaves out what is at its default: the integer 0.
      term.text = "0";
      term.type = "integer";
      term.number = true;
      break;
  }
  return term;
}

void Analyzer::resolve(Term& term, std::string_view type) const {
  if (type.empty() || type == unknown_type) return;
  if (term.kind == Kind::null) {
    if (term.type.empty()) term.type = type;
  } else if (term.kind == Kind::constant && term.type == unknown_type) {
    term.type = type;
    term.text = shown_constant(term.text, catalog_.base_of(type));
  } else if (term.kind == Kind::array && is_array(type)) {
    for (Term& element : term.arguments) resolve(element, element_of(type));
    if (!term.arguments.empty()) term.type = type;
  } else if (term.kind == Kind::constant && term.number &&
             (type == "double precision" || type == "real")) {
    term.text = shown_constant(term.text, type);
  }
}

Term Analyzer::without_implicit_casts(Term term) const {
  while (term.kind == Kind::cast) {
    Term& inner = term.arguments.front();
    const bool exact = term.text != term.type;  // Modifiers change values.
    if (exact || !is_implicit_cast(catalog_.base_of(inner.type), term.type)) break;
    Term stripped = std::move(inner);
    term = std::move(stripped);
  }
  return term;
}

std::vector<OutputColumn> Analyzer::columns_of_type(const TypeName& type) const {
  if (const std::vector<OutputColumn>* attributes = catalog_.attributes_of(type))
    return *attributes;
  const std::size_t point = type.find('.');
  const std::string schema = point == std::string::npos ? "public" : type.substr(0, point);
  const std::string name = point == std::string::npos ? type : type.substr(point + 1);
  const KnownRelation* relation = catalog_.relation({}, schema, name);
  if (relation == nullptr || relation->table == nullptr) return {};
  return postgres::columns_of(*relation->table);
}

void Analyzer::give_row_types(Term& row, const TypeName& type) const {
  const std::vector<OutputColumn> columns = columns_of_type(type);
  if (columns.size() != row.arguments.size()) return;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    Term& part = row.arguments[i];
    // The server writes the cast to the column's type out.
    if (part.kind == Kind::cast && part.text == columns[i].spelling) {
      Term inner = std::move(part.arguments.front());
      part = std::move(inner);
    }
    resolve(part, columns[i].type);
    part = without_implicit_casts(std::move(part));
  }
}

/// The server casts the elements where an array is cast to a type with modifiers.
static void give_modifiers(Term& array, const std::string& spelled) {
  const std::string element_type(element_of(spelled));
  const TypeName name(element_of(array.type));
  for (Term& element : array.arguments) {
    if (element.kind == Kind::array) {
      give_modifiers(element, spelled);
    } else if (element.kind != Kind::cast || element.text != element_type) {
      element = make_term(Kind::cast, element_type, name, terms_of(std::move(element)));
    }
  }
}

Term Analyzer::cast_to(Term term, const PgQuery__TypeName& type) {
  const std::string spelled = type_text(type);
  const TypeName name = postgres::without_modifiers(spelled);
  const bool exact = spelled != name && spelled != "bpchar" && spelled != "bpchar[]";
  const TypeName base = catalog_.base_of(name);
  if (term.kind == Kind::null) {
    term.type = name;
    if (!exact) return term;
  } else if (term.kind == Kind::array && is_array(base) && !term.arguments.empty()) {
    for (Term& element : term.arguments) {
      const TypeName wanted(element_of(name));
      if (is_literal(element) && (element.type.empty() || element.type == unknown_type)) {
        resolve(element, wanted);
      } else if (!is_literal(element) || !is_implicit_cast(element.type, wanted)) {
        if (element.type != wanted)
          element = make_term(Kind::cast, wanted, wanted, terms_of(std::move(element)));
      } else {
        element.type = wanted;
      }
    }
    term.type = name;
    if (exact) give_modifiers(term, spelled);
    return term;
  } else if (term.kind == Kind::array && term.arguments.empty()) {
    term.type = name;
    return term;
  } else if (term.kind == Kind::constant && term.type == unknown_type) {
    if (base == "interval") term.text = with_unit(term.text, spelled);
    term.text = shown_constant(term.text, base);
    term.type = name;
    if (!exact || base == "interval") return term;
  } else if (term.kind == Kind::constant && !exact) {
    const bool whole = term.text.find('.') == std::string::npos;
    const bool keeps_value =
        (is_number(term.type) && is_number(base) && (whole || !is_integer(base))) ||
        (is_text(term.type) && is_text(base)) || term.type == base;
    if (keeps_value) {
      if (base == "double precision" || base == "real") term.text = shown_constant(term.text, base);
      term.type = name;
      return term;
    }
  }
  if (term.type == name && !exact) return term;
  if (term.kind == Kind::row) give_row_types(term, base);
  return make_term(Kind::cast, exact ? spelled : name, name, terms_of(std::move(term)));
}

Term Analyzer::type_cast(const PgQuery__TypeCast& cast, const Scope& scope) {
  return cast_to(expression(cast.arg, scope), *cast.type_name);
}

std::string Analyzer::type_text(const PgQuery__TypeName& type) {
  const std::vector<std::string> names = postgres::name_parts(type.names, type.n_names);
  TypeNameParts parts;
  if (names.empty()) return {};
  parts.name = names.back();
  if (names.size() > 1) parts.schema = names[names.size() - 2];
  parts.array = type.n_array_bounds > 0;
  for (std::size_t i = 0; i < type.n_typmods; ++i) {
    if (type.typmods[i]->node_case == PG_QUERY__NODE__NODE_A_CONST) {
      parts.modifiers.push_back(constant(*type.typmods[i]->a_const).text);
    } else {
      parts.modifiers.push_back(any_node(type.typmods[i], {}));
    }
  }
  std::string text = postgres_format_type(
      parts, [&](std::string_view name) { return catalog_.type_namespace(home_, name); });
  if (type.pct_type != 0) text += "%TYPE";
  return type.setof != 0 ? "SETOF " + text : text;
}

Term Analyzer::boolean(const PgQuery__BoolExpr& expression, const Scope& scope) {
  Terms terms;
  if (expression.boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR) {
    Term operand = this->expression(expression.args[0], scope);
    resolve(operand, "boolean");
    terms.push_back(std::move(operand));
    return make_term(Kind::negation, "", "boolean", std::move(terms));
  }
  const Kind kind =
      expression.boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR ? Kind::all_of : Kind::any_of;
  for (std::size_t i = 0; i < expression.n_args; ++i) {
    Term operand = this->expression(expression.args[i], scope);
    resolve(operand, "boolean");
    append_flat(terms, std::move(operand), kind);
  }
  return make_term(kind, "", "boolean", std::move(terms));
}

TypeName Analyzer::unify(Terms& terms, std::size_t first, std::size_t step) const {
  TypeName common;
  for (std::size_t i = first; i < terms.size(); i += step) {
    const TypeName base = catalog_.base_of(terms[i].type);
    if (base.empty() || base == unknown_type || terms[i].kind == Kind::null) continue;
    if (common.empty() || (is_text(base) && is_text(common) && base == "text")) common = base;
    if (const TypeName both = wider(common, base); !both.empty()) common = both;
  }
  for (std::size_t i = first; i < terms.size(); i += step) {
    resolve(terms[i], common.empty() ? "text" : common);
    terms[i] = without_implicit_casts(std::move(terms[i]));
    if (terms[i].kind == Kind::null) terms[i].type = common;
  }
  return common.empty() ? "text" : common;
}

Term Analyzer::choice(const PgQuery__CaseExpr& expression, const Scope& scope) {
  Terms parts;
  std::optional<Term> operand;
  if (expression.arg != nullptr) operand = this->expression(expression.arg, scope);
  for (std::size_t i = 0; i < expression.n_args; ++i) {
    const PgQuery__CaseWhen& when = *expression.args[i]->case_when;
    Term condition = this->expression(when.expr, scope);
    if (operand) condition = compare("=", *operand, condition);
    resolve(condition, "boolean");
    parts.push_back(std::move(condition));
    parts.push_back(this->expression(when.result, scope));
  }
  Terms values;
  for (std::size_t i = 1; i < parts.size(); i += 2) values.push_back(std::move(parts[i]));
  if (expression.defresult != nullptr)
    values.push_back(this->expression(expression.defresult, scope));
  const TypeName type = unify(values);
  for (std::size_t i = 1; i < parts.size(); i += 2) parts[i] = std::move(values[i / 2]);
  // ELSE NULL is what a CASE without ELSE gives.
  if (values.size() * 2 > parts.size() && values.back().kind != Kind::null)
    parts.push_back(std::move(values.back()));
  return make_term(Kind::choice, "", type, std::move(parts));
}

Term Analyzer::array_of(const PgQuery__AArrayExpr& array, const Scope& scope) {
  Terms elements = expressions(array.elements, array.n_elements, scope);
  bool all_unknown = true;
  for (const Term& element : elements)
    all_unknown = all_unknown && is_literal(element) &&
                  (element.type.empty() || element.type == unknown_type);
  // Without a type of their own the elements take that of the array's surroundings.
  TypeName type = all_unknown ? TypeName() : unify(elements);
  if (!type.empty() && !is_array(type)) type += "[]";
  return make_term(Kind::array, "", type, std::move(elements));
}

Term Analyzer::indirection(const PgQuery__AIndirection& indirection, const Scope& scope) {
  Term operand = expression(indirection.arg, scope);
  std::string text = print(operand);
  TypeName type = operand.type;
  for (std::size_t i = 0; i < indirection.n_indirection; ++i) {
    const PgQuery__Node& step = *indirection.indirection[i];
    if (step.node_case == PG_QUERY__NODE__NODE_STRING) {
      text = "(" + text + ")." + step.string->sval;
      type.clear();
    } else if (step.node_case == PG_QUERY__NODE__NODE_A_INDICES) {
      const PgQuery__AIndices& indices = *step.a_indices;
      const std::string lower =
          indices.lidx != nullptr ? print(expression(indices.lidx, scope)) : "";
      const std::string upper =
          indices.uidx != nullptr ? print(expression(indices.uidx, scope)) : "";
      text += indices.is_slice != 0 ? "[" + lower + ":" + upper + "]" : "[" + upper + "]";
      if (indices.is_slice == 0 && is_array(type)) type = element_of(type);
    } else {
      text += ".*";
      type.clear();
    }
  }
  return raw_term(text, type);
}

Term Analyzer::current(const PgQuery__SQLValueFunction& function) const {
  const auto op = static_cast<std::size_t>(function.op);
  if (op >= current_words.size()) return raw_term("?");
  std::string word(current_words[op]);
  if (function.typmod >= 0 && is_moment(current_types[op]) && current_types[op] != "date") {
    using Op = PgQuery__SQLValueFunctionOp;
    const Op kind = function.op;
    const bool takes_precision =
        kind == PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME_N ||
        kind == PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP_N ||
        kind == PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME_N ||
        kind == PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP_N;
    if (takes_precision) word += "(" + std::to_string(function.typmod) + ")";
  }
  return make_term(Kind::current, word, TypeName(current_types[op]));
}

Analyzer::Terms Analyzer::expressions(Nodes nodes, std::size_t count, const Scope& scope) {
  Terms terms;
  terms.reserve(count);
  for (std::size_t i = 0; i < count; ++i) terms.push_back(expression(nodes[i], scope));
  return terms;
}

Term Analyzer::value_for(const PgQuery__Node* node, const Scope& scope, std::string_view type) {
  Term term = expression(node, scope);
  give_type(term, type);
  return term;
}

void Analyzer::give_type(Term& term, std::string_view type) const {
  resolve(term, type);
  const TypeName name(type);
  if (term.kind == Kind::row && !columns_of_type(catalog_.base_of(name)).empty()) {
    give_row_types(term, catalog_.base_of(name));
    term = make_term(Kind::cast, name, name, terms_of(std::move(term)));
  }
  if (term.kind == Kind::array && term.arguments.empty() && term.type.empty()) term.type = type;
}

Term Analyzer::expression(const PgQuery__Node* node, const Scope& scope) {
  if (node == nullptr) return raw_term("");
  switch (node->node_case) {
    case PG_QUERY__NODE__NODE_A_CONST:
      return constant(*node->a_const);
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      return type_cast(*node->type_cast, scope);
    case PG_QUERY__NODE__NODE_COLUMN_REF:
      return column_reference(*node->column_ref, scope);
    case PG_QUERY__NODE__NODE_A_EXPR:
      return operation(*node->a_expr, scope);
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
      return boolean(*node->bool_expr, scope);
    case PG_QUERY__NODE__NODE_NULL_TEST: {
      const PgQuery__NullTest& test = *node->null_test;
      const Kind kind = test.nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL ? Kind::is_null
                                                                               : Kind::is_not_null;
      return make_term(kind, "", "boolean", terms_of(expression(test.arg, scope)));
    }
    case PG_QUERY__NODE__NODE_BOOLEAN_TEST: {
      const PgQuery__BooleanTest& test = *node->boolean_test;
      Term operand = expression(test.arg, scope);
      resolve(operand, "boolean");
      return make_term(Kind::form, std::string(boolean_tests.at(test.booltesttype)), "boolean",
                       terms_of(std::move(operand)));
    }
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      return call(*node->func_call, scope);
    case PG_QUERY__NODE__NODE_CASE_EXPR:
      return choice(*node->case_expr, scope);
    case PG_QUERY__NODE__NODE_COALESCE_EXPR: {
      Terms terms = expressions(node->coalesce_expr->args, node->coalesce_expr->n_args, scope);
      const TypeName type = unify(terms);
      return make_term(Kind::coalesce, "", type, std::move(terms));
    }
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR: {
      const PgQuery__MinMaxExpr& most = *node->min_max_expr;
      Terms terms = expressions(most.args, most.n_args, scope);
      const TypeName type = unify(terms);
      const bool greatest = most.op == PG_QUERY__MIN_MAX_OP__IS_GREATEST;
      return make_term(Kind::form, greatest ? "GREATEST" : "LEAST", type, std::move(terms));
    }
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
      return current(*node->sqlvalue_function);
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
      return array_of(*node->a_array_expr, scope);
    case PG_QUERY__NODE__NODE_ROW_EXPR:
      return make_term(Kind::row, "", "record",
                       expressions(node->row_expr->args, node->row_expr->n_args, scope));
    case PG_QUERY__NODE__NODE_SUB_LINK:
      return sub_link(*node->sub_link, scope);
    case PG_QUERY__NODE__NODE_A_INDIRECTION:
      return indirection(*node->a_indirection, scope);
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE: {
      const PgQuery__CollateClause& clause = *node->collate_clause;
      const std::vector<std::string> names =
          postgres::name_parts(clause.collname, clause.n_collname);
      Term operand = without_implicit_casts(expression(clause.arg, scope));
      resolve(operand, "text");
      const TypeName type = operand.type;
      return make_term(Kind::form,
                       "COLLATE " + postgres_identifier(names.empty() ? "" : names.back()), type,
                       terms_of(std::move(operand)));
    }
    case PG_QUERY__NODE__NODE_NAMED_ARG_EXPR:
      return make_term(Kind::form, std::string(node->named_arg_expr->name) + " =>", "",
                       terms_of(expression(node->named_arg_expr->arg, scope)));
    default:
      return raw_term(any_node(node, scope));
  }
}

}  // namespace relata::syntax::postgres
