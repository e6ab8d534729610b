// The schema as JSON: the model's own names and structure; what is empty or at its default is left
// out. The shape is described in docs/json.md.

#include "emit/code/json_text.h"
#include "emit/json_parts.h"
#include "emit/target.h"

namespace relata::emit {
namespace {

Json namespace_json(const Namespace& space) {
  Json json;
  json["name"] = space.name;
  set_if(json, "comment", space.comment);
  return json;
}

Json extension_json(const Extension& extension) {
  Json json;
  set_name(json, extension.schema, extension.name);
  return json;
}

Json enumeration_json(const Enumeration& type) {
  Json json;
  set_name(json, type.schema, type.name);
  json["values"] = type.values;
  set_if(json, "comment", type.comment);
  set_origin(json, type.origin);
  return json;
}

Json domain_json(const Domain& domain) {
  Json json;
  set_name(json, domain.schema, domain.name);
  json["type"] = type_json(domain.type);
  set_if(json, "collation", domain.collation);
  json["nullable"] = domain.nullable;
  if (domain.default_value) json["default"] = expression_json(*domain.default_value);
  set_list(json, "checks", domain.checks, check_json);
  set_if(json, "comment", domain.comment);
  set_origin(json, domain.origin);
  return json;
}

Json composite_json(const CompositeType& type) {
  Json json;
  set_name(json, type.schema, type.name);
  json["attributes"] = list_of(type.attributes, column_json);
  set_if(json, "comment", type.comment);
  set_origin(json, type.origin);
  return json;
}

Json sequence_json(const Sequence& sequence) {
  Json json;
  set_name(json, sequence.schema, sequence.name);
  set_if(json, "type", sequence.type);
  if (Json options = sequence_options_json(sequence.options); !options.empty()) {
    json["options"] = std::move(options);
  }
  if (!sequence.owned_by_table.name.empty()) {
    set_name(json["owned_by"], sequence.owned_by_table.schema, sequence.owned_by_table.name);
    json["owned_by"]["column"] = sequence.owned_by_column;
  }
  set_if(json, "unlogged", sequence.unlogged);
  set_if(json, "comment", sequence.comment);
  set_origin(json, sequence.origin);
  return json;
}

Json routine_json(const Routine& routine) {
  Json json;
  json["kind"] = routine.kind;
  set_name(json, routine.schema, routine.name);
  set_if(json, "arguments", routine.arguments);
  json["sql"] = sql_json(routine.sql);
  set_if(json, "comment", routine.comment);
  set_origin(json, routine.origin);
  return json;
}

Json view_json(const View& view) {
  Json json;
  set_name(json, view.schema, view.name);
  set_if(json, "columns", view.columns);
  set_if(json, "dialect", view.dialect);
  json["sql"] = view.sql;
  set_if(json, "canonical", view.canonical);
  set_if(json, "materialized", view.materialized);
  set_if(json, "check_option", view.check_option);
  set_options(json, view.options);
  set_list(json, "indexes", view.indexes, index_json);
  set_list(json, "triggers", view.triggers, trigger_json);
  set_list(json, "rules", view.rules, rule_json);
  set_if(json, "comment", view.comment);
  set_if(json, "column_comments", view.column_comments);
  set_origin(json, view.origin);
  return json;
}

Json other_json(const OtherObject& other) {
  Json json;
  json["kind"] = other.kind;
  set_name(json, other.schema, other.name);
  json["sql"] = sql_json(other.sql);
  set_if(json, "comment", other.comment);
  set_origin(json, other.origin);
  return json;
}

Json grant_json(const Grant& grant) {
  Json json;
  json["kind"] = grant.kind;
  set_name(json, grant.schema, grant.name);
  set_if(json, "arguments", grant.arguments);
  set_if(json, "columns", grant.columns);
  json["privileges"] = grant.privileges;
  json["grantee"] = grant.grantee.empty() ? "PUBLIC" : grant.grantee;
  set_if(json, "grantable", grant.grantable);
  set_if(json, "revoked", grant.revoked);
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
  set_if(json, "dialect", schema.dialect);
  set_options(json, schema.options);
  set_list(json, "namespaces", schema.namespaces, namespace_json);
  set_list(json, "extensions", schema.extensions, extension_json);
  set_list(json, "enumerations", schema.enumerations, enumeration_json);
  set_list(json, "domains", schema.domains, domain_json);
  set_list(json, "composite_types", schema.composite_types, composite_json);
  set_list(json, "sequences", schema.sequences, sequence_json);
  json["tables"] = list_of(schema.tables, table_json);
  set_list(json, "views", schema.views, view_json);
  set_list(json, "routines", schema.routines, routine_json);
  set_list(json, "others", schema.others, other_json);
  set_list(json, "grants", schema.grants, grant_json);
  if (const Json session = session_json(schema.session); !session.is_null())
    json["session"] = session;
  return json_text(json) + "\n";
}

}  // namespace relata::emit
