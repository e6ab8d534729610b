// Functions and procedures.
#include "read/sql/postgres/routines.h"

#include <algorithm>

#include "base/text.h"
#include "model/questions.h"
#include "read/sql/postgres/statements.h"
#include "read/sql/postgres/tables.h"

namespace relata::sql::postgres {
namespace {

bool is_input(const PgQuery__FunctionParameter& parameter) {
  return parameter.mode != PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT &&
         parameter.mode != PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE;
}

/// Arguments have no modifiers: varchar(20) is character varying.
std::string argument_type(const Reader& reader, const PgQuery__TypeName& type) {
  std::string text = reader.format_type(type);
  const std::size_t open = text.find('(');
  if (open == std::string::npos || text.front() == '"') return text;
  const std::size_t close = text.find(')', open);
  return text.substr(0, open) + (close == std::string::npos ? "" : text.substr(close + 1));
}

}  // namespace

std::string argument_types(const Reader& reader, std::span<PgQuery__Node* const> arguments) {
  std::vector<std::string> types;
  for (const PgQuery__Node* node : arguments) {
    if (node->node_case == PG_QUERY__NODE__NODE_TYPE_NAME) {
      types.push_back(argument_type(reader, *node->type_name));
    } else if (node->node_case == PG_QUERY__NODE__NODE_FUNCTION_PARAMETER &&
               is_input(*node->function_parameter)) {
      types.push_back(argument_type(reader, *node->function_parameter->arg_type));
    }
  }
  return join(types, ", ");
}

Routine* find_routine(Reader& reader, const PgQuery__ObjectWithArgs& object) {
  const NameParts name = name_parts(strings_of(nodes(object.n_objname, object.objname)));
  const bool any = object.args_unspecified != 0;
  const std::string arguments = argument_types(reader, nodes(object.n_objargs, object.objargs));
  const std::vector<std::string> path =
      name.schema.empty() ? reader.catalog.search_path
                          : std::vector<std::string>{Catalog::model_namespace(name.schema)};
  for (const std::string& candidate : path) {
    for (Routine& routine : reader.catalog.routines)
      if (routine.schema == candidate && routine.name == name.name &&
          (any || routine.arguments == arguments))
        return &routine;
  }
  return nullptr;
}

namespace {

/// SET search_path FROM CURRENT keeps what the session has when the routine is made.
/// https://www.postgresql.org/docs/current/sql-createfunction.html
void answer_from_current(const Reader& reader, SourceText& source) {
  if (reader.reading != Reading::installed) return;
  for (std::size_t at = 0; at + 3 < source.size(); ++at) {
    if (!source.is(at, "set") || !source.is(at + 1, "search_path") || !source.is(at + 2, "from") ||
        !source.is(at + 3, "current")) {
      continue;
    }
    std::vector<std::string> path;
    for (const std::string& name : reader.path) {
      path.push_back("'" + replace_all(name, "'", "''") + "'");
    }
    source.remove({at + 2, at + 4});
    source.insert(source.end_of(at + 1), " TO " + (path.empty() ? "''" : join(path, ", ")));
    return;
  }
}

}  // namespace

void create_routine(Reader& reader, const PgQuery__CreateFunctionStmt& statement) {
  const QualifiedName name = reader.created(nodes(statement.n_funcname, statement.funcname));
  Routine routine;
  routine.kind = statement.is_procedure ? "procedure" : "function";
  routine.schema = name.schema;
  routine.name = name.name;
  routine.arguments = argument_types(reader, nodes(statement.n_parameters, statement.parameters));
  routine.origin = reader.origin();
  SourceText& source = reader.source();
  const std::size_t word = source.find(0, routine.kind);
  if (statement.replace) source.remove({1, 3});
  if (!name.schema.empty() && name.schema != temporary_namespace && source.token(word + 2) != ".")
    source.insert(source.offset(word + 1), syntax::postgres_identifier(name.schema) + ".");
  answer_from_current(reader, source);
  routine.sql = reader.whole();
  for (Routine& other : reader.catalog.routines) {
    if (other.schema != routine.schema || other.name != routine.name ||
        other.arguments != routine.arguments)
      continue;
    if (!statement.replace) {
      reader.taken(routine.kind, plain_name(name));
      return;
    }
    routine.comment = std::move(other.comment);
    other = std::move(routine);
    return;
  }
  reader.catalog.routine_names.insert(name);
  grant_defaults(reader, "function", name, routine.arguments);
  reader.catalog.routines.push_back(std::move(routine));
}

void alter_routine(Reader& reader, const PgQuery__AlterFunctionStmt& statement) {
  Routine* routine = find_routine(reader, *statement.func);
  if (routine == nullptr) {
    reader.missing(
        "function",
        name_parts(strings_of(nodes(statement.func->n_objname, statement.func->objname))).name);
    return;
  }
  // Behind the name and its arguments stand the same words as in CREATE FUNCTION.
  SourceText& source = reader.source();
  std::size_t at = 2;
  while (at < source.size() && source.token(at) != "(" && source.token(at + 1) == ".") at += 2;
  ++at;
  if (source.token(at) == "(") at = source.behind_bracket(at);
  answer_from_current(reader, source);
  routine->sql.text = with_routine_options(routine->sql.text, source.text({at, source.size()}));
}

std::string with_routine_options(const std::string& sql, const std::string& options) {
  // The options go before AS, where the server looks them up whatever their order.
  syntax::Tokens tokens(sql);
  int depth = 0;
  for (syntax::Token token = tokens.next(); token.kind != syntax::TokenKind::end;
       token = tokens.next()) {
    const std::string_view text = tokens.text(token);
    if (text == "(") ++depth;
    if (text == ")") --depth;
    if (depth == 0 && syntax::is_word(text, "as"))
      return sql.substr(0, token.begin) + options + " " + sql.substr(token.begin);
  }
  return sql + " " + options;
}

}  // namespace relata::sql::postgres
