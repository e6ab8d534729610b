// Routines, views, triggers, rules, and whatever else is kept as the text that made it.
#include "base/text.h"
#include "dialect/postgres_native.h"
#include "dialect/postgres_words.h"

namespace relata {
namespace {

std::string enabling(std::string_view enabled) {
  if (enabled == "disabled") return "DISABLE";
  if (enabled == "replica") return "ENABLE REPLICA";
  if (enabled == "always") return "ENABLE ALWAYS";
  return {};
}

}  // namespace

void NativeWriter::print(const Routine& routine) {
  section("routines");
  look_in(routine.schema);
  printer_.line();
  statement(routine.sql.text);
}

void NativeWriter::print(const OtherObject& object) {
  section(object.kind);
  look_in(object.schema);
  statement(object.sql.text);
}

void NativeWriter::print(const View& view) {
  section(view.materialized ? "materialized views" : "views");
  look_in(view.schema);
  printer_.line();
  std::string text = view.materialized ? "CREATE MATERIALIZED VIEW " : "CREATE VIEW ";
  text += name(view);
  if (view.names_columns && !view.columns.empty()) {
    text += " (" + dialect_.identifiers(view.columns) + ")";
  }
  const std::string_view method = option_value(view.options, "access method");
  const std::string_view space = option_value(view.options, "tablespace");
  const std::string parameters = storage_parameters(view.options, dialect_);
  if (!method.empty()) text += " USING " + identifier(method);
  if (!parameters.empty()) text += " WITH (" + parameters + ")";
  if (!space.empty()) text += " TABLESPACE " + identifier(space);
  text += " AS\n" + closed_text(without_semicolon(view.sql));
  if (!view.check_option.empty()) text += "\nWITH " + to_upper(view.check_option) + " CHECK OPTION";
  statement(text);
  for (const Index& index : view.indexes) {
    print_index(name(view), index, false);
    print_index_statistics(view.schema, index);
    if (index.clustered) {
      statement("ALTER MATERIALIZED VIEW " + name(view) + " CLUSTER ON " + identifier(index.name));
    }
  }
}

void NativeWriter::print(const TriggerItem& item) {
  const auto* body = std::get_if<TriggerBody>(&item.trigger->purpose);
  if (body == nullptr) return;
  section("triggers");
  look_in(item.table != nullptr ? item.table->schema : item.view->schema);
  statement(body->sql);
  if (item.table != nullptr) {
    print_enabled(*item.table, "TRIGGER", item.trigger->name, body->enabled);
  }
}

void NativeWriter::print(const RuleItem& item) {
  section("rules");
  look_in(item.table != nullptr ? item.table->schema : item.view->schema);
  statement(item.rule->sql.text);
  if (item.table != nullptr) {
    print_enabled(*item.table, "RULE", item.rule->name, item.rule->enabled);
  }
}

void NativeWriter::print_enabled(const Table& table, std::string_view kind, std::string_view name,
                                 std::string_view enabled) {
  if (enabled.empty()) return;
  statement("ALTER TABLE " + this->name(table) + " " + enabling(enabled) + " " + std::string(kind) +
            " " + identifier(name));
}

}  // namespace relata
