// Expressions that say the same whenever they are run.
#include "read/sql/postgres/evaluate.h"

#include "base/text.h"
#include "read/sql/postgres/tree.h"
#include "syntax/postgres/types.h"

namespace relata::sql::postgres {
namespace {

using Texts = std::vector<std::string>;

std::string literal(const std::string& text) {
  const std::string quoted = "'" + replace_all(replace_all(text, "'", "''"), "\\", "\\\\") + "'";
  return text.find('\\') == std::string::npos ? quoted : "E" + quoted;
}

/// format() with the arguments behind its first: %s, %I, %L, %% and %1$I. Nothing where the text
/// asks for more than there is, or for a width.
/// https://www.postgresql.org/docs/current/functions-string.html#FUNCTIONS-STRING-FORMAT
std::optional<std::string> formatted(const Texts& arguments) {
  const std::string& form = arguments.front();
  std::string text;
  std::size_t next = 1;
  for (std::size_t at = 0; at < form.size(); ++at) {
    if (form[at] != '%') {
      text += form[at];
      continue;
    }
    if (++at < form.size() && form[at] == '%') {
      text += '%';
      continue;
    }
    std::size_t place = next;
    const std::size_t digits = form.find_first_not_of("0123456789", at);
    if (digits != std::string::npos && digits > at && form[digits] == '$') {
      if (digits - at > 3) return std::nullopt;
      place = std::stoul(form.substr(at, digits - at));
      at = digits + 1;
    }
    if (at >= form.size() || place == 0 || place >= arguments.size()) return std::nullopt;
    next = place + 1;
    if (form[at] == 's') {
      text += arguments[place];
    } else if (form[at] == 'I') {
      text += syntax::postgres_identifier(arguments[place]);
    } else if (form[at] == 'L') {
      text += literal(arguments[place]);
    } else {
      return std::nullopt;
    }
  }
  return text;
}

/// The namespace in which new objects go; nothing where that is the session's business.
std::optional<std::string> current_schema(const Reader& reader) {
  if (reader.reading != Reading::installed) return std::nullopt;
  for (const std::string& name : reader.path) {
    if (name != "$user" && name != "pg_temp") return name;
  }
  return std::nullopt;
}

std::optional<std::string> called(const Reader& reader, const PgQuery__FuncCall& call) {
  const NameParts name = name_parts(strings_of(nodes(call.n_funcname, call.funcname)));
  if (!name.schema.empty() && name.schema != "pg_catalog") return std::nullopt;
  if (name.name == "current_schema" && call.n_args == 0) return current_schema(reader);
  Texts arguments;
  for (const PgQuery__Node* argument : nodes(call.n_args, call.args)) {
    auto value = evaluated_text(reader, argument);
    if (!value) return std::nullopt;
    arguments.push_back(std::move(*value));
  }
  if (arguments.empty() || call.func_variadic) return std::nullopt;
  if (name.name == "format") return formatted(arguments);
  if (name.name == "concat") return join(arguments, "");
  if (arguments.size() != 1) return std::nullopt;
  if (name.name == "quote_ident") return syntax::postgres_identifier(arguments[0]);
  if (name.name == "quote_literal") return literal(arguments[0]);
  return std::nullopt;
}

std::optional<std::string> joined(const Reader& reader, const PgQuery__AExpr& expression) {
  const bool joins = expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP &&
                     expression.n_name == 1 && string_of(expression.name[0]) == "||";
  if (!joins) return std::nullopt;
  const auto left = evaluated_text(reader, expression.lexpr);
  const auto right = evaluated_text(reader, expression.rexpr);
  if (!left || !right) return std::nullopt;
  return *left + *right;
}

}  // namespace

std::optional<std::string> evaluated_text(const Reader& reader, const PgQuery__Node* expression) {
  if (expression == nullptr) return std::nullopt;
  switch (expression->node_case) {
    case PG_QUERY__NODE__NODE_A_CONST:
      if (expression->a_const->isnull) return std::nullopt;
      return constant_text(expression);
    case PG_QUERY__NODE__NODE_TYPE_CAST: {
      const Texts type = strings_of(nodes(expression->type_cast->type_name->n_names,
                                          expression->type_cast->type_name->names));
      if (type.empty() || (type.back() != "text" && type.back() != "name")) return std::nullopt;
      return evaluated_text(reader, expression->type_cast->arg);
    }
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
      if (expression->sqlvalue_function->op !=
          PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_SCHEMA) {
        return std::nullopt;
      }
      return current_schema(reader);
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      return called(reader, *expression->func_call);
    case PG_QUERY__NODE__NODE_A_EXPR:
      return joined(reader, *expression->a_expr);
    default:
      return std::nullopt;
  }
}

std::optional<std::string> evaluated_text(const Reader& reader, const std::string& expression) {
  if (syntax::nesting_depth(expression) > syntax::deepest_nesting) return std::nullopt;
  const syntax::ParsedSql parsed = syntax::ParsedSql::parse("SELECT " + expression);
  if (!parsed.message().empty() || parsed.trees().size() != 1) return std::nullopt;
  const PgQuery__Node& tree = *parsed.trees().front().node;
  if (tree.node_case != PG_QUERY__NODE__NODE_SELECT_STMT) return std::nullopt;
  const PgQuery__SelectStmt& query = *tree.select_stmt;
  const bool plain = query.n_target_list == 1 && query.n_from_clause == 0 &&
                     query.where_clause == nullptr && query.into_clause == nullptr &&
                     query.op == PG_QUERY__SET_OPERATION__SETOP_NONE;
  return plain ? evaluated_text(reader, query.target_list[0]->res_target->val) : std::nullopt;
}

}  // namespace relata::sql::postgres
