#include "migrate/tools/sqlite_keys.h"

#include <algorithm>

#include "base/text.h"

namespace relata::migrate {

bool disturbs_keys(const Dialect& dialect, const Section& section) {
  if (dialect.id() != "sqlite") return false;
  constexpr std::string_view drop = "drop table";
  return std::any_of(section.commands.begin(), section.commands.end(), [&](const Command& command) {
    return to_lower(trim(command.sql).substr(0, drop.size())) == drop;
  });
}

std::vector<Command> keys_guard() {
  return {{CommandKind::work,
           "CREATE TEMP TABLE relata_guard (foreign_keys INTEGER CONSTRAINT "
           "foreign_keys_must_be_off CHECK (foreign_keys = 0))",
           {"With foreign keys on, a table that is made anew would take the rows that refer to it "
            "along: this fails first."}},
          {CommandKind::work,
           "INSERT INTO relata_guard SELECT foreign_keys FROM pragma_foreign_keys",
           {}},
          {CommandKind::work, "DROP TABLE temp.relata_guard", {}}};
}

}  // namespace relata::migrate
