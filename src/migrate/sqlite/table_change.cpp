#include "migrate/sqlite/table_change.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "migrate/sqlite/texts.h"

namespace relata::migrate::sqlite {

Step quick_step(std::string title) {
  Step step;
  step.title = std::move(title);
  step.forward.lock = step.back.lock = "EXCLUSIVE";
  step.forward.blocks = step.back.blocks = "writes to the database for a moment";
  return step;
}

std::string while_read(std::string_view table) {
  return "writes to the database while " + std::string(table) + " is read";
}

std::string while_copied(std::string_view table) {
  return "writes to the database while every row of " + std::string(table) +
         " is copied; without WAL reads as well when that is written out";
}

bool drops(const TableChange& change) {
  if (change.work) return !change.work->dropped.empty();
  return std::any_of(
      change.from->columns.begin(), change.from->columns.end(),
      [&](const Column& column) { return column_like(*change.to, column.name) == nullptr; });
}

std::string title_of(const TableChange& change) {
  if (!change.work) return "rebuild the table " + change.to->name;
  const bool adds = !change.work->added.empty();
  std::vector<std::string> names;
  for (const Column* column : adds ? change.work->added : change.work->dropped) {
    names.push_back(column->name);
  }
  return std::string(adds ? "add" : "drop") + " the column" + (names.size() == 1 ? " " : "s ") +
         join(names, ", ") + (adds ? " to " : " of ") + change.to->name;
}

Action altered(const InPlace& work, const Table& to) {
  Action action = quick_step({}).forward;
  action.statements = statements_of(work, to);
  // Checks, and what is computed and required, are tried on every row.
  action.scans = std::any_of(work.added.begin(), work.added.end(), [&](const Column* column) {
    return (column->generated && !column->nullable) ||
           std::any_of(to.checks.begin(), to.checks.end(),
                       [&](const Check& check) { return check.column == column->name; });
  });
  action.rewrites = std::any_of(work.dropped.begin(), work.dropped.end(), [](const Column* column) {
    return !column->generated || column->generated->stored;
  });
  if (action.rewrites) {
    action.blocks = "writes to the database while every row of " + to.name + " is written";
  } else if (action.scans) {
    action.blocks = while_read(to.name);
  }
  return action;
}

}  // namespace relata::migrate::sqlite
