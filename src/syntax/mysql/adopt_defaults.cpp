#include "base/text.h"
#include "model/schema.h"
#include "syntax/mysql/character_sets.h"

namespace relata::syntax {

void adopt_mysql_defaults(Schema& schema, const Schema& server);

namespace mysql {
namespace {

/// BINARY stands for the _bin collation of the table's character set.
void settle_binary(Column& column, const Table& table) {
  const auto is_binary = [](const Option& option) { return option.name == "BINARY"; };
  if (std::erase_if(column.options, is_binary) == 0) return;
  column.collation = table.character_set.text + "_bin";
}

}  // namespace
}  // namespace mysql

/// See adopt_server_defaults().
void adopt_mysql_defaults(Schema& schema, const Schema& server) {
  const std::string& collation = server.collation.text;
  if (!schema.collation.text.empty() || !schema.character_set.text.empty() || collation.empty()) {
    return;
  }
  for (Table& table : schema.tables) {
    if (!table.collation.text.empty() || !table.character_set.text.empty()) continue;
    table.collation.text = collation;
    table.character_set.text = mysql::character_set_of(collation);
    for (Column& column : table.columns) {
      mysql::settle_binary(column, table);
      const std::string character_set = std::move(column.character_set);
      const std::string own = std::move(column.collation);
      mysql::set_collation(column, character_set, own, table);
    }
  }
}

}  // namespace relata::syntax
