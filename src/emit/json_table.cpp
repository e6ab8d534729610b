// Tables as JSON, with all that they have.

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "emit/json_parts.h"

namespace relata::emit {
namespace {

template <class Enumeration, std::size_t size>
std::string name_in(const std::array<std::string_view, size>& names, Enumeration value) {
  return std::string(names[static_cast<std::size_t>(value)]);
}

constexpr std::array<std::string_view, 47> operations{"column",
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
                                                      "new_uuid4",
                                                      "current_time",
                                                      "add",
                                                      "subtract",
                                                      "multiply",
                                                      "divide",
                                                      "modulo",
                                                      "concatenate",
                                                      "upper",
                                                      "trimmed",
                                                      "absolute",
                                                      "rounded",
                                                      "replaced",
                                                      "coalesce",
                                                      "null_if",
                                                      "case_when",
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

}  // namespace

Json expression_json(const Expression& expression) {
  Json json;
  json["operation"] = name_in(operations, expression.operation);
  set_if(json, "text", expression.text);
  set_if(json, "dialect", expression.dialect);
  set_if(json, "canonical", expression.canonical);
  // The neutral meaning of SQL is an expression of its own.
  if (expression.operation == Operation::sql && !expression.arguments.empty()) {
    json["meaning"] = expression_json(expression.arguments.front());
  } else {
    set_list(json, "arguments", expression.arguments, expression_json);
  }
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
  set_if(json, "spelling", type.spelling);
  return json;
}

namespace {

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

}  // namespace

void set_origin(Json& json, const Origin& origin) {
  if (!origin.rule.empty() || !origin.source.empty()) json["origin"] = origin_json(origin);
}

void set_name(Json& json, const std::string& schema, const std::string& name) {
  set_if(json, "schema", schema);
  json["name"] = name;
}

Json sql_json(const SqlText& sql) {
  Json json{{"dialect", sql.dialect}, {"text", sql.text}};
  set_if(json, "canonical", sql.canonical);
  return json;
}

Json options_json(const std::vector<Option>& options) {
  Json json = Json::object();
  for (const Option& option : options) {
    if (option.value.empty()) {
      json[option.name] = true;
    } else {
      json[option.name] = option.value;
    }
  }
  return json;
}

void set_options(Json& json, const std::vector<Option>& options) {
  if (!options.empty()) json["options"] = options_json(options);
}

Json sequence_options_json(const SequenceOptions& options) {
  Json json = Json::object();
  const auto set = [&](const char* key, const std::optional<std::string>& value) {
    if (value) json[key] = *value;
  };
  set("start", options.start);
  set("increment", options.increment);
  set("minimum", options.minimum);
  set("maximum", options.maximum);
  set("cache", options.cache);
  set_if(json, "cycle", options.cycle);
  return json;
}

namespace {

Json identity_json(const Identity& identity) {
  Json json = Json::object();
  json["always"] = identity.always;
  if (!identity.automatic) json["automatic"] = false;
  set_if(json, "sequence", identity.sequence);
  if (Json options = sequence_options_json(identity.options); !options.empty()) {
    json["options"] = std::move(options);
  }
  return json;
}

}  // namespace

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
  if (column.identity) json["identity"] = identity_json(*column.identity);
  set_if(json, "collation", column.collation);
  set_if(json, "character_set", column.character_set);
  if (column.on_update) json["on_update"] = expression_json(*column.on_update);
  set_if(json, "invisible", column.invisible);
  set_if(json, "inherited", column.inherited);
  set_if(json, "not_null_name", column.not_null_name);
  set_options(json, column.options);
  set_if(json, "comment", column.comment);
  set_origin(json, column.origin);
  return json;
}

namespace {

Json unique_json(const Unique& unique) {
  Json json;
  set_if(json, "name", unique.name);
  json["columns"] = unique.columns;
  set_if(json, "include", unique.include);
  set_if(json, "nulls_not_distinct", unique.nulls_not_distinct);
  set_if(json, "deferrable", unique.deferrable);
  set_if(json, "initially_deferred", unique.initially_deferred);
  set_if(json, "without_overlaps", unique.without_overlaps);
  set_options(json, unique.options);
  set_if(json, "comment", unique.comment);
  set_origin(json, unique.origin);
  if (unique.parent) set_name(json["parent"], unique.parent->schema, unique.parent->name);
  return json;
}

Json foreign_key_json(const ForeignKey& key) {
  Json json;
  set_if(json, "name", key.name);
  json["columns"] = key.columns;
  set_if(json, "table_schema", key.table_schema);
  json["table"] = key.table;
  json["referenced"] = key.referenced;
  json["on_delete"] = name_in(actions, key.on_delete);
  json["on_update"] = name_in(actions, key.on_update);
  set_if(json, "set_null_columns", key.set_null_columns);
  set_if(json, "deferrable", key.deferrable);
  set_if(json, "initially_deferred", key.initially_deferred);
  set_if(json, "match_full", key.match_full);
  if (!key.validated) json["validated"] = false;
  if (!key.enforced) json["enforced"] = false;
  set_if(json, "inherited", key.inherited);
  set_if(json, "period", key.period);
  set_if(json, "comment", key.comment);
  set_origin(json, key.origin);
  return json;
}

}  // namespace

Json check_json(const Check& check) {
  Json json;
  set_if(json, "name", check.name);
  json["expression"] = expression_json(check.expression);
  set_if(json, "no_inherit", check.no_inherit);
  if (!check.validated) json["validated"] = false;
  if (!check.enforced) json["enforced"] = false;
  set_if(json, "inherited", check.inherited);
  set_if(json, "column", check.column);
  set_if(json, "comment", check.comment);
  set_origin(json, check.origin);
  return json;
}

namespace {

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
  if (part.nulls_first) json["nulls_first"] = *part.nulls_first;
  set_if(json, "operator_class", part.operator_class);
  set_if(json, "collation", part.collation);
  set_if(json, "prefix_length", part.prefix_length);
  return json;
}

}  // namespace

Json index_json(const Index& index) {
  Json json;
  set_if(json, "name", index.name);
  json["parts"] = list_of(index.parts, index_part_json);
  set_if(json, "unique", index.unique);
  set_if(json, "method", index.method);
  if (index.where) json["where"] = expression_json(*index.where);
  set_if(json, "include", index.include);
  set_if(json, "nulls_not_distinct", index.nulls_not_distinct);
  if (!index.valid) json["valid"] = false;
  set_if(json, "only", index.only);
  if (index.parent) set_name(json["parent"], index.parent->schema, index.parent->name);
  set_if(json, "clustered", index.clustered);
  set_if(json, "invisible", index.invisible);
  set_options(json, index.options);
  set_if(json, "comment", index.comment);
  set_origin(json, index.origin);
  return json;
}

namespace {

Json exclusion_json(const Exclusion& exclusion) {
  Json json;
  set_if(json, "name", exclusion.name);
  json["method"] = exclusion.method;
  json["parts"] = list_of(exclusion.parts, index_part_json);
  json["operators"] = exclusion.operators;
  set_if(json, "include", exclusion.include);
  if (exclusion.where) json["where"] = expression_json(*exclusion.where);
  set_if(json, "deferrable", exclusion.deferrable);
  set_if(json, "initially_deferred", exclusion.initially_deferred);
  set_options(json, exclusion.options);
  set_if(json, "comment", exclusion.comment);
  set_origin(json, exclusion.origin);
  return json;
}

Json primary_key_json(const PrimaryKey& key) {
  Json json;
  set_if(json, "name", key.name);
  json["columns"] = key.columns;
  set_if(json, "include", key.include);
  set_if(json, "deferrable", key.deferrable);
  set_if(json, "initially_deferred", key.initially_deferred);
  set_if(json, "without_overlaps", key.without_overlaps);
  if (!key.prefix_lengths.empty()) json["prefix_lengths"] = key.prefix_lengths;
  set_options(json, key.options);
  set_if(json, "comment", key.comment);
  if (key.parent) set_name(json["parent"], key.parent->schema, key.parent->name);
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
    Json json{{"kind", "sql"}, {"dialect", purpose.dialect}, {"sql", purpose.sql}};
    set_if(json, "canonical", purpose.canonical);
    set_if(json, "enabled", purpose.enabled);
    set_if(json, "comment", purpose.comment);
    return json;
  }
};

}  // namespace

Json trigger_json(const Trigger& trigger) {
  Json json;
  json["name"] = trigger.name;
  json["purpose"] = std::visit(PurposeJson{}, trigger.purpose);
  set_origin(json, trigger.origin);
  return json;
}

Json rule_json(const Rule& rule) {
  Json json;
  json["name"] = rule.name;
  json["sql"] = sql_json(rule.sql);
  set_if(json, "enabled", rule.enabled);
  set_if(json, "comment", rule.comment);
  return json;
}

namespace {

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

/// What only some engines have.
void set_storage(Json& json, const Table& table) {
  set_if(json, "unlogged", table.unlogged);
  if (table.partitioning) {
    Json& partitioning = json["partitioning"];
    set_if(partitioning, "strategy", table.partitioning->strategy);
    set_list(partitioning, "parts", table.partitioning->parts, index_part_json);
    if (!table.partitioning->text.text.empty()) {
      partitioning["sql"] = sql_json(table.partitioning->text);
    }
  }
  if (table.partition_of) {
    Json& partition = json["partition_of"];
    set_name(partition, table.partition_of->parent.schema, table.partition_of->parent.name);
    partition["bound"] = sql_json(table.partition_of->bound);
  }
  set_list(json, "inherits", table.inherits, [](const QualifiedName& parent) {
    Json name;
    set_name(name, parent.schema, parent.name);
    return name;
  });
  if (table.of_type) set_name(json["of_type"], table.of_type->schema, table.of_type->name);
  set_if(json, "server", table.server);
  set_if(json, "replica_identity", table.replica_identity);
  set_options(json, table.options);
}

}  // namespace

Json table_json(const Table& table) {
  Json json;
  set_name(json, table.schema, table.name);
  set_if(json, "comment", table.comment);
  json["intent"] = intent_json(table.intent);
  json["columns"] = list_of(table.columns, column_json);
  if (table.primary_key) json["primary_key"] = primary_key_json(*table.primary_key);
  set_list(json, "uniques", table.uniques, unique_json);
  set_list(json, "foreign_keys", table.foreign_keys, foreign_key_json);
  set_list(json, "checks", table.checks, check_json);
  set_list(json, "no_overlaps", table.no_overlaps, no_overlap_json);
  set_list(json, "exclusions", table.exclusions, exclusion_json);
  set_list(json, "indexes", table.indexes, index_json);
  set_list(json, "triggers", table.triggers, trigger_json);
  set_if(json, "row_level_security", table.row_level_security);
  set_if(json, "row_level_security_forced", table.row_level_security_forced);
  set_list(json, "policies", table.policies, policy_json);
  set_list(json, "rules", table.rules, rule_json);
  set_storage(json, table);
  set_origin(json, table.origin);
  return json;
}

}  // namespace relata::emit
