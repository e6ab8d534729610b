#include <array>

#include "base/text.h"
#include "emit/drizzle/plan.h"
#include "model/questions.h"

namespace relata::emit::drizzle {
namespace {

void note(PlannedTable& planned, std::string what) {
  planned.database_only.push_back(std::move(what));
}

/// "trigger a" or "triggers a, b".
template <class Item>
void note_all(PlannedTable& planned, std::string_view kind, const std::vector<Item>& items) {
  if (items.empty()) return;
  std::vector<std::string> names;
  for (const Item& item : items) names.push_back(item.name);
  note(planned, std::string(kind) + (items.size() > 1 ? "s " : " ") + join(names, ", "));
}

void note_nature(PlannedTable& planned) {
  const Table& table = *planned.table;
  if (table.partitioning) {
    const std::string& whole = table.partitioning->text.text;
    note(planned, whole.empty() ? "PARTITION BY " + to_upper(table.partitioning->strategy)
                                : "its partitions");
  }
  if (table.partition_of) {
    note(planned, "it is a partition of " + plain_name(table.partition_of->parent) + " " +
                      table.partition_of->bound.text);
  }
  for (const QualifiedName& parent : table.inherits)
    note(planned, "INHERITS " + plain_name(parent));
  if (table.of_type) note(planned, "it is OF " + plain_name(*table.of_type));
  if (!table.server.empty()) note(planned, "it is a foreign table of server " + table.server);
  if (table.unlogged) note(planned, "it is UNLOGGED");
  if (!table.replica_identity.empty()) note(planned, "REPLICA IDENTITY " + table.replica_identity);
}

/// Options of every table of MySQL; the file says once that they are in the database only.
bool is_usual(std::string_view option) {
  constexpr std::array usual = {"ENGINE", "AUTO_INCREMENT", "ROW_FORMAT"};
  for (std::string_view one : usual) {
    if (to_upper(option) == one) return true;
  }
  return false;
}

void note_options(PlannedTable& planned) {
  for (const Option& option : planned.table->options) {
    if (is_usual(option.name)) continue;
    note(planned, option.value.empty() ? option.name : option.name + " = " + option.value);
  }
}

void note_columns(const Plan& plan, PlannedTable& planned) {
  const Table& table = *planned.table;
  std::vector<std::string> collated;
  std::size_t place = 0;
  for (const Column& column : table.columns) {
    if (!can_be_named(column.name)) continue;  // it is not among the planned ones
    const PlannedColumn& said = planned.columns[place++];
    if (!column.collation.empty() || !column.character_set.empty()) collated.push_back(column.name);
    if (column.on_update && !said.on_update_now)
      note(planned,
           column.name + " ON UPDATE " + plan.input->dialect.expression(*column.on_update));
    if (column.invisible) note(planned, column.name + " is INVISIBLE");
    if (column.generated && !column.generated->stored && plan.flavor->dialect == "postgres")
      note(planned, column.name + " is VIRTUAL");
    for (const Option& option : column.options)
      note(planned, column.name + " " + option.name + " " + option.value);
  }
  if (!collated.empty()) {
    note(planned, "collation of " + join(collated, ", "));
  }
}

}  // namespace

void plan_left_out(const Plan& plan, PlannedTable& planned) {
  const Table& table = *planned.table;
  note_nature(planned);
  note_columns(plan, planned);
  note_options(planned);
  note_all(planned, "exclusion", table.exclusions);
  note_all(planned, "exclusion", table.no_overlaps);
  note_all(planned, "trigger", table.triggers);
  note_all(planned, "rule", table.rules);
}

}  // namespace relata::emit::drizzle
