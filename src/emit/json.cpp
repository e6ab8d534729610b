// The schema as JSON: the model's own names and structure; what is empty or at its default is left
// out. The shape is described in docs/json.md.

#include <array>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "emit/target.h"

namespace relata::emit {
namespace {

using Json = nlohmann::ordered_json;

template <class Enumeration, std::size_t size>
std::string name_in(const std::array<std::string_view, size>& names, Enumeration value) {
  return std::string(names[static_cast<std::size_t>(value)]);
}

constexpr std::array<std::string_view, 31> operations{"column",
                                                      "string",
                                                      "number",
                                                      "boolean",
                                                      "null",
                                                      "now",
                                                      "today",
                                                      "new_uuid7",
                                                      "new_cuid2",
                                                      "current_tenant",
                                                      "current_actor",
                                                      "include_deleted",
                                                      "equal",
                                                      "not_equal",
                                                      "less",
                                                      "less_or_equal",
                                                      "greater",
                                                      "greater_or_equal",
                                                      "is_null",
                                                      "is_not_null",
                                                      "in",
                                                      "all_of",
                                                      "any_of",
                                                      "negate",
                                                      "count_set",
                                                      "length_of",
                                                      "matches_like",
                                                      "lower",
                                                      "case_when_null",
                                                      "in_select",
                                                      "sql"};
constexpr std::array<std::string_view, 21> type_kinds{
    "text",          "varchar",      "character",
    "small_integer", "integer",      "big_integer",
    "decimal",       "real",         "double_precision",
    "boolean",       "date",         "time",
    "timestamp",     "timestamp_tz", "interval",
    "uuid",          "json",         "binary",
    "inet",          "enumeration",  "native"};
constexpr std::array<std::string_view, 5> actions{"no_action", "restrict", "cascade", "set_null",
                                                  "set_default"};
constexpr std::array<std::string_view, 5> commands{"all", "select", "insert", "update", "delete"};

static_assert(operations.size() == static_cast<std::size_t>(Operation::sql) + 1);
static_assert(type_kinds.size() == static_cast<std::size_t>(TypeKind::native) + 1);
static_assert(actions.size() == static_cast<std::size_t>(ReferentialAction::set_default) + 1);
static_assert(commands.size() == static_cast<std::size_t>(PolicyCommand::delete_) + 1);

void set_if(Json& json, const char* key, const std::string& value) {
  if (!value.empty()) json[key] = value;
}
void set_if(Json& json, const char* key, bool value) {
  if (value) json[key] = true;
}
void set_if(Json& json, const char* key, int value) {
  if (value != 0) json[key] = value;
}
void set_if(Json& json, const char* key, const std::vector<std::string>& value) {
  if (!value.empty()) json[key] = value;
}

template <class Item, class Convert>
Json list_of(const std::vector<Item>& items, const Convert& convert) {
  Json list = Json::array();
  for (const Item& item : items) list.push_back(convert(item));
  return list;
}

template <class Item, class Convert>
void set_list(Json& json, const char* key, const std::vector<Item>& items, const Convert& convert) {
  if (!items.empty()) json[key] = list_of(items, convert);
}

Json expression_json(const Expression& expression) {
  Json json;
  json["operation"] = name_in(operations, expression.operation);
  set_if(json, "text", expression.text);
  set_if(json, "dialect", expression.dialect);
  set_list(json, "arguments", expression.arguments, expression_json);
  return json;
}

Json type_json(const Type& type) {
  Json json;
  json["kind"] = name_in(type_kinds, type.kind);
  set_if(json, "name", type.name);
  set_if(json, "length", type.length);
  set_if(json, "precision", type.precision);
  set_if(json, "scale", type.scale);
  set_if(json, "array_dimensions", type.array_dimensions);
  set_if(json, "values", type.values);
  return json;
}

Json origin_json(const Origin& origin) {
  Json json;
  json["rule"] = origin.rule;
  json["confidence"] = origin.confidence;
  set_if(json, "words", origin.words);
  if (!origin.source.empty()) {
    json["source"] = origin.source;
    json["begin"] = origin.span.begin;
    json["end"] = origin.span.end;
  }
  return json;
}

void set_origin(Json& json, const Origin& origin) {
  if (!origin.rule.empty() || !origin.source.empty()) json["origin"] = origin_json(origin);
}

Json column_json(const Column& column) {
  Json json;
  json["name"] = column.name;
  json["type"] = type_json(column.type);
  json["nullable"] = column.nullable;
  if (column.default_value) json["default"] = expression_json(*column.default_value);
  if (column.generated) {
    json["generated"] = {{"expression", expression_json(column.generated->expression)},
                         {"stored", column.generated->stored}};
  }
  set_if(json, "identity", column.identity.has_value());
  set_if(json, "collation", column.collation);
  set_if(json, "comment", column.comment);
  set_origin(json, column.origin);
  return json;
}

Json unique_json(const Unique& unique) {
  Json json;
  set_if(json, "name", unique.name);
  json["columns"] = unique.columns;
  set_origin(json, unique.origin);
  return json;
}

Json foreign_key_json(const ForeignKey& key) {
  Json json;
  set_if(json, "name", key.name);
  json["columns"] = key.columns;
  json["table"] = key.table;
  json["referenced"] = key.referenced;
  json["on_delete"] = name_in(actions, key.on_delete);
  json["on_update"] = name_in(actions, key.on_update);
  set_if(json, "set_null_columns", key.set_null_columns);
  set_if(json, "deferrable", key.deferrable);
  set_if(json, "initially_deferred", key.initially_deferred);
  set_origin(json, key.origin);
  return json;
}

Json check_json(const Check& check) {
  Json json;
  set_if(json, "name", check.name);
  json["expression"] = expression_json(check.expression);
  set_origin(json, check.origin);
  return json;
}

Json no_overlap_json(const NoOverlap& constraint) {
  Json json;
  set_if(json, "name", constraint.name);
  json["equal"] = constraint.equal;
  json["from"] = constraint.from;
  json["to"] = constraint.to;
  set_origin(json, constraint.origin);
  return json;
}

Json index_part_json(const IndexPart& part) {
  Json json;
  json["expression"] = expression_json(part.expression);
  set_if(json, "descending", part.descending);
  set_if(json, "operator_class", part.operator_class);
  return json;
}

Json index_json(const Index& index) {
  Json json;
  set_if(json, "name", index.name);
  json["parts"] = list_of(index.parts, index_part_json);
  set_if(json, "unique", index.unique);
  set_if(json, "method", index.method);
  if (index.where) json["where"] = expression_json(*index.where);
  set_if(json, "include", index.include);
  set_if(json, "comment", index.comment);
  set_origin(json, index.origin);
  return json;
}

/// What each kind of trigger does, under the name of its purpose.
struct PurposeJson {
  Json operator()(const TouchUpdatedAt& purpose) const {
    return {{"kind", "touch_updated_at"}, {"column", purpose.column}};
  }
  Json operator()(const BumpVersion& purpose) const {
    return {{"kind", "bump_version"}, {"column", purpose.column}};
  }
  Json operator()(const WriteAudit& purpose) const {
    Json json{{"kind", "write_audit"},
              {"log_table", purpose.log_table},
              {"entity_type", purpose.entity_type},
              {"key_column", purpose.key_column}};
    set_if(json, "tenant_column", purpose.tenant_column);
    set_if(json, "log_tenant_column", purpose.log_tenant_column);
    set_if(json, "columns", purpose.columns);
    return json;
  }
  Json operator()(const WriteHistory& purpose) const {
    Json json{{"kind", "write_history"},
              {"history_table", purpose.history_table},
              {"key_column", purpose.key_column},
              {"history_key_column", purpose.history_key_column},
              {"columns", purpose.columns}};
    set_if(json, "carried", purpose.carried);
    json["from"] = purpose.from;
    json["to"] = purpose.to;
    return json;
  }
  Json operator()(const AppendOnly&) const { return {{"kind", "append_only"}}; }
  Json operator()(const TriggerBody& purpose) const {
    return {{"kind", "sql"}, {"dialect", purpose.dialect}, {"sql", purpose.sql}};
  }
};

Json trigger_json(const Trigger& trigger) {
  Json json;
  json["name"] = trigger.name;
  json["purpose"] = std::visit(PurposeJson{}, trigger.purpose);
  set_origin(json, trigger.origin);
  return json;
}

Json policy_json(const Policy& policy) {
  Json json;
  json["name"] = policy.name;
  json["command"] = name_in(commands, policy.command);
  json["permissive"] = policy.permissive;
  if (!policy.roles.empty()) json["roles"] = policy.roles;
  if (policy.using_rows) json["using"] = expression_json(*policy.using_rows);
  if (policy.with_check) json["with_check"] = expression_json(*policy.with_check);
  set_if(json, "comment", policy.comment);
  set_origin(json, policy.origin);
  return json;
}

Json intent_json(const TableIntent& intent) {
  Json json = Json::object();
  set_if(json, "entity", intent.entity);
  set_if(json, "tenant_column", intent.tenant_column);
  set_if(json, "soft_delete_column", intent.soft_delete_column);
  set_if(json, "version_column", intent.version_column);
  set_if(json, "updated_at_column", intent.updated_at_column);
  set_if(json, "junction", intent.junction);
  set_if(json, "audited", intent.audited);
  set_if(json, "audit_log", intent.audit_log);
  set_if(json, "history_of", intent.history_of);
  return json;
}

Json table_json(const Table& table) {
  Json json;
  set_if(json, "schema", table.schema);
  json["name"] = table.name;
  set_if(json, "comment", table.comment);
  json["intent"] = intent_json(table.intent);
  json["columns"] = list_of(table.columns, column_json);
  if (table.primary_key) {
    Json key;
    set_if(key, "name", table.primary_key->name);
    key["columns"] = table.primary_key->columns;
    json["primary_key"] = key;
  }
  set_list(json, "uniques", table.uniques, unique_json);
  set_list(json, "foreign_keys", table.foreign_keys, foreign_key_json);
  set_list(json, "checks", table.checks, check_json);
  set_list(json, "no_overlaps", table.no_overlaps, no_overlap_json);
  set_list(json, "indexes", table.indexes, index_json);
  set_list(json, "triggers", table.triggers, trigger_json);
  set_if(json, "row_level_security", table.row_level_security);
  set_list(json, "policies", table.policies, policy_json);
  set_origin(json, table.origin);
  return json;
}

Json view_json(const View& view) {
  Json json;
  set_if(json, "schema", view.schema);
  json["name"] = view.name;
  set_if(json, "dialect", view.dialect);
  json["sql"] = view.sql;
  set_if(json, "comment", view.comment);
  set_origin(json, view.origin);
  return json;
}

Json session_json(const SessionSettings& session) {
  Json json;
  if (!session.tenant.empty())
    json["tenant"] = {{"setting", session.tenant}, {"type", type_json(session.tenant_type)}};
  if (!session.actor.empty())
    json["actor"] = {{"setting", session.actor}, {"type", type_json(session.actor_type)}};
  set_if(json, "role", session.role);
  return json;
}

}  // namespace

std::string write_json(const Schema& schema, DiagnosticSink&) {
  Json json;
  json["name"] = schema.name;
  json["tables"] = list_of(schema.tables, table_json);
  set_list(json, "views", schema.views, view_json);
  if (const Json session = session_json(schema.session); !session.is_null())
    json["session"] = session;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace relata::emit
