#include "migrate/state.h"

#include <algorithm>
#include <string>

namespace relata::migrate {

void forget_state(Schema& schema) {
  const std::string plain = std::string(state_namespace) + "_" + std::string(state_table);
  const auto is_own = [](const Table& table) {
    return table.name == state_table || table.name == register_table;
  };
  const bool other_tables = std::any_of(
      schema.tables.begin(), schema.tables.end(),
      [&](const Table& table) { return table.schema == state_namespace && !is_own(table); });
  std::erase_if(schema.tables, [&](const Table& table) {
    return (table.schema == state_namespace && is_own(table)) ||
           (table.schema.empty() && table.name == plain);
  });
  if (other_tables) return;
  std::erase_if(schema.namespaces,
                [](const Namespace& space) { return space.name == state_namespace; });
}

}  // namespace relata::migrate
