// COMMENT ON everything that has one.
#include <algorithm>

#include "base/text.h"
#include "dialect/postgres_native.h"

namespace relata {

void NativeWriter::comment(const std::string& what, std::string_view text) {
  if (text.empty()) return;
  section("comments");
  statement("COMMENT ON " + what + " IS " + literal(text));
}

void NativeWriter::print_comments() {
  for (const Namespace& space : schema_.namespaces) {
    comment("SCHEMA " + identifier(space.name.empty() ? "public" : space.name), space.comment);
  }
  for (const Enumeration& each : schema_.enumerations) {
    comment("TYPE " + name(each.schema, each.name), each.comment);
  }
  for (const Domain& each : schema_.domains) {
    const std::string domain = name(each.schema, each.name);
    comment("DOMAIN " + domain, each.comment);
    for (const Check& check : each.checks) {
      comment("CONSTRAINT " + identifier(check.name) + " ON DOMAIN " + domain, check.comment);
    }
  }
  for (const CompositeType& each : schema_.composite_types) {
    const std::string type = name(each.schema, each.name);
    comment("TYPE " + type, each.comment);
    for (const Column& attribute : each.attributes) {
      comment("COLUMN " + type + "." + identifier(attribute.name), attribute.comment);
    }
  }
  for (const Sequence& each : schema_.sequences) {
    comment("SEQUENCE " + name(each.schema, each.name), each.comment);
  }
  for (const Routine& each : schema_.routines) {
    comment(to_upper(each.kind) + " " + name(each.schema, each.name) + "(" + each.arguments + ")",
            each.comment);
  }
  for (const Table& table : schema_.tables) print_table_comments(table);
  for (const View& view : schema_.views) print_view_comments(view);
  for (const OtherObject& each : schema_.others) {
    if (!comes_last(each)) comment(other_name(each), each.comment);
  }
}

std::string NativeWriter::other_name(const OtherObject& object) const {
  static constexpr std::string_view without_namespace[] = {
      "language",     "foreign data wrapper", "server",        "foreign server", "publication",
      "subscription", "access method",        "event trigger", "cast",           "transform"};
  std::string kind = object.kind;
  if (kind == "range type" || kind == "base type") kind = "type";
  if (kind == "foreign server") kind = "server";
  for (const std::string_view each : without_namespace) {
    if (kind != each) continue;
    const bool plain = kind != "cast" && kind != "transform";
    return to_upper(kind) + " " + (plain ? identifier(object.name) : "(" + object.name + ")");
  }
  const std::string space = object.schema.empty() ? "" : identifier(object.schema) + ".";
  if (kind == "operator") return "OPERATOR " + space + object.name;
  if (kind.starts_with("operator ")) {
    const std::size_t method = object.name.find(" USING ");
    return to_upper(kind) + " " + space + identifier(object.name.substr(0, method)) +
           object.name.substr(std::min(method, object.name.size()));
  }
  return to_upper(kind) + " " + name(object.schema, object.name);
}

void NativeWriter::print_table_comments(const Table& table) {
  const std::string relation = name(table);
  comment((table.server.empty() ? "TABLE " : "FOREIGN TABLE ") + relation, table.comment);
  for (const Column& column : table.columns) {
    comment("COLUMN " + relation + "." + identifier(column.name), column.comment);
  }
  const auto on_table = [&](std::string_view kind, std::string_view what, std::string_view text) {
    comment(std::string(kind) + " " + identifier(what) + " ON " + relation, text);
  };
  // A constraint and the index behind it can have a comment each.
  const auto on_indexed = [&](const auto& constraint) {
    on_table("CONSTRAINT", constraint.name, constraint.comment);
    comment("INDEX " + name(table.schema, constraint.name),
            option_value(constraint.options, "index comment"));
  };
  if (table.primary_key) on_indexed(*table.primary_key);
  for (const Unique& each : table.uniques) on_indexed(each);
  for (const ForeignKey& each : table.foreign_keys) {
    on_table("CONSTRAINT", each.name, each.comment);
  }
  for (const Check& each : table.checks) on_table("CONSTRAINT", each.name, each.comment);
  for (const Exclusion& each : table.exclusions) on_indexed(each);
  for (const Index& each : table.indexes) {
    if (each.valid) comment("INDEX " + name(table.schema, each.name), each.comment);
  }
  for (const Trigger& each : table.triggers) {
    const auto* body = std::get_if<TriggerBody>(&each.purpose);
    if (body != nullptr) on_table("TRIGGER", each.name, body->comment);
  }
  for (const Rule& each : table.rules) on_table("RULE", each.name, each.comment);
  for (const Policy& each : table.policies) on_table("POLICY", each.name, each.comment);
}

void NativeWriter::print_view_comments(const View& view) {
  const std::string relation = name(view);
  comment((view.materialized ? "MATERIALIZED VIEW " : "VIEW ") + relation, view.comment);
  for (std::size_t at = 0; at < view.column_comments.size() && at < view.columns.size(); ++at) {
    comment("COLUMN " + relation + "." + identifier(view.columns[at]), view.column_comments[at]);
  }
  for (const Index& each : view.indexes) {
    comment("INDEX " + name(view.schema, each.name), each.comment);
  }
  for (const Trigger& each : view.triggers) {
    const auto* body = std::get_if<TriggerBody>(&each.purpose);
    if (body == nullptr) continue;
    comment("TRIGGER " + identifier(each.name) + " ON " + relation, body->comment);
  }
  for (const Rule& each : view.rules) {
    comment("RULE " + identifier(each.name) + " ON " + relation, each.comment);
  }
}

}  // namespace relata
