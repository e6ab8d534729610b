#include "design/lift.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "design/lifting.h"

namespace relata::design {
namespace {

/// What a design has no words for, named once for each kind.
void note_the_rest(const Lifting& lifting) {
  const Schema& schema = *lifting.schema;
  const auto note = [&](std::string_view kind, const std::vector<std::string>& names) {
    if (names.empty()) return;
    std::string list =
        join({names.begin(),
              names.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(names.size(), 5))},
             ", ");
    if (names.size() > 5) list += " and " + std::to_string(names.size() - 5) + " more";
    lifting.sink->note("import-not-in-design",
                       "a design does not hold " + std::string(kind) + ": " + list, {}, {},
                       "They stay in the source that was read.");
  };
  std::vector<std::string> views;
  for (const View& view : schema.views) views.push_back(view.name);
  note("views", views);
  std::vector<std::string> routines;
  for (const Routine& routine : schema.routines) routines.push_back(routine.name);
  note("routines", routines);
  std::vector<std::string> others;
  for (const OtherObject& other : schema.others) others.push_back(other.kind + " " + other.name);
  note("objects of one engine alone", others);
  std::vector<std::string> triggers;
  std::vector<std::string> policies;
  std::vector<std::string> checks;
  std::vector<std::string> partitions;
  for (const LiftedTable& lifted : lifting.tables) {
    const Table& table = *lifted.table;
    if (lifted.role == TableRole::partition) partitions.push_back(table.name);
    for (const Trigger& trigger : table.triggers) {
      if (std::holds_alternative<TriggerBody>(trigger.purpose)) {
        triggers.push_back(table.name + "." + trigger.name);
      }
    }
    for (const Policy& policy : table.policies) policies.push_back(table.name + "." + policy.name);
    for (const Check& check : table.checks) {
      if (!lifted.said_checks.contains(check.name)) checks.push_back(table.name + "." + check.name);
    }
  }
  note("partitions", partitions);
  note("triggers that were written by hand", triggers);
  note("policies that were written by hand", policies);
  note("these checks", checks);
}

}  // namespace

const LiftedTable* Lifting::target(const ForeignKey& key) const {
  const auto found = places.find({key.table_schema, key.table});
  return found == places.end() ? nullptr : &tables[found->second];
}

LiftedTable* Lifting::target(const ForeignKey& key) {
  return const_cast<LiftedTable*>(static_cast<const Lifting&>(*this).target(key));
}

Design lift(const Schema& schema, DiagnosticSink& sink) {
  Lifting lifting;
  lifting.schema = &schema;
  lifting.sink = &sink;
  classify_tables(lifting);
  recognise_patterns(lifting);
  Design design;
  design.name = schema.name;
  write_patterns(lifting, design);
  for (LiftedTable& lifted : lifting.tables) {
    if (!is_derived(lifted.role)) design.entities.push_back(lift_entity(lifting, lifted));
  }
  // After the entities, whose overrides it completes.
  lift_relationships(lifting, design);
  note_the_rest(lifting);
  return design;
}

}  // namespace relata::design
