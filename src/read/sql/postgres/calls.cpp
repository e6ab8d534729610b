// What a SELECT calls: settings of the session, and routines that change the schema.
#include "base/text.h"
#include "read/sql/postgres/evaluate.h"
#include "read/sql/postgres/reader.h"
#include "read/sql/postgres/routines.h"
#include "read/sql/postgres/statements.h"
#include "read/sql/postgres/tree.h"

namespace relata::sql::postgres {
namespace {

/// The routine of that name; null when it is none that the files make.
const Routine* called_routine(const Reader& reader, const NameParts& name) {
  for (const Routine& routine : reader.catalog.routines)
    if (routine.name == name.name && routine.kind != "aggregate") return &routine;
  return nullptr;
}

/// Calls within an expression or of a query's rows may be made or not.
void warn_of_calls_in(Reader& reader, const PgQuery__Node* node) {
  bool warned = false;
  walk(node, [&](const ProtobufCMessage& message) {
    const auto* call = message_as<PgQuery__FuncCall>(message, pg_query__func_call__descriptor);
    if (call == nullptr || warned) return true;
    const Routine* routine =
        called_routine(reader, name_parts(strings_of(nodes(call->n_funcname, call->funcname))));
    if (routine == nullptr || !changes_schema(*routine)) return true;
    warned = true;
    reader.warning("postgres-not-followed",
                   "what the function '" + routine->name + "' does here is not followed",
                   "it may change the schema");
    return true;
  });
}

/// The oldest server that Relata knows, as its setting server_version_num says it.
constexpr int oldest_server = 130000;

/// Whether the condition is that the server has at least some version that every one has: a
/// comparison of the setting server_version_num with a number.
bool holds_on_every_server(const PgQuery__Node* condition) {
  if (condition == nullptr || condition->node_case != PG_QUERY__NODE__NODE_A_EXPR) return false;
  const PgQuery__AExpr& compared = *condition->a_expr;
  const std::string_view sign =
      compared.n_name == 1 ? string_of(compared.name[0]) : std::string_view();
  if ((sign != ">" && sign != ">=") || compared.rexpr == nullptr) return false;
  bool of_version = false;
  walk(compared.lexpr, [&](const ProtobufCMessage& message) {
    const auto* text = message_as<PgQuery__AConst>(message, pg_query__a__const__descriptor);
    if (text != nullptr && text->val_case == PG_QUERY__A__CONST__VAL_SVAL) {
      of_version = of_version || view(text->sval->sval) == "server_version_num";
    }
    return true;
  });
  const PgQuery__Node& least = *compared.rexpr;
  return of_version && least.node_case == PG_QUERY__NODE__NODE_A_CONST &&
         least.a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL &&
         least.a_const->ival->ival <= oldest_server;
}

/// The arguments that are plain texts; empty where one is anything else.
std::vector<std::string> constant_arguments(const PgQuery__FuncCall& call) {
  std::vector<std::string> arguments;
  for (const PgQuery__Node* argument : nodes(call.n_args, call.args)) {
    arguments.push_back(constant_text(argument));
  }
  return arguments;
}

}  // namespace

void read_selected_call(Reader& reader, const PgQuery__Node* value) {
  if (value != nullptr && value->node_case == PG_QUERY__NODE__NODE_CASE_EXPR) {
    const PgQuery__CaseExpr& choice = *value->case_expr;
    const PgQuery__Node* when = choice.n_args > 0 ? choice.args[0] : nullptr;
    if (choice.arg == nullptr && when != nullptr &&
        when->node_case == PG_QUERY__NODE__NODE_CASE_WHEN &&
        holds_on_every_server(when->case_when->expr)) {
      read_selected_call(reader, when->case_when->result);
      return;
    }
  }
  if (value == nullptr || value->node_case != PG_QUERY__NODE__NODE_FUNC_CALL) {
    warn_of_calls_in(reader, value);
    return;
  }
  const PgQuery__FuncCall& call = *value->func_call;
  const std::vector<std::string> name = strings_of(nodes(call.n_funcname, call.funcname));
  const NameParts parts = name_parts(name);
  if (const Routine* routine = called_routine(reader, parts)) {
    const Routine called = *routine;
    read_routine_call(reader, called, constant_arguments(call));
    return;
  }
  if (call.n_funcname == 0 || string_of(call.funcname[call.n_funcname - 1]) != "set_config" ||
      call.n_args < 2 || constant_text(call.args[0]) != "search_path")
    return;
  const auto path = evaluated_text(reader, call.args[1]);
  if (!path) return;
  set_search_path(reader, *path);
  if (call.n_args > 2 && constant_text(call.args[2]) == "true") reader.local_search_path = true;
}

}  // namespace relata::sql::postgres
