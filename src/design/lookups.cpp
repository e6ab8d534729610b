#include <utility>

#include "base/text.h"
#include "design/expansion.h"

namespace relata::design {
namespace {

Origin lookup_origin(const Field& field) {
  Origin origin = field.origin;
  origin.rule = "pattern/lookup";
  return origin;
}

Table lookup_table(const EntityPlan& entity, const Field& field) {
  Table table;
  table.name = snake_case(entity.entity->name) + "_" + plural_of(field.name);
  table.origin = lookup_origin(field);
  table.comment = "Values that " + entity.table + "." + field.name +
                  " can take, in their usual order; add a row to allow another";
  Column code;
  code.name = "code";
  code.type = simple_type(TypeKind::text);
  code.nullable = false;
  code.origin = table.origin;
  Column position;
  position.name = "position";
  position.type = simple_type(TypeKind::integer);
  position.nullable = false;
  position.origin = table.origin;
  table.columns = {std::move(code), std::move(position)};
  table.primary_key = PrimaryKey{{}, {"code"}};
  int place = 0;
  for (const std::string& value : field.type.values) {
    table.rows.push_back({expression::string(value), expression::number(std::to_string(++place))});
  }
  return table;
}

}  // namespace

bool has_lookup(const Plan& plan, const EntityPlan& entity, const Field& field) {
  return plan.design->patterns.enums == EnumStyle::lookup &&
         field.type.kind == FieldKind::enumeration && !field.type.values.empty() &&
         !field.encrypted && entity.entity->kind != EntityKind::audit_log &&
         find_field(*entity.entity, field.name) != nullptr;
}

std::vector<Table> add_lookups(Table& table, const Plan& plan, const EntityPlan& entity) {
  std::vector<Table> lookups;
  for (const Field& field : entity.entity->fields) {
    if (!has_lookup(plan, entity, field) || table.find_column(field.name) == nullptr) continue;
    Table lookup = lookup_table(entity, field);
    ForeignKey key;
    key.columns = {field.name};
    key.table = lookup.name;
    key.referenced = {"code"};
    key.on_update = ReferentialAction::cascade;
    key.origin = lookup.origin;
    table.foreign_keys.push_back(std::move(key));
    lookups.push_back(std::move(lookup));
  }
  return lookups;
}

}  // namespace relata::design
