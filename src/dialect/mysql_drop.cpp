// What takes a schema of MySQL or MariaDB down again. Triggers and indexes go with their tables;
// nothing else is held by what uses it, but for foreign keys.
#include "base/text.h"
#include "dialect/mysql.h"
#include "dialect/table_order.h"

namespace relata {

std::vector<std::string> MysqlDialect::drop_statements(const Schema& native) const {
  std::vector<std::string> statements;
  const auto drop = [&](std::string_view kind, std::string_view name) {
    statements.push_back("DROP " + std::string(kind) + " " + identifier(name));
  };
  for (const Routine& routine : native.routines) {
    if (routine.kind == "event") drop("EVENT", routine.name);
  }
  for (auto view = native.views.rbegin(); view != native.views.rend(); ++view) {
    drop("VIEW", view->name);
  }
  const std::vector<OrderedTable> order = table_order(native);
  for (const OrderedTable& entry : order) {
    for (const ForeignKey* key : entry.later) {
      statements.push_back("ALTER TABLE " + identifier(entry.table->name) + " DROP FOREIGN KEY " +
                           identifier(key->name));
    }
  }
  for (auto entry = order.rbegin(); entry != order.rend(); ++entry) {
    drop("TABLE", entry->table->name);
  }
  for (const Routine& routine : native.routines) {
    if (routine.kind != "event") {
      drop(routine.kind == "procedure" ? "PROCEDURE" : "FUNCTION", routine.name);
    }
  }
  for (const Sequence& sequence : native.sequences) drop("SEQUENCE", sequence.name);
  return statements;
}

}  // namespace relata
