#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "design/expansion.h"
#include "design/naming.h"
#include "design/types.h"

namespace relata::design {
namespace {

/// "Order.total" in any case, against the entity and field.
const Denormalization* denormalization_of(const Design& design, const Entity& entity,
                                          const Field& field) {
  for (const Denormalization& d : design.denormalizations) {
    const std::size_t dot = d.what.find('.');
    if (dot == std::string::npos) continue;
    if (snake_case(d.what.substr(0, dot)) == snake_case(entity.name) &&
        snake_case(d.what.substr(dot + 1)) == field.name)
      return &d;
  }
  return nullptr;
}

void append_sentence(std::string& comment, const std::string& sentence) {
  if (!comment.empty()) comment += comment.ends_with('.') ? " " : ". ";
  comment += sentence;
}

/// Whether a duration's name says its unit ("notice_days").
bool names_a_unit(std::string_view name) {
  for (const std::string& word : words_of(name)) {
    for (std::string_view unit : {"second", "minute", "hour", "day", "week", "month", "year"}) {
      if (singular_of(word) == unit) return true;
    }
  }
  return false;
}

std::string number_text(double value) { return fmt::format("{}", value); }

void add_check(Table& table, const Field& field, const std::string& column) {
  std::vector<Expression> conditions;
  if (auto kind = kind_check(field.type, column)) conditions.push_back(std::move(*kind));
  const auto bound = [&](Operation operation, double value) {
    conditions.push_back(expression::call(
        operation, {expression::column(column), expression::number(number_text(value))}));
  };
  if (field.minimum) bound(Operation::greater_or_equal, *field.minimum);
  if (field.maximum) bound(Operation::less_or_equal, *field.maximum);
  if (conditions.empty()) return;
  Check check;
  check.name = constraint_name(table.name, {column}, "check");
  check.expression = conditions.size() == 1
                         ? std::move(conditions.front())
                         : expression::call(Operation::all_of, std::move(conditions));
  check.origin = field.origin;
  table.checks.push_back(std::move(check));
}

/// A pattern's own values (the audit's action) are always checked text: triggers write them.
bool is_native(const Plan& plan, const EntityPlan& entity, const Field& field) {
  return plan.design->patterns.enums == EnumStyle::native &&
         field.type.kind == FieldKind::enumeration && !field.type.values.empty() &&
         find_field(*entity.entity, field.name) != nullptr &&
         entity.entity->kind != EntityKind::audit_log;
}

void add_default(Column& column, const Entity& entity, const Field& field, DiagnosticSink& sink) {
  if (field.default_value.empty()) return;
  column.default_value = default_expression(field.type, field.default_value);
  if (column.default_value) return;
  sink.warning("design-bad-default",
               "'" + field.default_value + "' is no value of '" + entity.name + "." + field.name +
                   "', the default was left out",
               field.origin.source,
               field.origin.span.empty() ? std::nullopt : std::optional(field.origin.span));
}

/// Personal data: what is stored can be read with the application's key only; equal values are
/// found through a keyed hash.
void add_encrypted(Table& table, const Field& field) {
  Column ciphertext;
  ciphertext.name = field.name + "_ciphertext";
  ciphertext.type = simple_type(TypeKind::binary);
  ciphertext.nullable = !field.required;
  ciphertext.comment = field.description;
  append_sentence(ciphertext.comment, "Encrypted by the application");
  ciphertext.origin = field.origin;
  ciphertext.origin.rule = "pattern/encryption";
  Column index;
  index.name = field.name + "_blind_index";
  index.type = simple_type(TypeKind::varchar);
  index.type.length = 64;
  index.nullable = !field.required;
  index.comment = "HMAC-SHA-256 of the plain value in hexadecimal, to find equal values";
  index.origin = ciphertext.origin;
  if (!field.unique) {
    Index lookup;
    lookup.parts.push_back({expression::column(index.name), false, {}});
    lookup.origin = index.origin;
    table.indexes.push_back(std::move(lookup));
  }
  table.columns.push_back(std::move(ciphertext));
  table.columns.push_back(std::move(index));
}

}  // namespace

void add_field(Table& table, const Plan& plan, const EntityPlan& entity, const Field& field,
               DiagnosticSink& sink) {
  // A reference of the same name, or a column of a pattern, already says it.
  if (table.find_column(field.name) != nullptr) return;
  if (field.encrypted) return add_encrypted(table, field);
  Column column;
  column.name = field.name;
  column.type = column_type(field.type);
  column.nullable = !field.required;
  column.comment = field.description;
  column.origin = field.origin;
  if (!field.derived.empty() && !plan.options.bare) {
    const Denormalization* kept = denormalization_of(*plan.design, *entity.entity, field);
    if (kept == nullptr) {
      append_sentence(table.comment,
                      "Derived and not stored: " + field.name + " (" + field.derived + ")");
      return;
    }
    append_sentence(column.comment, "Denormalised on purpose: " + kept->reason);
  } else if (const auto* kept = denormalization_of(*plan.design, *entity.entity, field)) {
    append_sentence(column.comment, "Denormalised on purpose: " + kept->reason);
  }
  if (field.type.kind == FieldKind::duration && !names_a_unit(field.name))
    append_sentence(column.comment, "In minutes");
  if (is_native(plan, entity, field)) {
    column.type = simple_type(TypeKind::enumeration);
    column.type.name = snake_case(entity.entity->name) + "_" + field.name;
    column.type.values = field.type.values;
  }
  add_default(column, *entity.entity, field, sink);
  const bool checked =
      column.type.kind != TypeKind::enumeration && !has_lookup(plan, entity, field);
  table.columns.push_back(column);
  if (checked) add_check(table, field, column.name);
}

}  // namespace relata::design
