#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.h"
#include "syntax/postgres/create_statements.h"
#include "syntax/postgres/tree.h"
#include "syntax/postgres/type_rules.h"
#include "syntax/postgres/types.h"

namespace relata::syntax::postgres {
namespace {

const PgQuery__CreateFunctionStmt* function_in(const Tree& tree) {
  const PgQuery__Node* node = tree.statement();
  const bool found =
      node != nullptr && node->node_case == PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT;
  return found ? node->create_function_stmt : nullptr;
}

/// Types of parameters and results keep no modifiers.
std::string parameter_type(Analyzer& analyzer, const PgQuery__TypeName& type) {
  return without_modifiers(analyzer.type_text(type));
}

bool is_output(const PgQuery__FunctionParameter& parameter) {
  return parameter.mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT ||
         parameter.mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_INOUT ||
         parameter.mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE;
}

constexpr auto mode_words =
    std::to_array<std::string_view>({"", "", "OUT ", "INOUT ", "VARIADIC ", "TABLE ", ""});

std::string parameters(Analyzer& analyzer, const PgQuery__CreateFunctionStmt& function) {
  std::string text = "(";
  for (std::size_t i = 0; i < function.n_parameters; ++i) {
    const PgQuery__FunctionParameter& parameter = *function.parameters[i]->function_parameter;
    if (i > 0) text += ", ";
    text += mode_words.at(parameter.mode);
    if (parameter.name != nullptr && *parameter.name != '\0') {
      text += postgres_identifier(parameter.name) + " ";
    }
    const std::string type = parameter_type(analyzer, *parameter.arg_type);
    text += type;
    if (parameter.defexpr != nullptr) {
      Term value = analyzer.value_for(parameter.defexpr, {}, type);
      text += " = " + print(value);
    }
  }
  return text + ")";
}

/// What stands behind RETURNS, or what the OUT parameters say where nothing does.
std::string result_type(Analyzer& analyzer, const PgQuery__CreateFunctionStmt& function) {
  std::vector<const PgQuery__FunctionParameter*> outputs;
  for (std::size_t i = 0; i < function.n_parameters; ++i) {
    const PgQuery__FunctionParameter& parameter = *function.parameters[i]->function_parameter;
    if (is_output(parameter)) outputs.push_back(&parameter);
  }
  const bool table = !outputs.empty() &&
                     outputs.front()->mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE;
  std::string one;
  if (!outputs.empty()) {
    one = outputs.size() == 1 ? parameter_type(analyzer, *outputs.front()->arg_type) : "record";
  }
  if (table) return "SETOF " + one;
  if (function.return_type != nullptr) return parameter_type(analyzer, *function.return_type);
  return function.is_procedure != 0 ? std::string() : one;
}

/// A routine's attribute, and what it is when nothing says.
struct AttributeRow {
  std::string_view name;
  std::string_view otherwise;
};

// In the order in which they are compared.
constexpr auto attributes = std::to_array<AttributeRow>({
    {"language", "'sql'"},
    {"transform", ""},
    {"window", "false"},
    {"volatility", "'volatile'"},
    {"strict", "false"},
    {"security", "false"},
    {"leakproof", "false"},
    {"parallel", "'unsafe'"},
    {"cost", "100"},
    {"rows", "1000"},
    {"support", ""},
    {"set", ""},
    {"as", ""},
});

std::string attribute_value(Analyzer& analyzer, const PgQuery__Node* value) {
  if (value == nullptr) return "true";
  if (value->node_case != PG_QUERY__NODE__NODE_LIST) return analyzer.any_node(value, {});
  std::string text;
  for (std::size_t i = 0; i < value->list->n_items; ++i) {
    text += (i > 0 ? ", " : "") + analyzer.any_node(value->list->items[i], {});
  }
  return text;
}

std::string attribute_list(Analyzer& analyzer, const PgQuery__CreateFunctionStmt& function) {
  std::string text;
  bool compiled = false;
  for (std::size_t i = 0; i < function.n_options; ++i) {
    const PgQuery__DefElem& option = *function.options[i]->def_elem;
    if (std::strcmp(option.defname, "language") != 0) continue;
    const std::string language = to_lower(attribute_value(analyzer, option.arg));
    compiled = language == "'c'" || language == "'internal'";
  }
  for (const AttributeRow& row : attributes) {
    std::vector<std::string> values;
    for (std::size_t i = 0; i < function.n_options; ++i) {
      const PgQuery__DefElem& option = *function.options[i]->def_elem;
      if (row.name != option.defname) continue;
      std::string value = attribute_value(analyzer, option.arg);
      if (row.name == "language" || row.name == "parallel" || row.name == "volatility")
        value = to_lower(value);
      const bool implied = value == (row.name == "cost" && compiled ? "1" : row.otherwise);
      if (!implied) values.push_back(std::move(value));
    }
    std::sort(values.begin(), values.end());
    for (const std::string& value : values) text += " " + std::string(row.name) + " " + value;
  }
  return text;
}

}  // namespace

std::string canonical_routine(Analyzer& analyzer, Catalog& catalog, const Routine& routine) {
  const Tree tree = parse(routine.sql.text);
  const PgQuery__CreateFunctionStmt* function = function_in(tree);
  if (function == nullptr) return canonical_statement(analyzer, routine.sql.text);
  const std::string result = result_type(analyzer, *function);
  catalog.learn_result(routine.schema, routine.name,
                       result.starts_with("SETOF ") ? result.substr(6) : result);
  const std::vector<std::string> name = name_parts(function->funcname, function->n_funcname);
  const std::string schema = name.size() > 1 ? name[name.size() - 2] : std::string();
  std::string text = function->is_procedure != 0 ? "CREATE PROCEDURE " : "CREATE FUNCTION ";
  text += analyzer.function_name(schema, name.empty() ? "" : name.back());
  text += parameters(analyzer, *function);
  if (!result.empty()) text += " RETURNS " + result;
  text += attribute_list(analyzer, *function);
  if (function->sql_body != nullptr) text += " " + analyzer.any_node(function->sql_body, {});
  return text;
}

}  // namespace relata::syntax::postgres
