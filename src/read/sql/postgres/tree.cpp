#include "read/sql/postgres/tree.h"

#include <algorithm>

namespace relata::sql::postgres {

std::string_view string_of(const PgQuery__Node* node) {
  return node != nullptr && node->node_case == PG_QUERY__NODE__NODE_STRING
             ? view(node->string->sval)
             : std::string_view();
}

std::vector<std::string> strings_of(std::span<PgQuery__Node* const> items) {
  std::vector<std::string> strings;
  strings.reserve(items.size());
  for (const PgQuery__Node* item : items) strings.emplace_back(string_of(item));
  return strings;
}

std::vector<std::string> strings_of(const PgQuery__Node* list) {
  if (list == nullptr) return {};
  if (list->node_case == PG_QUERY__NODE__NODE_LIST)
    return strings_of(nodes(list->list->n_items, list->list->items));
  if (list->node_case == PG_QUERY__NODE__NODE_STRING) return {std::string(string_of(list))};
  if (list->node_case == PG_QUERY__NODE__NODE_TYPE_NAME)
    return strings_of(nodes(list->type_name->n_names, list->type_name->names));
  return {};
}

std::string constant_text(const PgQuery__Node* node) {
  if (node == nullptr) return {};
  switch (node->node_case) {
    case PG_QUERY__NODE__NODE_STRING:
      return std::string(string_of(node));
    case PG_QUERY__NODE__NODE_INTEGER:
      return std::to_string(node->integer->ival);
    case PG_QUERY__NODE__NODE_FLOAT:
      return std::string(view(node->float_->fval));
    case PG_QUERY__NODE__NODE_BOOLEAN:
      return node->boolean->boolval ? "true" : "false";
    case PG_QUERY__NODE__NODE_A_CONST: {
      const PgQuery__AConst& constant = *node->a_const;
      switch (constant.val_case) {
        case PG_QUERY__A__CONST__VAL_IVAL:
          return std::to_string(constant.ival->ival);
        case PG_QUERY__A__CONST__VAL_FVAL:
          return std::string(view(constant.fval->fval));
        case PG_QUERY__A__CONST__VAL_SVAL:
          return std::string(view(constant.sval->sval));
        case PG_QUERY__A__CONST__VAL_BOOLVAL:
          return constant.boolval->boolval ? "true" : "false";
        case PG_QUERY__A__CONST__VAL_BSVAL:
          return std::string(view(constant.bsval->bsval));
        default:
          return {};
      }
    }
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      return constant_text(node->type_cast->arg);
    case PG_QUERY__NODE__NODE_COLUMN_REF:
    case PG_QUERY__NODE__NODE_TYPE_NAME: {
      const std::vector<std::string> parts =
          node->node_case == PG_QUERY__NODE__NODE_TYPE_NAME
              ? strings_of(node)
              : strings_of(nodes(node->column_ref->n_fields, node->column_ref->fields));
      return parts.empty() ? std::string() : parts.back();
    }
    case PG_QUERY__NODE__NODE_A_EXPR: {
      const PgQuery__AExpr& expression = *node->a_expr;
      if (expression.lexpr != nullptr || expression.n_name != 1) return {};
      return std::string(string_of(expression.name[0])) + constant_text(expression.rexpr);
    }
    default:
      return {};
  }
}

std::string argument_text(const PgQuery__DefElem& option) {
  return option.arg == nullptr ? "true" : constant_text(option.arg);
}

void walk(const ProtobufCMessage& message,
          const std::function<bool(const ProtobufCMessage&)>& visit) {
  if (!visit(message)) return;
  // A Node is one of some two hundred messages: its members all stand in one place.
  if (const auto* node = message_as<PgQuery__Node>(message, pg_query__node__descriptor)) {
    if (node->node_case != PG_QUERY__NODE__NODE__NOT_SET && node->alias != nullptr)
      walk(node->alias->base, visit);
    return;
  }
  const ProtobufCMessageDescriptor& descriptor = *message.descriptor;
  const char* const place = reinterpret_cast<const char*>(&message);
  for (unsigned i = 0; i < descriptor.n_fields; ++i) {
    const ProtobufCFieldDescriptor& field = descriptor.fields[i];
    if (field.type != PROTOBUF_C_TYPE_MESSAGE) continue;
    if (field.label == PROTOBUF_C_LABEL_REPEATED) {
      const std::size_t count =
          *reinterpret_cast<const std::size_t*>(place + field.quantifier_offset);
      const auto* items =
          *reinterpret_cast<const ProtobufCMessage* const* const*>(place + field.offset);
      for (std::size_t item = 0; item < count; ++item) walk(*items[item], visit);
      continue;
    }
    if ((field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 &&
        *reinterpret_cast<const std::uint32_t*>(place + field.quantifier_offset) != field.id)
      continue;
    const auto* part = *reinterpret_cast<const ProtobufCMessage* const*>(place + field.offset);
    if (part != nullptr) walk(*part, visit);
  }
}

std::vector<std::string> columns_in(const PgQuery__Node* expression) {
  std::vector<std::string> columns;
  walk(expression, [&](const ProtobufCMessage& message) {
    const auto* reference =
        message_as<PgQuery__ColumnRef>(message, pg_query__column_ref__descriptor);
    if (reference == nullptr) return true;
    for (std::size_t i = reference->n_fields; i > 0; --i) {
      const std::string_view name = string_of(reference->fields[i - 1]);
      if (name.empty()) continue;
      if (std::find(columns.begin(), columns.end(), name) == columns.end())
        columns.emplace_back(name);
      break;
    }
    return false;
  });
  return columns;
}

namespace {

struct NameFound {
  int strength = 0;  ///< 1: a last resort, 2: a good name.
  std::string name;
};

std::string_view last_string(std::span<PgQuery__Node* const> items) {
  for (std::size_t i = items.size(); i > 0; --i)
    if (const std::string_view name = string_of(items[i - 1]); !name.empty()) return name;
  return {};
}

std::string_view value_function_name(PgQuery__SQLValueFunctionOp operation) {
  switch (operation) {
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE:
      return "current_date";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME_N:
      return "current_time";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP_N:
      return "current_timestamp";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME_N:
      return "localtime";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP_N:
      return "localtimestamp";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_ROLE:
      return "current_role";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_USER:
      return "current_user";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_USER:
      return "user";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_SESSION_USER:
      return "session_user";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_CATALOG:
      return "current_catalog";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_SCHEMA:
      return "current_schema";
    default:
      return {};
  }
}

NameFound figure(const PgQuery__Node* node) {
  if (node == nullptr) return {};
  switch (node->node_case) {
    case PG_QUERY__NODE__NODE_COLUMN_REF: {
      const std::string_view name =
          last_string(nodes(node->column_ref->n_fields, node->column_ref->fields));
      return {name.empty() ? 0 : 2, std::string(name)};
    }
    case PG_QUERY__NODE__NODE_A_INDIRECTION: {
      const std::string_view name =
          last_string(nodes(node->a_indirection->n_indirection, node->a_indirection->indirection));
      if (!name.empty()) return {2, std::string(name)};
      return figure(node->a_indirection->arg);
    }
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      return {2, std::string(
                     last_string(nodes(node->func_call->n_funcname, node->func_call->funcname)))};
    case PG_QUERY__NODE__NODE_A_EXPR:
      if (node->a_expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF) return {2, "nullif"};
      return {};
    case PG_QUERY__NODE__NODE_TYPE_CAST: {
      NameFound found = figure(node->type_cast->arg);
      if (found.strength <= 1 && node->type_cast->type_name != nullptr) {
        const PgQuery__TypeName& type = *node->type_cast->type_name;
        return {1, std::string(last_string(nodes(type.n_names, type.names)))};
      }
      return found;
    }
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
      return figure(node->collate_clause->arg);
    case PG_QUERY__NODE__NODE_GROUPING_FUNC:
      return {2, "grouping"};
    case PG_QUERY__NODE__NODE_SUB_LINK:
      if (node->sub_link->sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK)
        return {2, "exists"};
      if (node->sub_link->sub_link_type == PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK)
        return {2, "array"};
      if (node->sub_link->sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK &&
          node->sub_link->subselect != nullptr &&
          node->sub_link->subselect->node_case == PG_QUERY__NODE__NODE_SELECT_STMT &&
          node->sub_link->subselect->select_stmt->n_target_list > 0) {
        const PgQuery__Node* target = node->sub_link->subselect->select_stmt->target_list[0];
        if (target->node_case != PG_QUERY__NODE__NODE_RES_TARGET) return {};
        if (!view(target->res_target->name).empty())
          return {2, std::string(view(target->res_target->name))};
        return figure(target->res_target->val);
      }
      return {};
    case PG_QUERY__NODE__NODE_CASE_EXPR: {
      NameFound found = figure(node->case_expr->defresult);
      return found.strength <= 1 ? NameFound{1, "case"} : found;
    }
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
      return {2, "array"};
    case PG_QUERY__NODE__NODE_ROW_EXPR:
      return {2, "row"};
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
      return {2, "coalesce"};
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
      return {2, node->min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_LEAST ? "least" : "greatest"};
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
      return {2, std::string(value_function_name(node->sqlvalue_function->op))};
    case PG_QUERY__NODE__NODE_XML_SERIALIZE:
      return {2, "xmlserialize"};
    default:
      return {};
  }
}

}  // namespace

std::string column_name_of(const PgQuery__Node* expression) { return figure(expression).name; }

}  // namespace relata::sql::postgres
