#include <cstring>

#include "syntax/postgres/analyzer.h"
#include "syntax/postgres/tree.h"

namespace relata::syntax::postgres {
namespace {

/// The one member of a Node that is set.
const ProtobufCMessage* content_of(const PgQuery__Node& node) {
  if (node.node_case == PG_QUERY__NODE__NODE__NOT_SET) return nullptr;
  // Every member of the union is a pointer to a message.
  return reinterpret_cast<const ProtobufCMessage*>(node.alias);
}

template <class Value>
Value value_at(const ProtobufCMessage& message, std::size_t offset) {
  Value value;
  std::memcpy(&value, reinterpret_cast<const char*>(&message) + offset, sizeof(value));
  return value;
}

/// Members that say where something stands in the text, not what it is; and whether a statement
/// may replace what is there.
bool is_without_meaning(const std::string_view name) {
  return name == "location" || name == "stmt_location" || name == "stmt_len" || name == "replace";
}

/// Members that hold the parts of a qualified name.
bool is_name(const std::string_view name) {
  return name == "defnames" || name == "funcname" || name == "objname" || name == "opclassname" ||
         name == "opfamilyname" || name == "conversion_name" || name == "func_name";
}

/// Attributes of aggregates and operators whose value is a function, which the grammar takes for a
/// type.
bool is_function_attribute(const std::string_view name) {
  return name.ends_with("func") || name.ends_with("transfn") || name == "procedure" ||
         name == "function" || name == "restrict" || name == "join";
}

bool is_default_namespace(const ProtobufCMessage& message) {
  if (message.descriptor != &pg_query__node__descriptor) return false;
  const auto& node = reinterpret_cast<const PgQuery__Node&>(message);
  if (node.node_case != PG_QUERY__NODE__NODE_STRING) return false;
  return own_namespace(node.string->sval).empty();
}

bool is_expression(const PgQuery__Node& node) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_A_CONST:
    case PG_QUERY__NODE__NODE_TYPE_CAST:
    case PG_QUERY__NODE__NODE_COLUMN_REF:
    case PG_QUERY__NODE__NODE_A_EXPR:
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
    case PG_QUERY__NODE__NODE_NULL_TEST:
    case PG_QUERY__NODE__NODE_BOOLEAN_TEST:
    case PG_QUERY__NODE__NODE_FUNC_CALL:
    case PG_QUERY__NODE__NODE_CASE_EXPR:
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
    case PG_QUERY__NODE__NODE_ROW_EXPR:
    case PG_QUERY__NODE__NODE_SUB_LINK:
    case PG_QUERY__NODE__NODE_A_INDIRECTION:
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
    case PG_QUERY__NODE__NODE_NAMED_ARG_EXPR:
      return true;
    default:
      return false;
  }
}

/// Whether a name says more than the word for the kind of expression that it stands for; a cast
/// takes the name of its type where it does not.
bool is_named(const PgQuery__Node* node) {
  if (node == nullptr) return false;
  switch (node->node_case) {
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      return is_named(node->type_cast->arg);
    case PG_QUERY__NODE__NODE_CASE_EXPR:
      return is_named(node->case_expr->defresult);
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
      return is_named(node->collate_clause->arg);
    default:
      return implied_column_name(node) != "?column?";
  }
}

}  // namespace

std::string Analyzer::any_node(const PgQuery__Node* node, const Scope& scope) {
  if (node == nullptr) return {};
  const ProtobufCMessage* content = content_of(*node);
  if (content == nullptr) return {};
  if (is_expression(*node)) return print(without_implicit_casts(expression(node, scope)));
  switch (node->node_case) {
    case PG_QUERY__NODE__NODE_STRING:
      return std::string("'") + node->string->sval + "'";
    case PG_QUERY__NODE__NODE_INTEGER:
      return std::to_string(node->integer->ival);
    case PG_QUERY__NODE__NODE_FLOAT:
      return node->float_->fval;
    case PG_QUERY__NODE__NODE_BOOLEAN:
      return node->boolean->boolval != 0 ? "true" : "false";
    case PG_QUERY__NODE__NODE_TYPE_NAME:
      return type_text(*node->type_name);
    case PG_QUERY__NODE__NODE_RANGE_VAR:
      return relation_name(*node->range_var);
    case PG_QUERY__NODE__NODE_SELECT_STMT:
    case PG_QUERY__NODE__NODE_INSERT_STMT:
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
    case PG_QUERY__NODE__NODE_DELETE_STMT:
      return "(" + query(node, &scope, false).text + ")";
    default:
      return any_message(*content, scope);
  }
}

std::string Analyzer::any_message(const ProtobufCMessage& message, const Scope& scope) {
  const ProtobufCMessageDescriptor& type = *message.descriptor;
  if (&type == &pg_query__node__descriptor)
    return any_node(reinterpret_cast<const PgQuery__Node*>(&message), scope);
  if (&type == &pg_query__type_name__descriptor)
    return type_text(reinterpret_cast<const PgQuery__TypeName&>(message));
  if (&type == &pg_query__range_var__descriptor)
    return relation_name(reinterpret_cast<const PgQuery__RangeVar&>(message));
  if (&type == &pg_query__def_elem__descriptor) {
    const auto& element = reinterpret_cast<const PgQuery__DefElem&>(message);
    if (is_function_attribute(element.defname) && element.arg != nullptr &&
        element.arg->node_case == PG_QUERY__NODE__NODE_TYPE_NAME) {
      const PgQuery__TypeName& name = *element.arg->type_name;
      const std::vector<std::string> parts = postgres::name_parts(name.names, name.n_names);
      const std::string schema = parts.size() > 1 ? parts[parts.size() - 2] : std::string();
      return std::string(element.defname) + " = " +
             function_name(schema, parts.empty() ? "" : parts.back());
    }
  }
  std::string text = std::string(type.short_name) + "{";
  for (unsigned f = 0; f < type.n_fields; ++f) {
    const ProtobufCFieldDescriptor& field = type.fields[f];
    if (is_without_meaning(field.name)) continue;
    std::string value;
    if (field.type == PROTOBUF_C_TYPE_MESSAGE && field.label == PROTOBUF_C_LABEL_REPEATED) {
      const auto count = value_at<std::size_t>(message, field.quantifier_offset);
      const auto* items = value_at<ProtobufCMessage* const*>(message, field.offset);
      const bool implied = count > 1 && is_name(field.name) && is_default_namespace(*items[0]);
      for (std::size_t i = implied ? 1 : 0; i < count; ++i)
        value += (value.empty() ? "" : ", ") + any_message(*items[i], scope);
      if (count > 0) value = "[" + value + "]";
    } else if (field.type == PROTOBUF_C_TYPE_MESSAGE) {
      const bool other_case = (field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 &&
                              value_at<std::uint32_t>(message, field.quantifier_offset) != field.id;
      const auto* item =
          other_case ? nullptr : value_at<const ProtobufCMessage*>(message, field.offset);
      if (item != nullptr) value = any_message(*item, scope);
    } else if (field.type == PROTOBUF_C_TYPE_STRING && field.label != PROTOBUF_C_LABEL_REPEATED) {
      const auto* string = value_at<const char*>(message, field.offset);
      if (string != nullptr && *string != '\0') value = std::string("'") + string + "'";
    } else if (field.type == PROTOBUF_C_TYPE_INT64 || field.type == PROTOBUF_C_TYPE_UINT64) {
      if (const auto number = value_at<std::int64_t>(message, field.offset); number != 0)
        value = std::to_string(number);
    } else if (field.label != PROTOBUF_C_LABEL_REPEATED) {
      if (const auto number = value_at<std::int32_t>(message, field.offset); number != 0)
        value = std::to_string(number);
    }
    if (!value.empty()) text += std::string(field.name) + "=" + value + "; ";
  }
  return text + "}";
}

std::string implied_column_name(const PgQuery__Node* node) {
  const auto last_name = [](PgQuery__Node* const* nodes, std::size_t count) {
    const std::vector<std::string> names = postgres::name_parts(nodes, count);
    return names.empty() ? std::string() : names.back();
  };
  const std::string unnamed = "?column?";
  if (node == nullptr) return unnamed;
  switch (node->node_case) {
    case PG_QUERY__NODE__NODE_COLUMN_REF:
      return last_name(node->column_ref->fields, node->column_ref->n_fields);
    case PG_QUERY__NODE__NODE_A_INDIRECTION: {
      const std::string name =
          last_name(node->a_indirection->indirection, node->a_indirection->n_indirection);
      return name.empty() ? implied_column_name(node->a_indirection->arg) : name;
    }
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      return last_name(node->func_call->funcname, node->func_call->n_funcname);
    case PG_QUERY__NODE__NODE_A_EXPR:
      return node->a_expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF ? "nullif" : unnamed;
    case PG_QUERY__NODE__NODE_TYPE_CAST: {
      const PgQuery__TypeCast& cast = *node->type_cast;
      return is_named(cast.arg) ? implied_column_name(cast.arg)
                                : last_name(cast.type_name->names, cast.type_name->n_names);
    }
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
      return implied_column_name(node->collate_clause->arg);
    case PG_QUERY__NODE__NODE_GROUPING_FUNC:
      return "grouping";
    case PG_QUERY__NODE__NODE_SUB_LINK: {
      const PgQuery__SubLink& link = *node->sub_link;
      if (link.sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK) return "exists";
      if (link.sub_link_type == PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK) return "array";
      if (link.sub_link_type != PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK) return unnamed;
      const PgQuery__SelectStmt* select =
          link.subselect->node_case == PG_QUERY__NODE__NODE_SELECT_STMT
              ? link.subselect->select_stmt
              : nullptr;
      while (select != nullptr && select->larg != nullptr) select = select->larg;
      if (select == nullptr || select->n_target_list == 0) return unnamed;
      const PgQuery__ResTarget& target = *select->target_list[0]->res_target;
      return target.name != nullptr && *target.name != '\0' ? target.name
                                                            : implied_column_name(target.val);
    }
    case PG_QUERY__NODE__NODE_CASE_EXPR: {
      const PgQuery__Node* otherwise = node->case_expr->defresult;
      return is_named(otherwise) ? implied_column_name(otherwise) : "case";
    }
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
      return "array";
    case PG_QUERY__NODE__NODE_ROW_EXPR:
      return "row";
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
      return "coalesce";
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
      return node->min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_GREATEST ? "greatest" : "least";
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION: {
      constexpr const char* names[] = {"?column?",       "current_date",      "current_time",
                                       "current_time",   "current_timestamp", "current_timestamp",
                                       "localtime",      "localtime",         "localtimestamp",
                                       "localtimestamp", "current_role",      "current_user",
                                       "user",           "session_user",      "current_catalog",
                                       "current_schema"};
      return names[node->sqlvalue_function->op];
    }
    case PG_QUERY__NODE__NODE_XML_EXPR: {
      constexpr const char* names[] = {"?column?",  "xmlconcat", "xmlelement",
                                       "xmlforest", "xmlparse",  "xmlpi",
                                       "xmlroot",   "?column?",  "?column?"};
      return names[node->xml_expr->op];
    }
    case PG_QUERY__NODE__NODE_XML_SERIALIZE:
      return "xmlserialize";
    default:
      return unnamed;
  }
}

}  // namespace relata::syntax::postgres
