#include "app/cli/migration_on_database.h"

#include <string>
#include <utility>

#include "dialect/dialect.h"
#include "migrate/plan_file.h"

namespace relata::cli {

std::optional<MigrationOnDatabase> open_migration(const Invocation& invocation, Console& console) {
  if (invocation.arguments.size() < 2 || !invocation.has("--db")) {
    const std::string& action = invocation.arguments[0];
    console.error("relata migrate " + action + " needs DIR and --db URL",
                  "relata migrate " + action + " migration --db postgres://localhost/shop");
    return std::nullopt;
  }
  auto plan = migrate::read_plan(invocation.arguments[1]);
  if (!plan) {
    console.error(plan.error().message, plan.error().help);
    return std::nullopt;
  }
  auto session = live::connect(invocation.value("--db"));
  if (!session) {
    console.error(session.error().message, session.error().help);
    return std::nullopt;
  }
  if ((*session)->dialect() != plan->dialect) {
    const auto title = [](std::string_view id) {
      const Dialect* dialect = find_dialect(id);
      return std::string(dialect != nullptr ? dialect->title() : id);
    };
    console.error("the plan is for " + title(plan->dialect) + ", and " + (*session)->place() +
                      " is of " + title((*session)->dialect()),
                  "check --db");
    return std::nullopt;
  }
  return MigrationOnDatabase{std::move(*plan), std::move(*session)};
}

}  // namespace relata::cli
