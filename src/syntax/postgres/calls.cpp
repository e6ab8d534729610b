#include <algorithm>
#include <array>

#include "syntax/postgres/analyzer.h"
#include "syntax/postgres/tree.h"
#include "syntax/postgres/type_rules.h"
#include "syntax/postgres/types.h"

namespace relata::syntax::postgres {
namespace {

using Kind = Term::Kind;

struct FunctionName {
  std::string schema;
  std::string name;
};

FunctionName called_function(const PgQuery__FuncCall& call) {
  std::vector<std::string> parts = postgres::name_parts(call.funcname, call.n_funcname);
  FunctionName name;
  if (!parts.empty()) name.name = std::move(parts.back());
  if (parts.size() > 1) name.schema = std::move(parts[parts.size() - 2]);
  return name;
}

// Frame options as WindowDef holds them (nodes/parsenodes.h).
constexpr int frame_nondefault = 0x00001;

/// Functions that give a text for a text, and something else for bytea or ranges.
bool gives_text_for_text(std::string_view name) {
  constexpr auto names = std::to_array<std::string_view>(
      {"btrim", "lower", "ltrim", "overlay", "rtrim", "substr", "substring", "upper"});
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::string Analyzer::function_name(std::string_view schema, std::string_view name) const {
  return postgres_qualified_name(catalog_.function_namespace(home_, schema, name), name);
}

void Analyzer::name_sequence(Term& term) const {
  if (term.kind == Kind::constant && is_text(term.type)) {
    // A text is looked up when the function runs; a literal without a type stands for the sequence.
    term = make_term(Kind::cast, "regclass", "regclass", terms_of(std::move(term)));
    return;
  }
  resolve(term, "regclass");
  if (term.kind != Kind::constant || term.type != "regclass" ||
      term.text.find('.') != std::string::npos)
    return;
  const std::string schema = catalog_.relation_namespace(home_, term.text);
  if (!schema.empty()) term.text = postgres_identifier(schema) + "." + term.text;
}

std::string Analyzer::sort_suffix(const PgQuery__SortBy& sort) const {
  const bool descending = sort.sortby_dir == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
  const bool nulls_first = sort.sortby_nulls == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST;
  const bool nulls_last = sort.sortby_nulls == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST;
  std::string text;
  if (descending) text += " DESC";
  if (sort.sortby_dir == PG_QUERY__SORT_BY_DIR__SORTBY_USING) {
    const std::vector<std::string> names = postgres::name_parts(sort.use_op, sort.n_use_op);
    if (!names.empty()) text += " USING " + names.back();
  }
  // Without a word NULLs stand last, and first where the order is descending.
  if (nulls_first && !descending) text += " NULLS FIRST";
  if (nulls_last && descending) text += " NULLS LAST";
  return text;
}

std::string Analyzer::sort_list(Nodes nodes, std::size_t count, const Scope& scope) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += ", ";
    const PgQuery__SortBy& sort = *nodes[i]->sort_by;
    text += print(without_implicit_casts(expression(sort.node, scope))) + sort_suffix(sort);
  }
  return text;
}

std::string Analyzer::window(const PgQuery__WindowDef& window, const Scope& scope) {
  const bool only_name = window.name != nullptr && *window.name != '\0';
  if (only_name) return postgres_identifier(window.name);
  std::string text = "(";
  if (window.refname != nullptr && *window.refname != '\0')
    text += postgres_identifier(window.refname) + " ";
  if (window.n_partition_clause > 0) {
    text += "PARTITION BY " +
            print_list(expressions(window.partition_clause, window.n_partition_clause, scope)) +
            " ";
  }
  if (window.n_order_clause > 0)
    text += "ORDER BY " + sort_list(window.order_clause, window.n_order_clause, scope) + " ";
  if ((window.frame_options & frame_nondefault) != 0) {
    text += "FRAME " + std::to_string(window.frame_options);
    if (window.start_offset != nullptr) text += " " + print(expression(window.start_offset, scope));
    if (window.end_offset != nullptr) text += " " + print(expression(window.end_offset, scope));
  }
  return text + ")";
}

TypeName Analyzer::call_type(const std::string& schema, const std::string& name,
                             const Terms& arguments) const {
  TypeName type = catalog_.result_of(schema, name);
  if (!type.empty() || arguments.empty()) return type;
  const TypeName first = catalog_.base_of(arguments.front().type);
  if (gives_text_for_text(name) && (is_text(first) || first == unknown_type)) return "text";
  if (name == "sum") return first == "bigint" ? "numeric" : is_integer(first) ? "bigint" : first;
  if (name == "avg")
    return is_integer(first) ? "numeric" : first == "real" ? "double precision" : first;
  if (name == "max" || name == "min") return first == "character varying" ? "text" : first;
  if (name == "abs" || name == "lag" || name == "lead" || name == "first_value" ||
      name == "last_value")
    return first;
  if (name == "round" || name == "ceil" || name == "ceiling" || name == "floor" || name == "trunc")
    return first == "numeric" || is_integer(first)
               ? (arguments.size() > 1 || first == "numeric" ? "numeric" : "double precision")
               : first;
  if (name == "array_agg") return first.empty() ? TypeName() : first + "[]";
  if (name == "unnest") return TypeName(element_of(first));
  if (name == "date_trunc" && arguments.size() > 1)
    return arguments[1].type == "date" ? "timestamp with time zone" : arguments[1].type;
  if (name == "timezone" && arguments.size() == 2) {
    const TypeName moment = catalog_.base_of(arguments[1].type);
    if (moment == "timestamp with time zone") return "timestamp without time zone";
    if (moment == "timestamp without time zone") return "timestamp with time zone";
  }
  return {};
}

Term Analyzer::call(const PgQuery__FuncCall& call, const Scope& scope) {
  const FunctionName name = called_function(call);
  const std::string schema = catalog_.function_namespace(home_, name.schema, name.name);
  Terms arguments = expressions(call.args, call.n_args, scope);
  const bool exact = takes_every_number(name.name);
  for (Term& argument : arguments) {
    const bool number = is_number(argument.type);
    if (!exact || !number) argument = without_implicit_casts(std::move(argument));
  }
  const bool of_sequence =
      name.name == "nextval" || name.name == "currval" || name.name == "setval";
  if (of_sequence && !arguments.empty()) name_sequence(arguments.front());
  TypeName type = call_type(schema, name.name, arguments);
  // f(VARIADIC ARRAY[a, b]) is how the server writes f(a, b).
  bool variadic = call.func_variadic != 0;
  if (variadic && !arguments.empty() && arguments.back().kind == Kind::array &&
      !arguments.back().arguments.empty()) {
    Terms rest = std::move(arguments.back().arguments);
    arguments.pop_back();
    for (Term& argument : rest) arguments.push_back(without_implicit_casts(std::move(argument)));
    variadic = false;
  }
  std::string shown = postgres_qualified_name(schema, name.name);
  const bool plain = call.agg_star == 0 && call.n_agg_order == 0 && call.agg_filter == nullptr &&
                     call.over == nullptr && call.agg_distinct == 0 && !variadic;
  if (plain) return make_term(Kind::call, std::move(shown), std::move(type), std::move(arguments));
  std::string text = shown + "(";
  if (call.agg_distinct != 0) text += "DISTINCT ";
  if (variadic) text += "VARIADIC ";
  text += call.agg_star != 0 ? "*" : print_list(arguments);
  if (call.n_agg_order > 0) {
    text += (call.agg_within_group != 0 ? ") WITHIN GROUP (ORDER BY " : " ORDER BY ") +
            sort_list(call.agg_order, call.n_agg_order, scope);
  }
  text += ")";
  if (call.agg_filter != nullptr) text += " FILTER " + print(expression(call.agg_filter, scope));
  if (call.over != nullptr) text += " OVER " + window(*call.over, scope);
  return raw_term(std::move(text), std::move(type));
}

Term Analyzer::sub_link(const PgQuery__SubLink& link, const Scope& scope) {
  const Query query = this->query(link.subselect, &scope, false);
  const std::string text = "(" + query.text + ")";
  switch (link.sub_link_type) {
    case PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK:
      return raw_term("EXISTS " + text, "boolean");
    case PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK:
    case PG_QUERY__SUB_LINK_TYPE__ALL_SUBLINK: {
      const std::vector<std::string> names = postgres::name_parts(link.oper_name, link.n_oper_name);
      Term tested = expression(link.testexpr, scope);
      if (query.columns.size() == 1) resolve(tested, query.columns.front().type);
      tested = without_implicit_casts(std::move(tested));
      const bool any = link.sub_link_type == PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK;
      return raw_term("(" + print(tested) + " " + (names.empty() ? "=" : names.back()) +
                          (any ? " ANY " : " ALL ") + text + ")",
                      "boolean");
    }
    case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK:
      return raw_term("ARRAY" + text,
                      query.columns.size() == 1 && !query.columns.front().type.empty()
                          ? query.columns.front().type + "[]"
                          : TypeName());
    default:
      return raw_term(text, query.columns.size() == 1 ? query.columns.front().type : TypeName());
  }
}

}  // namespace relata::syntax::postgres
