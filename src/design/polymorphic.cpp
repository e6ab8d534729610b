#include <utility>

#include "design/expansion.h"
#include "design/naming.h"

namespace relata::design {

void add_exclusive_arcs(Table& table, const EntityPlan& entity) {
  for (const PolymorphicReference& polymorphic : entity.entity->polymorphic) {
    std::vector<Expression> arms;
    for (const Reference& reference : entity.references) {
      if (reference.group == polymorphic.name)
        arms.push_back(expression::column(reference.columns.front()));
    }
    if (arms.empty()) continue;
    Check check;
    check.name = constraint_name(table.name, {polymorphic.name}, "check");
    check.expression = expression::call(
        polymorphic.required ? Operation::equal : Operation::less_or_equal,
        {expression::call(Operation::count_set, std::move(arms)), expression::number("1")});
    check.origin = polymorphic.origin;
    table.checks.push_back(std::move(check));
  }
}

}  // namespace relata::design
