// What takes a schema of SQLite down again. While foreign keys are enforced, DROP TABLE first
// deletes the rows (https://sqlite.org/foreignkeys.html#fk_schemacommands), which can run into keys
// of other tables and, by their actions, into triggers: so triggers and children go first.
#include <algorithm>

#include "base/text.h"
#include "dialect/sqlite.h"
#include "dialect/table_order.h"

namespace relata {

std::vector<std::string> SqliteDialect::drop_statements(const Schema& native) const {
  std::vector<std::string> statements;
  const auto drop = [&](std::string_view kind, std::string_view name) {
    statements.push_back("DROP " + std::string(kind) + " " + identifier(name));
  };
  for (auto view = native.views.rbegin(); view != native.views.rend(); ++view) {
    drop("VIEW", view->name);  // Takes its triggers with it.
  }
  for (auto table = native.tables.rbegin(); table != native.tables.rend(); ++table) {
    for (const Trigger& trigger : table->triggers) drop("TRIGGER", trigger.name);
  }
  const std::vector<OrderedTable> order = table_order(native);
  const bool has_cycle = std::any_of(order.begin(), order.end(),
                                     [](const OrderedTable& each) { return !each.later.empty(); });
  if (has_cycle) statements.emplace_back("PRAGMA defer_foreign_keys = ON");
  for (auto entry = order.rbegin(); entry != order.rend(); ++entry) {
    drop("TABLE", entry->table->name);
  }
  for (auto other = native.others.rbegin(); other != native.others.rend(); ++other) {
    drop("TABLE", other->name);  // A virtual table.
  }
  return statements;
}

}  // namespace relata
