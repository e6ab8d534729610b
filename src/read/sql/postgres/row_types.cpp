// The columns of values that are rows: composite types, and what functions give.
#include "read/sql/postgres/row_types.h"

#include <algorithm>

namespace relata::sql::postgres {
namespace {

using QueryColumns = std::vector<QueryColumn>;

QueryColumns columns_of(const std::vector<Column>& columns) {
  QueryColumns result;
  result.reserve(columns.size());
  for (const Column& column : columns)
    result.push_back({column.name, column.type.spelling, column.collation});
  return result;
}

/// The only function of that name; null when there is none or more than one.
const Routine* only_function(const Reader& reader, const NameParts& name) {
  const std::vector<std::string> path =
      name.schema.empty() ? reader.catalog.search_path
                          : std::vector<std::string>{Catalog::model_namespace(name.schema)};
  const Routine* found = nullptr;
  for (const Routine& routine : reader.catalog.routines) {
    if (routine.name != name.name ||
        std::find(path.begin(), path.end(), routine.schema) == path.end())
      continue;
    if (found != nullptr) return nullptr;
    found = &routine;
  }
  return found != nullptr && found->kind == "function" ? found : nullptr;
}

bool is_output(const PgQuery__FunctionParameter& parameter) {
  return parameter.mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT ||
         parameter.mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_INOUT ||
         parameter.mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE;
}

/// What a function gives: one value, or a row with these columns.
struct Result {
  bool row = false;
  QueryColumns columns;
};

/// https://www.postgresql.org/docs/current/xfunc-sql.html#XFUNC-OUTPUT-PARAMETERS
std::optional<Result> result_of(const Reader& reader, const PgQuery__CreateFunctionStmt& function) {
  Result result;
  for (const PgQuery__Node* node : nodes(function.n_parameters, function.parameters)) {
    const PgQuery__FunctionParameter& parameter = *node->function_parameter;
    if (!is_output(parameter)) continue;
    std::string name(view(parameter.name));
    if (name.empty()) name = "column" + std::to_string(result.columns.size() + 1);
    result.columns.push_back({std::move(name), reader.format_type(*parameter.arg_type), {}});
  }
  if (result.columns.size() > 1) {
    result.row = true;
    return result;
  }
  const PgQuery__TypeName* type = function.return_type;
  if (!result.columns.empty()) {
    for (const PgQuery__Node* node : nodes(function.n_parameters, function.parameters))
      if (is_output(*node->function_parameter)) type = node->function_parameter->arg_type;
  }
  if (type == nullptr || type->pct_type) return std::nullopt;
  if (auto columns = row_type_columns(reader, *type)) return Result{true, std::move(*columns)};
  // A scalar: anything that may be a row after all is not known.
  const NameParts name = name_parts(strings_of(nodes(type->n_names, type->names)));
  if (name.name == "record" || name.name.starts_with("any")) return std::nullopt;
  if (syntax::postgres_builtin_type(name.name).empty() && type->n_array_bounds == 0)
    return std::nullopt;
  if (result.columns.empty()) result.columns.push_back({{}, reader.format_type(*type), {}});
  return result;
}

std::optional<Result> result_of(const Reader& reader, const PgQuery__FuncCall& call) {
  const Routine* routine =
      only_function(reader, name_parts(strings_of(nodes(call.n_funcname, call.funcname))));
  if (routine == nullptr) return std::nullopt;
  const syntax::ParsedSql parsed = syntax::ParsedSql::parse(routine->sql.text);
  if (parsed.trees().empty() ||
      parsed.trees().front().node->node_case != PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT)
    return std::nullopt;
  return result_of(reader, *parsed.trees().front().node->create_function_stmt);
}

/// The columns under the names that an alias lists.
bool rename_columns(QueryColumns& columns, const PgQuery__Alias* alias) {
  if (alias == nullptr) return true;
  const std::vector<std::string> names = strings_of(nodes(alias->n_colnames, alias->colnames));
  if (names.size() > columns.size()) return false;
  for (std::size_t i = 0; i < names.size(); ++i) columns[i].name = names[i];
  return true;
}

}  // namespace

std::optional<QueryColumns> row_type_columns(const Reader& reader, const PgQuery__TypeName& type) {
  if (type.n_array_bounds > 0) return std::nullopt;
  const NameParts name = name_parts(strings_of(nodes(type.n_names, type.names)));
  // PostgreSQL's own types go before those of the same name.
  if (name.schema.empty() && !syntax::postgres_builtin_type(name.name).empty()) return std::nullopt;
  const auto relation = reader.catalog.find_relation(name.schema, name.name);
  if (!relation) return std::nullopt;
  const Catalog& catalog = reader.catalog;
  if (const auto found = catalog.composites.find(*relation); found != catalog.composites.end())
    return columns_of(found->second.attributes);
  if (const auto found = catalog.tables.find(*relation); found != catalog.tables.end())
    return columns_of(found->second.columns);
  const auto found = catalog.views.find(*relation);
  if (found == catalog.views.end() || found->second.columns.empty()) return std::nullopt;
  QueryColumns columns;
  for (const std::string& column : found->second.columns) columns.push_back({column, {}, {}});
  return columns;
}

std::optional<QueryColumns> row_columns(const Reader& reader, const PgQuery__Node* value) {
  if (value == nullptr) return std::nullopt;
  if (value->node_case == PG_QUERY__NODE__NODE_TYPE_CAST)
    return row_type_columns(reader, *value->type_cast->type_name);
  if (value->node_case != PG_QUERY__NODE__NODE_FUNC_CALL) return std::nullopt;
  std::optional<Result> result = result_of(reader, *value->func_call);
  if (!result || !result->row) return std::nullopt;
  return std::move(result->columns);
}

std::optional<QueryColumns> function_columns(const Reader& reader,
                                             const PgQuery__RangeFunction& function) {
  // FROM f(): a list of one pair, the call and the columns of AS (a integer, ...).
  if (function.ordinality || function.is_rowsfrom || function.n_functions != 1 ||
      function.n_coldeflist > 0 || function.functions[0]->node_case != PG_QUERY__NODE__NODE_LIST)
    return std::nullopt;
  const PgQuery__List& pair = *function.functions[0]->list;
  if (pair.n_items == 0 || pair.items[0]->node_case != PG_QUERY__NODE__NODE_FUNC_CALL)
    return std::nullopt;
  const PgQuery__FuncCall& call = *pair.items[0]->func_call;
  std::optional<Result> result = result_of(reader, call);
  if (!result) return std::nullopt;
  // A value without a name of its own has that of the alias, or of the function.
  for (QueryColumn& column : result->columns) {
    if (!column.name.empty()) continue;
    column.name = function.alias != nullptr
                      ? std::string(view(function.alias->aliasname))
                      : name_parts(strings_of(nodes(call.n_funcname, call.funcname))).name;
  }
  if (!rename_columns(result->columns, function.alias)) return std::nullopt;
  return std::move(result->columns);
}

}  // namespace relata::sql::postgres
