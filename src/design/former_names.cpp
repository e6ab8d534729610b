#include <string>
#include <utility>

#include "design/expansion.h"

namespace relata::design {

void add_former_names(Schema& schema, const EntityPlan& entity) {
  const auto add = [&](std::string column, const std::string& name) {
    if (name.empty() || name == (column.empty() ? entity.table : column)) return;
    schema.former_names.all.push_back({{{}, entity.table}, std::move(column), name});
  };
  add({}, entity.entity->formerly);
  for (const Field& field : entity.entity->fields) add(field.name, field.formerly);
  for (const Reference& reference : entity.references) {
    // One name cannot stand for several columns.
    if (reference.columns.size() == 1) add(reference.columns.front(), reference.formerly);
  }
}

}  // namespace relata::design
